import { basename } from 'node:path';
import { bareAuth, bareSecrets, credentialNotes } from './bare-auth.ts';
import { asObject, asText, asTexts } from './json.ts';
import type { Path } from './locate.ts';
import { defaults } from './normalise.ts';
import { isSearch } from './normalise-operation.ts';
import type { Source } from './parse.ts';
import { didYouMean, oneOf } from './suggest.ts';
import {
  type Expression,
  type Json,
  type LogFormat,
  type Operation,
  type OperationName,
  operationNames,
  type Profile,
  type ProfileProblem,
  type ResponseMapping,
  type Step,
} from './types.ts';

/** App Connect's operations end here; what follows in the list is ours. */
const appConnectOperations = operationNames.slice(0, operationNames.indexOf('unAuthorize') + 1);

const keys = {
  top: ['meta', 'auth', 'requestDefaults', 'operations'],
  meta: ['name', 'displayName', 'logFormat'],
  auth: [
    'type',
    'scheme',
    'headerName',
    'credentialTemplate',
    'encode',
    'clientId',
    'clientSecret',
    'authUrl',
    'tokenUrl',
    'redirectUri',
    'scope',
    'customState',
  ],
  requestDefaults: ['baseUrl', 'timeoutSeconds', 'defaultHeaders'],
  operation: ['method', 'url', 'headers', 'query', 'body', 'auth', 'responseMapping'],
};
const ourKeys = new Set([
  'secrets',
  'vars',
  'steps',
  'requests',
  'hosts',
  'host',
  'settle',
  'credentials',
  'allowHosts',
  'limits',
  'region',
  'testData',
  'fixtures',
  'optOut',
  'captures',
  'success',
  'empty',
  'when',
  'bodyType',
  'omitEmpty',
  'notSupported',
  'clientAuth',
  'tokenParams',
  'grant',
]);
const logFormats: readonly LogFormat[] = ['text/plain', 'text/html', 'text/markdown'];

/**
 * A proxyConfig as App Connect takes it, unmodified. Unknown keys become notes; only what makes it unusable is a problem.
 * Texts keep App Connect's own `{{dot.path}}` templates: the renderer in `src/app-connect` reads `document`.
 */
export function loadBare(
  source: Source,
  given: { env: Record<string, string | undefined>; hash: string },
): { profile: Profile; problems: ProfileProblem[] } {
  const problems: ProfileProblem[] = [];
  const notes: ProfileProblem[] = [];
  const document = asObject(source.document);
  const part = (value: Json | undefined, path: Path, known: readonly string[]): { [key: string]: Json } => {
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      problems.push({
        file: source.file,
        ...source.valueAt(path),
        message: `\`${path.join('.')}\` is not a map`,
        expected: 'keys and values',
      });
    }
    for (const key of Object.keys(asObject(value))) {
      if (!known.includes(key)) notes.push(unknownKey(source, path, key, known));
    }
    return asObject(value);
  };
  part(document, [], keys.top);
  const meta = part(document.meta, ['meta'], keys.meta);
  const auth = part(document.auth, ['auth'], keys.auth);
  const requestDefaults = part(document.requestDefaults, ['requestDefaults'], keys.requestDefaults);
  const operations = part(document.operations, ['operations'], appConnectOperations);
  if (Object.keys(operations).length === 0 && problems.length === 0) {
    problems.push({
      file: source.file,
      ...source.keyAt(['operations']),
      message: 'the proxyConfig describes no operation',
      expected: oneOf(appConnectOperations),
    });
  }
  const named = appConnectOperations.flatMap((name): [OperationName, Operation][] => {
    if (operations[name] === undefined) return [];
    const path = ['operations', name];
    const operation = part(operations[name], path, keys.operation);
    if (typeof operation.url !== 'string') {
      problems.push({
        file: source.file,
        ...source.keyAt(path),
        message: `\`operations.${name}\` has no \`url\``,
        expected: 'a path below `requestDefaults.baseUrl`, or an absolute URL',
      });
    }
    return [[name, bareOperation(name, operation)]];
  });

  const secrets = Object.fromEntries(
    bareSecrets.flatMap((name) => (given.env[name] ? [[name, given.env[name] ?? '']] : [])),
  );
  const name = asText(meta.name) ?? basename(source.file).replace(/\.(?:ya?ml|json)$/i, '');
  const logFormat = logFormats.find((format) => format === meta.logFormat);
  const config = bareAuth(auth, secrets);
  notes.push(...credentialNotes(source, config, secrets));
  return {
    problems: [...problems, ...baseUrlProblems(source, requestDefaults.baseUrl, named)],
    profile: {
      language: 'proxyConfig',
      file: basename(source.file),
      hash: given.hash,
      meta: { name, displayName: asText(meta.displayName) ?? name, ...(logFormat && { logFormat }) },
      secrets,
      vars: {},
      auth: config,
      credentials: {},
      hosts: {},
      allowHosts: [],
      requestDefaults: {
        baseUrl: (asText(requestDefaults.baseUrl) ?? '').replace(/\/+$/, ''),
        timeoutSeconds:
          typeof requestDefaults.timeoutSeconds === 'number' ? requestDefaults.timeoutSeconds : 30,
        defaultHeaders: asTexts(requestDefaults.defaultHeaders),
      },
      operations: Object.fromEntries(named),
      ...defaults,
      testData: {},
      fixtures: { contacts: [] },
      optOut: {},
      notes,
      document: source.document,
      locate: source.keyAt,
    },
  };
}

function unknownKey(source: Source, path: Path, key: string, known: readonly string[]): ProfileProblem {
  const isOurs = ourKeys.has(key) || operationNames.some((name) => name === key);
  const hint = isOurs
    ? `\`${key}\` belongs to the language of crm-ready: add \`crmReady: 1\` at the top to use it`
    : didYouMean(key, known);
  return {
    file: source.file,
    ...source.keyAt([...path, key]),
    message: `App Connect does not know \`${[...path, key].join('.')}\` and ignores it`,
    expected: oneOf(known),
    ...(hint !== undefined && { hint }),
  };
}

function bareOperation(name: OperationName, operation: { [key: string]: Json }): Operation {
  const auth = asText(operation.auth);
  const step: Step = {
    method: (asText(operation.method) ?? 'GET').toUpperCase(),
    url: asText(operation.url) ?? '',
    headers: asTexts(operation.headers),
    query: asObject(operation.query),
    ...(operation.body !== undefined && { body: operation.body }),
    omitEmpty: false,
    ...(auth !== undefined && { auth }),
    captures: {},
  };
  const responseMapping = mappingOf(operation.responseMapping);
  return isSearch(name)
    ? { kind: 'search', steps: [], requests: [{ ...step, responseMapping }] }
    : { kind: 'sequence', steps: [step], responseMapping };
}

function mappingOf(mapping: Json | undefined): ResponseMapping {
  return Object.fromEntries(
    Object.entries(asObject(mapping)).flatMap(
      ([key, value]): [string, Expression | Record<string, Expression>][] =>
        typeof value === 'string' ? [[key, value]] : [[key, asTexts(value)]],
    ),
  );
}

function baseUrlProblems(
  source: Source,
  baseUrl: Json | undefined,
  operations: [string, Operation][],
): ProfileProblem[] {
  const path = ['requestDefaults', 'baseUrl'];
  const expected = 'an absolute URL: `https://api.example.com/v1`';
  const isText = typeof baseUrl === 'string';
  const templated = isText && baseUrl.includes('{{');
  if (isText && !templated && /^https?:\/\//i.test(baseUrl) && URL.canParse(baseUrl)) return [];
  if (baseUrl !== undefined) {
    const hint = templated
      ? 'App Connect does not fill in templates here: put the absolute URL into the operations'
      : undefined;
    return [
      {
        file: source.file,
        ...source.valueAt(path),
        message: '`requestDefaults.baseUrl` is not an absolute URL',
        expected,
        ...(hint !== undefined && { hint }),
      },
    ];
  }
  const relative = operations.some(([, operation]) =>
    urlsOf(operation).some((url) => !/^(?:https?:|\{\{)/i.test(url)),
  );
  return relative
    ? [
        {
          file: source.file,
          ...source.keyAt(path),
          message: 'there is no `requestDefaults.baseUrl`, and operations have relative URLs',
          expected,
        },
      ]
    : [];
}

function urlsOf(operation: Operation): string[] {
  if (operation.kind === 'notSupported') return [];
  return (operation.kind === 'search' ? operation.requests : operation.steps).map(({ url }) => url);
}
