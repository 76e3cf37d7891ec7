import { asList, asObject } from './json.ts';
import type { Path } from './locate.ts';
import { type Json, type OperationName, operationNames } from './types.ts';

/** Which variables a template may read. */
export type Scope =
  /** Rendered when the profile is loaded, and with every credential: secrets and vars. */
  | { kind: 'load' }
  /** A step of a login: also what earlier steps captured. */
  | { kind: 'login'; captures: string[]; later: string[] }
  /** What a login puts on each request: also what the login captured. */
  | { kind: 'session'; captures: string[] }
  | { kind: 'operation'; operation: OperationName; captures: string[]; later: string[] }
  /** Headers of every request: what every operation knows. */
  | { kind: 'everywhere' };

/** A text of the document that is a template, or one that says where something stands in an answer. */
export type Place =
  | { kind: 'template'; path: Path; text: string; isKey?: true; scope: Scope }
  | { kind: 'expression'; path: Path; text: string }
  | { kind: 'regex'; path: Path; text: string };

/** Every template and expression of a document of our language. What has the wrong shape is passed over. */
export function* placesOf(document: Json): Generator<Place> {
  const load: Scope = { kind: 'load' };
  const { requestDefaults, hosts, auth, credentials, operations } = asObject(document);
  const { baseUrl, defaultHeaders } = asObject(requestDefaults);
  yield* templates(baseUrl, ['requestDefaults', 'baseUrl'], load);
  yield* templates(defaultHeaders, ['requestDefaults', 'defaultHeaders'], { kind: 'everywhere' });
  for (const [name, host] of Object.entries(asObject(hosts))) yield* templates(host, ['hosts', name], load);
  yield* credentialPlaces(auth, ['auth']);
  for (const [name, credential] of Object.entries(asObject(credentials)))
    yield* credentialPlaces(credential, ['credentials', name]);
  for (const operation of operationNames) {
    yield* operationPlaces(asObject(operations)[operation], ['operations', operation], operation);
  }
}

const credentialTemplates = [
  'credentialTemplate',
  'username',
  'password',
  'token',
  'authUrl',
  'tokenUrl',
  'redirectUri',
  'clientId',
  'clientSecret',
  'refreshToken',
  'accessToken',
  'tokenParams',
];

function* credentialPlaces(credential: Json | undefined, path: Path): Generator<Place> {
  const auth = asObject(credential);
  const load: Scope = { kind: 'load' };
  for (const key of credentialTemplates) yield* templates(auth[key], [...path, key], load);
  if (auth.type !== 'login') {
    yield* templates(auth.headers, [...path, 'headers'], load);
    for (const [index, page] of asList(auth.loginPages).entries())
      yield* templates(asObject(page).fill, [...path, 'loginPages', index, 'fill'], load);
    return;
  }
  yield* stepPlaces(auth.steps, [...path, 'steps'], (captures, later) => ({
    kind: 'login',
    captures,
    later,
  }));
  const session: Scope = { kind: 'session', captures: capturesOf(auth.steps) };
  yield* templates(auth.headers, [...path, 'headers'], session);
  yield* templates(auth.query, [...path, 'query'], session);
}

function* operationPlaces(
  described: Json | undefined,
  path: Path,
  operation: OperationName,
): Generator<Place> {
  const value = asObject(described);
  const scope = (captures: string[], later: string[]): Scope => ({
    kind: 'operation',
    operation,
    captures,
    later,
  });
  yield* expressions(value.responseMapping, [...path, 'responseMapping']);
  yield* stepPlaces(value.steps, [...path, 'steps'], scope);
  // The requests of a search go out side by side: each knows what the steps before them captured, and no more.
  const before = capturesOf(value.steps);
  for (const [index, each] of asList(value.requests).entries()) {
    const request = asObject(each);
    const at = [...path, 'requests', index];
    yield* requestPlaces(request, at, scope(before, capturesOf([request])));
    yield* expressions(request.responseMapping, [...at, 'responseMapping']);
  }
  yield* requestPlaces(value, path, scope(before, capturesOf([value])));
}

function* stepPlaces(
  steps: Json | undefined,
  path: Path,
  scope: (captures: string[], later: string[]) => Scope,
): Generator<Place> {
  for (const [index, step] of asList(steps).entries()) {
    const captures = capturesOf(asList(steps).slice(0, index));
    yield* requestPlaces(step, [...path, index], scope(captures, capturesOf(asList(steps).slice(index))));
  }
}

function* requestPlaces(described: Json, path: Path, scope: Scope): Generator<Place> {
  const request = asObject(described);
  for (const key of ['url', 'headers', 'query', 'body', 'when'])
    yield* templates(request[key], [...path, key], scope);
  for (const key of ['success', 'empty']) yield* expression(request[key], [...path, key]);
  for (const [name, value] of Object.entries(asObject(request.captures)))
    yield* expression(value, [...path, 'captures', name]);
}

/** @returns names of everything that these steps capture */
export function capturesOf(steps: Json | undefined): string[] {
  return [...new Set(asList(steps).flatMap((step) => Object.keys(asObject(asObject(step).captures))))];
}

function* templates(value: Json | undefined, path: Path, scope: Scope): Generator<Place> {
  if (typeof value === 'string') yield { kind: 'template', path, text: value, scope };
  for (const [index, entry] of asList(value).entries()) yield* templates(entry, [...path, index], scope);
  for (const [key, entry] of Object.entries(asObject(value))) {
    // The keys of a body are rendered too; nothing else has braces in its keys.
    if (key.includes('{{')) yield { kind: 'template', path: [...path, key], text: key, isKey: true, scope };
    yield* templates(entry, [...path, key], scope);
  }
}

/** A mapping: expressions, and objects of expressions (`item`). */
function* expressions(mapping: Json | undefined, path: Path): Generator<Place> {
  for (const [key, value] of Object.entries(asObject(mapping))) {
    if (key === 'item' || key === 'platformAdditionalInfoPaths') yield* expressions(value, [...path, key]);
    else yield* expression(value, [...path, key]);
  }
}

function* expression(value: Json | undefined, path: Path): Generator<Place> {
  if (typeof value === 'string') yield { kind: 'expression', path, text: value };
  const parts = asObject(value);
  if (typeof parts.path === 'string') yield { kind: 'expression', path: [...path, 'path'], text: parts.path };
  if (typeof parts.regex === 'string') yield { kind: 'regex', path: [...path, 'regex'], text: parts.regex };
}
