import { type Needle, secretForms } from './secret-forms.ts';
import { isSecretName } from './secret-names.ts';
import { mark, redactCredential, redactNamed, withoutScheme } from './secret-places.ts';
import type { Redaction } from './types.ts';

/** A shorter value would be found in half of all texts. */
const shortestSecret = 4;

/** Of secrets at least this long half is recognised too: error messages like to show the beginning. */
const longSecret = 20;

/** Longer than any token that App Connect can store: such a secret is looked for in parts. */
const longestPart = 4096;
const longestSearched = 64 * 1024;

/** Values that a credential's parts may have and that are no secrets. */
const plainWords: ReadonlySet<string> = new Set(['true', 'false', 'null', 'undefined', mark]);

/** Header, payload and signature (or the five parts of an encrypted one), RFC 7515 and RFC 7516. */
const jwt = /eyJ[\w-]{5,}\.[\w-]+(\.[\w-]*){1,3}/g;

/**
 * Replaces secrets by `‹redacted›`: the values it was told, in every form of `secretForms`; what looks like a JWT; and
 * whatever stands under a telling name. Values shorter than four characters are known by name only.
 */
export function createRedaction(): Redaction {
  const known = new Set<string>();
  let needles: Needle[] = [];
  const halves: Halves[] = [];

  const byValue = (text: string): string => {
    let redacted = text;
    for (const { sign, found } of needles) {
      if (redacted.includes(sign)) redacted = redacted.replaceAll(found, mark);
    }
    for (const secret of halves) {
      if (redacted.includes(secret.first)) redacted = redactBeginning(redacted, secret);
    }
    return redacted;
  };
  const byForm = (text: string): string => byValue(text.includes('eyJ') ? text.replace(jwt, mark) : text);

  const redactText = (text: string): string => {
    const redacted = redactNamed(byForm(text));
    return hasSecretObject(redacted) ? redactDocument(redacted) : redacted;
  };
  const redactDocument = (text: string): string => {
    try {
      return JSON.stringify(walk(JSON.parse(text)));
    } catch {
      return text;
    }
  };

  const walk = (value: unknown, secret = false): unknown => {
    if (typeof value === 'string') return secret && value !== '' ? mark : redactText(value);
    if (typeof value === 'number') return secret ? mark : value;
    if (Array.isArray(value)) return value.map((entry) => walk(entry, secret));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        byForm(key),
        typeof entry === 'string' && isSecretName(key)
          ? redactCredential(key, entry)
          : walk(entry, secret || isSecretName(key)),
      ]),
    );
  };

  const add = (value: string): void => {
    // `Basic dXNlcjpwdw==` is shown without its scheme as well.
    const secret = withoutScheme(value);
    if (secret.length < shortestSecret || known.has(secret) || plainWords.has(secret)) return;
    known.add(secret);
    if (isRandom(secret)) halves.push(halvesOf(secret));
    // The longest first: of two secrets one may be the beginning of the other.
    needles = [...needles, ...inParts(secret).flatMap(secretForms)].sort((a, b) => b.length - a.length);
  };

  return {
    add,
    has: (text) =>
      needles.some(
        ({ sign, found }) =>
          text.includes(sign) && (typeof found === 'string' ? text.includes(found) : text.search(found) >= 0),
      ),
    text: redactText,
    json: <T>(value: T): T => walk(value) as T,
  };
}

/** A secret that is too long to be looked for as a whole, in pieces. Behind so much text evidence is cut anyway. */
function inParts(secret: string): string[] {
  const parts = secret.slice(0, longestSearched).match(new RegExp(`[\\s\\S]{1,${longestPart}}`, 'g')) ?? [];
  return parts.filter((part) => part.length >= shortestSecret);
}

/** Made by a machine: no word or address begins like it. */
function isRandom(secret: string): boolean {
  return (
    secret.length >= longSecret && /^[\w+/=.-]+$/.test(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret)
  );
}

interface Halves {
  first: string;
  rest: string;
}

function halvesOf(secret: string): Halves {
  const middle = Math.floor(secret.length / 2);
  return { first: secret.slice(0, middle), rest: secret.slice(middle) };
}

/** Replaces the first half of a secret with as much of the rest as follows. */
function redactBeginning(text: string, { first, rest }: Halves): string {
  const [before = '', ...parts] = text.split(first);
  const shown = parts.map((part) => {
    let length = 0;
    while (length < rest.length && part[length] === rest[length]) length += 1;
    return mark + part.slice(length);
  });
  return before + shown.join('');
}

/** Whether a JSON text has an object or a list under a telling name: then the leaves beneath are secrets too. */
function hasSecretObject(text: string): boolean {
  for (const [, key] of text.matchAll(/"([^"\\]{1,64})"\s*:\s*[[{]/g))
    if (isSecretName(key ?? '')) return true;
  return false;
}
