import type { RecordedRequest, Recording } from './recording.ts';

/** A request as it arrived, or as a profile rendered it. `url` is path and query. */
export interface SentRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** What one comparison lets pass beyond the rules of `differences`. */
export interface Tolerance {
  /** Other recorded requests: a key that the request has beyond its own may stand at the same place in one of these. */
  also?: readonly RecordedRequest[];
  /** Paths of texts that people write: any text that is not empty will do. */
  texts?: readonly string[];
  /** Paths that no recording shows, each with the reason why it is sent all the same. */
  unrecorded?: Record<string, string>;
  /** Names that recorded answers show: a list of field names may name these as well. */
  shown?: ReadonlySet<string>;
}

/** Headers that every client adds by itself. All others must have been recorded. */
const ordinary = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'host',
  'transfer-encoding',
  'user-agent',
]);

/**
 * Where a request differs from a recorded one; empty when the real system answered this very request. Let pass are
 * - the order of parameters, form fields and JSON keys, and the spelling of percent-encoding (but `+` is a space);
 * - lists of field names (`select`, `fields`, `properties`): in any order, with more names that an answer showed;
 * - sizes of pages: any positive number;
 * - the `id` of a JSON-RPC call;
 * - one of the recording's access tokens in place of another;
 * - JSON or form at a token endpoint, which takes both;
 * - an empty JSON body with a GET or DELETE;
 * - headers that every client adds;
 * and what `tolerance` names. A missing key, another key, another value are differences.
 */
export function differences(
  sent: SentRequest,
  recordedRequest: RecordedRequest,
  tolerance: Tolerance = {},
): string[] {
  const expected = treeOf(normalised(recordedRequest));
  const actual = treeOf(sent);
  const others = (tolerance.also ?? []).map((one) => treeOf(normalised(one)));
  return [
    ...compareHeaders(sent.headers, normalised(recordedRequest)),
    ...compare('', expected, actual, { ...tolerance, others }),
  ];
}

/** Every key of every recorded answer. */
export function shownNames({ exchanges }: Recording): Set<string> {
  const names = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) names.add(key);
      look(inner);
    }
  };
  for (const { response } of exchanges) look(response.body);
  return names;
}

function normalised({ method, url, headers, body }: RecordedRequest): SentRequest {
  return {
    method,
    url,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}

function treeOf({ method, url, headers, body }: SentRequest): Record<string, unknown> {
  const { pathname, search } = new URL(url, 'http://crm.example');
  const content = parsedBody(headers['content-type'] ?? '', body);
  const empty = JSON.stringify(content) === '{}' && (method === 'GET' || method === 'DELETE');
  return {
    method,
    path: pathname,
    query: fields(search),
    ...(content !== undefined && !empty && { body: content }),
  };
}

function parsedBody(type: string, body: string | undefined): unknown {
  if (body === undefined || body === '') return undefined;
  if (type.startsWith('application/x-www-form-urlencoded')) return fields(body);
  return JSON.parse(body) as unknown;
}

function fields(text: string): Record<string, unknown> {
  const parameters = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

function compareHeaders(sent: Record<string, string>, expected: SentRequest): string[] {
  const atTokenEndpoint = /\bgrant_type\b/.test(expected.body ?? '');
  const wrong = Object.entries(expected.headers).flatMap(([name, value]) => {
    const found = sent[name] ?? 'missing';
    const same =
      name === 'content-type'
        ? found.split(';')[0] === value.split(';')[0] || atTokenEndpoint
        : sameToken(found, value);
    return same ? [] : [`header ${name}: ${found} for ${value}`];
  });
  const extra = Object.keys(sent).filter((name) => !(name in expected.headers) && !ordinary.has(name));
  return [...wrong, ...extra.map((name) => `header ${name}: not recorded`)];
}

function sameToken(sent: string, expected: string): boolean {
  const neutral = (text: string) => text.replace(/<(?:[\w-]+-)?access-token>/, '<access-token>');
  return neutral(sent) === neutral(expected);
}

interface Context extends Tolerance {
  others: readonly unknown[];
}

function compare(path: string, expected: unknown, actual: unknown, context: Context): string[] {
  if (context.texts?.includes(path)) {
    return typeof actual === 'string' && actual !== '' ? [] : [`${path}: no text`];
  }
  const key = path.split('.').at(-1) ?? '';
  if (/^(?:select|properties|fields(?:\[\w+\])?)$/.test(key))
    return compareNames(path, expected, actual, context);
  if (/^(?:maxSize|limit|page\[size\])$/.test(key)) {
    return Number.isInteger(Number(actual)) && Number(actual) > 0 ? [] : [`${path}: ${shown(actual)}`];
  }
  if (Array.isArray(expected) !== Array.isArray(actual) || !isData(expected) || !isData(actual)) {
    return Object.is(expected, actual) ? [] : [`${path}: ${shown(actual)} for ${shown(expected)}`];
  }
  const inner = (name: string) => (path === '' ? name : `${path}.${name}`);
  const rpc = 'jsonrpc' in expected;
  const there = Object.entries(expected).flatMap(([name, value]) => {
    if (rpc && name === 'id') return name in actual ? [] : [`${inner(name)}: missing`];
    return name in actual ? compare(inner(name), value, actual[name], context) : [`${inner(name)}: missing`];
  });
  const extra = Object.entries(actual).flatMap(([name, value]) =>
    name in expected || isKnown(inner(name), value, context) ? [] : [`${inner(name)}: not recorded`],
  );
  return [...there, ...extra];
}

/** A key that another recorded request had at the same place, with a value of the same type; or a declared one. */
function isKnown(path: string, value: unknown, { others, unrecorded = {} }: Context): boolean {
  if (path in unrecorded) return true;
  return others.some((tree) => typeof at(tree, path) === typeof value);
}

function at(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isData(value) ? value[name] : undefined), tree);
}

function compareNames(
  path: string,
  expected: unknown,
  actual: unknown,
  { shown: known = new Set(), unrecorded = {} }: Context,
): string[] {
  const names = (value: unknown) => (Array.isArray(value) ? value.map(String) : String(value).split(','));
  const missing = names(expected).filter((name) => !names(actual).includes(name));
  const strange = names(actual).filter(
    (name) => !names(expected).includes(name) && !known.has(name) && !(`${path}.${name}` in unrecorded),
  );
  return [
    ...missing.map((name) => `${path}: lacks ${name}`),
    ...strange.map((name) => `${path}: ${name} is not recorded`),
  ];
}

function isData(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
