import { asList, asObject } from './json.ts';
import type { Path } from './locate.ts';
import type { Source } from './parse.ts';
import { capturesOf } from './places.ts';
import { didYouMean, oneOf } from './suggest.ts';
import type { Json, Position, ProfileProblem } from './types.ts';

/** Names that refer to another part of the document: `host`, `auth`, `discovers`; and a login that signs nothing. */
export function checkNames(source: Source): ProfileProblem[] {
  const { auth, credentials, hosts, operations, requestDefaults } = asObject(source.document);
  const { defaultHeaders } = asObject(requestDefaults);
  const knownHosts = Object.keys(asObject(hosts));
  const knownAuth = [
    'none',
    ...(asObject(auth).type === 'oauth' ? ['client'] : []),
    ...Object.keys(asObject(credentials)),
  ];
  const problems: ProfileProblem[] = [];
  const refuse = (at: Position, problem: Omit<ProfileProblem, 'file' | 'line' | 'column'>) =>
    problems.push({ file: source.file, ...at, ...problem });

  // A login has no session yet: it is signed with what the user handed in, or not at all.
  const knownToLogin = [
    'none',
    ...Object.entries(asObject(credentials)).flatMap(([name, credential]) =>
      ['login', 'oauth'].includes(String(asObject(credential).type)) ? [] : [name],
    ),
  ];

  const checkRequest = (request: Json, path: Path, known = knownAuth) => {
    const { host, auth: which } = asObject(request);
    if (typeof host === 'string' && !knownHosts.includes(host)) {
      refuse(source.valueAt([...path, 'host']), unknownName('host', host, knownHosts, 'hosts'));
    }
    if (typeof which === 'string' && !known.includes(which)) {
      const problem =
        known === knownToLogin && knownAuth.includes(which)
          ? {
              message: `a step of a login cannot be signed by \`${which}\``,
              expected: oneOf(known),
              hint: 'make the request that obtains it a step of this login, and capture what it answers',
            }
          : which === 'client'
            ? {
                message: '`auth: client` needs an OAuth client',
                expected: oneOf(knownAuth),
                hint: "the profile's `auth` is not of type `oauth`",
              }
            : unknownName('credential', which, known, 'credentials');
      refuse(source.valueAt([...path, 'auth']), problem);
    }
  };
  const checkCredential = (credential: Json, path: Path) => {
    const { type, steps, discovers, headers, query } = asObject(credential);
    if (type !== 'login') return;
    for (const [index, step] of asList(steps).entries())
      checkRequest(step, [...path, 'steps', index], knownToLogin);
    const captures = capturesOf(steps);
    for (const [index, name] of asList(discovers).entries()) {
      if (typeof name !== 'string' || captures.includes(name)) continue;
      refuse(source.valueAt([...path, 'discovers', index]), {
        ...unknownName('capture', name, captures, 'captures'),
        message: `no step of the login captures \`${name}\``,
      });
    }
    const inOperations = /\{\{[^}]*\b(?:auth|secrets)\./.test(
      JSON.stringify([operations ?? null, defaultHeaders ?? null]),
    );
    if (Object.keys({ ...asObject(headers), ...asObject(query) }).length === 0 && !inOperations) {
      refuse(source.keyAt(path), {
        message: 'the login does not say how its session signs requests',
        expected:
          '`headers` or `query`, read from what the login captured, or `{{ auth.name }}` in the operations',
        hint: `add \`headers: { Authorization: "Bearer {{ auth.${captures[0] ?? 'token'} }}" }\``,
      });
    }
  };

  if (auth !== undefined) checkCredential(auth, ['auth']);
  for (const [name, credential] of Object.entries(asObject(credentials))) {
    checkCredential(credential, ['credentials', name]);
  }
  const replacing = ['operations', 'getUserInfo', 'responseMapping', 'overridingApiKeyPath'];
  if (valueIn(source.document, replacing) !== undefined) {
    refuse(source.keyAt(replacing), {
      message: '`overridingApiKeyPath` takes effect in a bare proxyConfig only',
      expected: 'a session that is described as a login: `auth: { type: login, … }`',
      hint: 'make the request that gives the session a step of the login, and capture it (docs/profile.md)',
    });
  }
  for (const [name, operation] of Object.entries(asObject(operations))) {
    const path = ['operations', name];
    const { steps, requests } = asObject(operation);
    checkRequest(operation, path);
    for (const [index, step] of asList(steps).entries()) checkRequest(step, [...path, 'steps', index]);
    for (const [index, request] of asList(requests).entries())
      checkRequest(request, [...path, 'requests', index]);
  }
  return problems;
}

function valueIn(document: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => asObject(value)[key], document);
}

function unknownName(kind: string, name: string, known: readonly string[], key: string) {
  return {
    message: `there is no ${kind} \`${name}\``,
    expected: known.length === 0 ? `a key of \`${key}\`` : oneOf(known),
    hint: didYouMean(name, known) ?? `add \`${name}\` to \`${key}\``,
  };
}

const secretKeys = ['credentialTemplate', 'password', 'token', 'clientSecret', 'refreshToken', 'accessToken'];
const secretField = /passw|pwd|^pass$|pin$|secret|token/i;
const secretHeader = /^(?:authorization|proxy-authorization|cookie)$|api-?key|token|secret/i;

/** Credentials that stand in the file itself: no reason to refuse it, but to say so. The value is not repeated. */
export function literalSecrets(source: Source): ProfileProblem[] {
  const { auth, credentials, requestDefaults } = asObject(source.document);
  const notes: ProfileProblem[] = [];
  const look = (value: Json | undefined, path: Path) => {
    const text = typeof value === 'string' ? value : '';
    // `X` as the password beside an API key is a custom, not a secret.
    if (text.length < 4 || text.includes('{{')) return;
    notes.push({
      file: source.file,
      ...source.valueAt(path),
      message: `\`${path.join('.')}\` stands in the file as it is`,
      expected: 'a secret that the file does not hold: `{{ secrets.NAME }}`',
      hint: 'put it into an environment variable and list its name in `secrets`',
    });
  };
  const lookAtHeaders = (headers: Json | undefined, path: Path) => {
    for (const [name, value] of Object.entries(asObject(headers))) {
      if (secretHeader.test(name)) look(value, [...path, name]);
    }
  };
  const lookAtCredential = (credential: Json | undefined, path: Path) => {
    const fields = asObject(credential);
    for (const key of secretKeys) look(fields[key], [...path, key]);
    lookAtHeaders(fields.headers, [...path, 'headers']);
    for (const [index, page] of asList(fields.loginPages).entries()) {
      for (const [name, value] of Object.entries(asObject(asObject(page).fill)))
        if (secretField.test(name)) look(value, [...path, 'loginPages', index, 'fill', name]);
    }
  };
  lookAtCredential(auth, ['auth']);
  for (const [name, credential] of Object.entries(asObject(credentials))) {
    lookAtCredential(credential, ['credentials', name]);
  }
  lookAtHeaders(asObject(requestDefaults).defaultHeaders, ['requestDefaults', 'defaultHeaders']);
  return notes;
}
