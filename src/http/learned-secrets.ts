import { parseJson } from './read-answer.ts';
import { isSecretName, isSecretParameter } from './secret-names.ts';
import { withoutScheme } from './secret-places.ts';

/** A request or an answer, as far as names and values stand in it. */
export interface Message {
  url?: string;
  headers: Record<string, string>;
  body: string;
}

/** What a machine made is longer: a shorter value may be a word that stands elsewhere for something else. */
const shortestMade = 12;

/** What lies deeper, or behind so much, is known by its name alone. */
const mostVisited = 20_000;

/**
 * Values under telling names in what this run sends: a password that a profile holds literally, say. They are known by
 * value from then on, because an error page may show them without the name.
 */
export function secretsSent({ url = '', headers, body }: Message): string[] {
  const query = url.split('?', 2)[1] ?? '';
  return [...inHeaders(headers), ...inForm(query), ...inBody(body)];
}

/** The same for an answer: a session cookie, a token that nobody asked for. Words are left alone. */
export function secretsReceived({ headers, body }: Message): string[] {
  return [...inHeaders(headers), ...inBody(body)].filter(
    (value) => value.length >= shortestMade && /\d/.test(value) && !/\s/.test(value),
  );
}

function inHeaders(headers: Record<string, string>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    switch (name.toLowerCase()) {
      case 'cookie':
        return value.split(';').map(cookieValue).filter(isMade);
      case 'set-cookie':
        return value
          .split('\n')
          .map((line) => cookieValue(line.split(';', 1)[0] ?? ''))
          .filter(isMade);
      default:
        return isSecretName(name) ? [withoutScheme(value)] : [];
    }
  });
}

/** Cookies are no secrets by their name: `lang=en` is one too. */
function isMade(value: string): boolean {
  return value.length >= shortestMade && /\d/.test(value);
}

function cookieValue(pair: string): string {
  return pair.slice(pair.indexOf('=') + 1).trim();
}

function inBody(body: string): string[] {
  const json = parseJson(body);
  if (typeof json === 'object' && json !== null) return inJson(json);
  if (body.startsWith('<')) return inXml(body);
  return /^[\w.%[\]-]{1,64}=/.test(body) ? inForm(body) : [];
}

function inForm(text: string): string[] {
  return [...new URLSearchParams(text.slice(0, 64 * 1024))].flatMap(([name, value]) => {
    if (isSecretParameter(name)) return [value];
    // JSON inside a form field, as SuiteCRM's and vTiger's old interfaces have it.
    const json = value.startsWith('{') ? parseJson(value) : undefined;
    return typeof json === 'object' && json !== null ? inJson(json) : [];
  });
}

function inJson(root: object): string[] {
  const values: string[] = [];
  const left: { value: object; secret: boolean }[] = [{ value: root, secret: false }];
  for (let visited = 0; visited < mostVisited; visited++) {
    const at = left.pop();
    if (!at) break;
    for (const [key, value] of Object.entries(at.value)) {
      const secret = at.secret || (!Array.isArray(at.value) && isSecretName(key));
      if (typeof value === 'object' && value !== null) left.push({ value, secret });
      else if (secret && typeof value === 'string') values.push(value);
    }
  }
  return values;
}

function inXml(text: string): string[] {
  const values: string[] = [];
  for (const [, name = '', value = ''] of text
    .slice(0, 256 * 1024)
    .matchAll(/<(?:[\w-]{1,32}:)?([\w.-]{2,64})(?:\s[^<>]{0,2000})?>([^<]{4,4000})</g)) {
    if (isSecretName(name)) values.push(value.trim());
  }
  return values;
}
