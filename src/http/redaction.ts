import { secretForms } from './secret-forms.ts';
import { isSecretName } from './secret-names.ts';
import { mark, redactCredential, redactNamed } from './secret-places.ts';
import type { Redaction } from './types.ts';

/** A shorter value would be found in half of all texts. */
const shortestSecret = 4;

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
  let forms: string[] = [];
  let shortest = Number.POSITIVE_INFINITY;

  const byValue = (text: string): string => {
    if (text.length < shortest) return text;
    let redacted = text;
    // One search per form beats a regular expression of all forms: long needles are skipped through, not stepped.
    for (const form of forms) if (redacted.includes(form)) redacted = redacted.replaceAll(form, mark);
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

  return {
    add(value) {
      if (value.length < shortestSecret || known.has(value) || plainWords.has(value)) return;
      known.add(value);
      // The longest first: of two secrets one may be the beginning of the other.
      forms = [...new Set([...forms, ...secretForms(value)])].sort((a, b) => b.length - a.length);
      shortest = forms.at(-1)?.length ?? shortest;
    },
    text: redactText,
    json: <T>(value: T): T => walk(value) as T,
  };
}

/** Whether a JSON text has an object or a list under a telling name: then the leaves beneath are secrets too. */
function hasSecretObject(text: string): boolean {
  for (const [, key] of text.matchAll(/"([^"\\]{1,64})"\s*:\s*[[{]/g))
    if (isSecretName(key ?? '')) return true;
  return false;
}
