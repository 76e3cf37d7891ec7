import type { AuthConfig, Expression, Profile, Step } from '../../profile/types.ts';

/** How App Connect can carry a credential that is no authorization code. */
export interface Carried {
  how: string;
  /** Proxy mode can; else a connector with code is needed. */
  proxy: boolean;
  /** What decides that, in a few words. */
  because: string;
  cautions: string[];
}

/** Proxy mode has one key of the user, one header made from it, and the answer to the current-user call. */
export function carriedBy({ auth, credentials }: Profile): Carried {
  const main = mainCredential(auth);
  const further = Object.keys(credentials);
  if (further.length === 0) return main;
  return {
    ...main,
    how: `${main.how}, and beside it ${further.map((name) => `"${name}"`).join(', ')}`,
    proxy: false,
    because: 'proxy mode knows one credential',
  };
}

const oneKey = { proxy: true, because: 'it is one key in one place', cautions: [] };

function mainCredential(auth: AuthConfig): Carried {
  switch (auth.type) {
    case 'none':
      return {
        how: 'the credential stands in the requests themselves',
        proxy: false,
        because: 'the requests are signed one by one',
        cautions: [],
      };
    case 'apiKey':
      return { how: 'an API key', ...oneKey };
    case 'basic':
      return { how: 'HTTP Basic', ...oneKey };
    case 'bearer':
      return { how: 'a bearer token that a person copies', ...oneKey };
    case 'headers': {
      const secret = Object.values(auth.headers).filter((template) => /\bsecrets\b/.test(template));
      if (secret.length <= 1) return { how: 'several headers, one of them secret', ...oneKey };
      const because = `${secret.length} of them are secret, and a user has one key`;
      return { how: 'several headers', proxy: false, because, cautions: [] };
    }
    case 'login':
      return login(auth);
    case 'oauth': {
      const how =
        auth.grant === 'password'
          ? 'the OAuth 2.0 password grant'
          : 'OAuth 2.0 client credentials, one identity for all users';
      return { how, proxy: false, because: 'proxy mode knows the code grant only', cautions: [] };
    }
  }
}

type Login = Extract<AuthConfig, { type: 'login' }>;

function login(auth: Login): Carried {
  const how = 'a login that returns a session';
  const obstacle = obstacleOf(auth);
  if (obstacle !== null) return { how, proxy: false, because: obstacle, cautions: [] };
  return {
    how,
    proxy: true,
    because: 'one request gives one session: as the current-user call, with overridingApiKeyPath',
    cautions: [
      'proxy mode logs in once: when the session ends, the user must log in again; and it keeps the password unless the field is called password',
    ],
  };
}

/** What keeps proxy mode from logging in by itself; null where nothing does. */
function obstacleOf({ steps, discovers, headers, query }: Login): string | null {
  const [step, ...others] = steps;
  if (!step || others.length > 0) return 'it takes several requests';
  if (discovers.length > 0) return 'it finds out about the tenant first';
  const captures = Object.values(step.captures);
  if (captures.length !== 1) return 'the session has several parts';
  if (!captures.every(isBodyPath)) return 'the session does not stand in the JSON of the answer';
  if (Object.keys(headers).length + Object.keys(query).length > 1)
    return 'the session goes into several places';
  return hasFilter(step) ? 'the login is computed' : null;
}

function isBodyPath(expression: Expression): boolean {
  return typeof expression === 'string' && /^body(\.[\w-]+)+$/.test(expression);
}

function hasFilter({ url, headers, query, body }: Step): boolean {
  return /\{\{[^}]*\|/.test(JSON.stringify([url, headers, query, body]));
}
