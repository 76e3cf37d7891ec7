import { parseJson } from '../../http/read-answer.ts';
import { type Deviation, typeName } from './deviations.ts';

/** An answer of the token endpoint as it came. */
export interface RawTokenAnswer {
  status: number;
  contentType: string;
  text: string;
}

/** What is meant by an answer, whatever it looks like, and every deviation from what it should look like. */
export interface ReadToken {
  /** null where nothing in the answer is a token response or an error. */
  fields: Fields | null;
  deviations: Deviation[];
}

type Fields = Record<string, unknown>;

/** A century, in seconds: more is a date, not a lifetime. */
const longestLife = 100 * 365 * 24 * 3600;

const otherNames: readonly [standard: string, others: readonly string[]][] = [
  ['access_token', ['accessToken', 'AccessToken', 'access-token']],
  ['refresh_token', ['refreshToken', 'RefreshToken', 'refresh-token']],
  ['token_type', ['tokenType', 'TokenType', 'token-type']],
  ['expires_in', ['expiresIn', 'ExpiresIn', 'expires-in']],
];

/**
 * Reads an answer tolerantly, so that one fault does not hide the next: byte order mark, quoting, lists, nesting, other
 * names and form encoding are seen through. `fields` has the names of RFC 6749 and the values as they came.
 */
export function readToken({ status, contentType, text }: RawTokenAnswer): ReadToken {
  const deviations: Deviation[] = [];
  const note = (kind: Deviation['kind'], seen = '') => {
    deviations.push({ kind, seen });
  };
  const fields = unwrapped(text, note);
  if (!fields || !given(fields.access_token)) return { fields, deviations };
  if (status !== 200) note('status', String(status));
  if (!/json/i.test(contentType) && !deviations.some(({ kind }) => kind === 'form-encoded')) {
    note('content-type', contentType);
  }
  noteFields(fields, note);
  return { fields, deviations };
}

/** Seconds that a client may rely on; null for none, for nonsense and for what nobody can mean. */
export function secondsIn(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && seconds >= 1 && seconds <= longestLife ? seconds : null;
}

type Note = (kind: Deviation['kind'], seen?: string) => void;

function unwrapped(text: string, note: Note): Fields | null {
  if (text.startsWith('\uFEFF')) note('byte-order-mark');
  let value = parseJson(text);
  if (typeof value === 'string') {
    value = parseJson(value);
    if (isRecord(value)) note('quoted');
  }
  if (value === undefined) {
    const form = formFields(text);
    if (form) note('form-encoded');
    return form;
  }
  if (Array.isArray(value) && value.length === 1 && isRecord(value[0])) {
    [value] = value;
    note('in-a-list');
  }
  if (!isRecord(value)) return null;
  return renamed(inside(value, note), note);
}

/** GitHub's way, and others': `access_token=…&token_type=bearer`. App Connect reads it, too. */
function formFields(text: string): Fields | null {
  if (!/^\s*[\w.-]+=/.test(text) || !/(?:^|&)\s*(?:access_token|error)=/.test(text)) return null;
  return Object.fromEntries(new URLSearchParams(text.trim()));
}

/** The record in which the token stands, where that is not the answer itself. What stands around it stays readable. */
function inside(body: Fields, note: Note, path = '', depth = 0): Fields {
  if (hasToken(body) || typeof body.error === 'string' || depth > 2) return body;
  for (const [key, value] of Object.entries(body)) {
    if (!isRecord(value)) continue;
    const here = path === '' ? key : `${path}.${key}`;
    if (hasToken(value)) {
      note('nested', here);
      return { ...body, ...value };
    }
    const deeper = inside(value, note, here, depth + 1);
    if (hasToken(deeper)) return { ...body, ...deeper };
  }
  return body;
}

function hasToken(body: Fields): boolean {
  return given(body.access_token) || namesOf('access_token').some((name) => given(body[name]));
}

function renamed(body: Fields, note: Note): Fields {
  if (given(body.access_token)) return body;
  const found = otherNames.flatMap(([standard, others]) =>
    others.flatMap((name) => (given(body[name]) ? [{ standard, name }] : [])),
  );
  if (!found.some(({ standard }) => standard === 'access_token')) return body;
  note('renamed', found.map(({ name }) => name).join(', '));
  return { ...body, ...Object.fromEntries(found.map(({ standard, name }) => [standard, body[name]])) };
}

function namesOf(standard: string): readonly string[] {
  return otherNames.find(([name]) => name === standard)?.[1] ?? [];
}

function noteFields(fields: Fields, note: Note): void {
  const { access_token, refresh_token, token_type, expires_in, scope } = fields;
  if (typeof access_token !== 'string') note('access-token-not-text', typeName(access_token));
  if (!given(token_type)) note('token-type-missing');
  else if (typeof token_type !== 'string') note('token-type-not-text', typeName(token_type));
  else if (token_type.toLowerCase() !== 'bearer') note('token-type-other', token_type);
  const lifetime = lifetimeDeviation(expires_in);
  if (lifetime) note(lifetime.kind, lifetime.seen);
  if (given(refresh_token) && typeof refresh_token !== 'string') {
    note('refresh-token-not-text', typeName(refresh_token));
  }
  if (refresh_token === null || refresh_token === '') {
    note('refresh-token-empty', refresh_token === null ? 'null' : 'empty');
  }
  if (given(scope) && typeof scope !== 'string') note('scope-not-text', typeName(scope));
  if (saysError(fields)) note('error-beside-token');
}

/** As App Connect's client takes it: anything but nothing, false and zero under one of the two names. */
export function saysError({ error, error_description }: Fields): boolean {
  return Boolean(error) || Boolean(error_description);
}

function lifetimeDeviation(value: unknown): Deviation | null {
  if (!given(value)) return null;
  const seconds = typeof value === 'string' ? Number(value) : value;
  if (typeof seconds !== 'number') return { kind: 'expires-in-unreadable', seen: typeName(value) };
  if (Number.isNaN(seconds)) {
    return { kind: 'expires-in-unreadable', seen: `"${String(value).slice(0, 40)}"` };
  }
  if (secondsIn(seconds) === null) return { kind: 'expires-in-absurd', seen: String(seconds) };
  return typeof value === 'string' ? { kind: 'expires-in-text', seen: '' } : null;
}

/** Some servers have every field in every answer: null and an empty text are none. */
function given(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
