import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkSmallCrm, type SmallCheck } from './check.ts';
import { type Asked, basicOf, client, type Habits, type Reply, type SmallCrm } from './small-crm.ts';

const env = { KEY: 'Key-0123456789', USER_NAME: 'ada', PASSWORD: 'pass-Word-0123' };
const user: Reply = { status: 200, body: { id: 7, name: 'Rowan Okafor' } };
const no: Reply = { status: 401, body: { error: 'unauthorized' } };

type Instead = NonNullable<Habits['instead']>;

/** Who is let in to the API, in place of a Bearer token of the authorization server; other routes by the way. */
const letIn =
  (known: (asked: Asked, crm: SmallCrm) => boolean, also?: Instead): Instead =>
  (asked, crm) => {
    const own = also?.(asked, crm);
    if (own) return own;
    if (asked.path !== '/api/me' && asked.path !== '/api/contacts') return undefined;
    if (!known(asked, crm)) return no;
    return asked.path === '/api/me' ? user : { status: 200, body: { contacts: [] } };
  };

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const liveSession = ({ headers }: Asked, crm: SmallCrm) => crm.isAlive(String(headers['x-session'] ?? ''));
const opened = (crm: SmallCrm) => ({ status: 200, body: { session: crm.signIn().access_token } });

interface Case extends SmallCheck {
  habits: Habits;
  /** What auth.alternative says. */
  says: string;
  code: boolean;
}

const cases: Record<string, Case> = {
  'an API key in a header': {
    auth: '{ type: apiKey, headerName: X-Api-Key, credentialTemplate: "{{ secrets.KEY }}" }',
    habits: { instead: letIn(({ headers }) => headers['x-api-key'] === env.KEY) },
    says: 'no OAuth: an API key; proxy mode can carry it',
    code: false,
  },
  'an API key in the query': {
    auth: '{ type: apiKey, queryName: key, credentialTemplate: "{{ secrets.KEY }}" }',
    habits: { instead: letIn(({ query }) => query.get('key') === env.KEY) },
    says: 'no OAuth: an API key; proxy mode can carry it',
    code: false,
  },
  'HTTP Basic': {
    auth: '{ type: basic, username: "{{ secrets.USER_NAME }}", password: "{{ secrets.PASSWORD }}" }',
    habits: { instead: letIn(({ headers }) => basicOf(headers.authorization)[1] === env.PASSWORD) },
    says: 'no OAuth: HTTP Basic; proxy mode can carry it',
    code: false,
  },
  'two secret headers': {
    auth: '{ type: headers, headers: { X-App: "{{ secrets.KEY }}", X-User-Token: "{{ secrets.PASSWORD }}" } }',
    habits: {
      instead: letIn(
        ({ headers }) => headers['x-app'] === env.KEY && headers['x-user-token'] === env.PASSWORD,
      ),
    },
    says: 'no OAuth: several headers; needs adapter code (2 of them are secret',
    code: true,
  },
  'headers of which one is secret': {
    auth: '{ type: headers, headers: { X-App: developer_api, X-Token: "{{ secrets.KEY }}" } }',
    habits: {
      instead: letIn(({ headers }) => headers['x-token'] === env.KEY && headers['x-app'] === 'developer_api'),
    },
    says: 'no OAuth: several headers, one of them secret; proxy mode can carry it',
    code: false,
  },
  'a login of one request': {
    auth: '{ type: login, steps: [{ method: POST, url: /login, body: { user: "{{ secrets.USER_NAME }}", password: "{{ secrets.PASSWORD }}" }, captures: { id: body.session } }], headers: { X-Session: "{{ auth.id }}" } }',
    habits: {
      instead: letIn(liveSession, ({ path, form }, crm) =>
        path === '/api/login' ? (form.get('password') === env.PASSWORD ? opened(crm) : no) : undefined,
      ),
    },
    says: 'no OAuth: a login that returns a session; proxy mode can carry it',
    code: false,
  },
  'a challenge that is answered with SHA-256': {
    auth: `
  type: login
  steps:
    - { url: /challenge, captures: { nonce: body.nonce } }
    - method: POST
      url: /login
      body: { proof: "{{ captures.nonce | append: secrets.PASSWORD | sha256 }}" }
      captures: { id: body.session }
  headers: { X-Session: "{{ auth.id }}" }`,
    habits: {
      instead: letIn(liveSession, ({ path, form }, crm) => {
        if (path === '/api/challenge') return { status: 200, body: { nonce: 'n-1' } };
        if (path !== '/api/login') return undefined;
        return form.get('proof') === digest(`n-1${env.PASSWORD}`) ? opened(crm) : no;
      }),
    },
    says: 'no OAuth: a login that returns a session; needs adapter code (it takes several requests)',
    code: true,
  },
  'a login signed with HMAC': {
    auth: '{ type: login, steps: [{ method: POST, url: /login, body: { user: ada, mac: "{{ secrets.USER_NAME | hmac_sha256: secrets.KEY, \'base64\' }}" }, captures: { id: body.session } }], headers: { X-Session: "{{ auth.id }}" } }',
    habits: {
      instead: letIn(liveSession, ({ path, form }, crm) => {
        const mac = createHmac('sha256', env.KEY).update(env.USER_NAME).digest('base64');
        return path === '/api/login' ? (form.get('mac') === mac ? opened(crm) : no) : undefined;
      }),
    },
    says: 'no OAuth: a login that returns a session; needs adapter code (the login is computed)',
    code: true,
  },
  'a login signed with HMAC-SHA1': {
    auth: '{ type: login, steps: [{ method: POST, url: /login, body: { user: ada, mac: "{{ secrets.USER_NAME | hmac_sha1: secrets.KEY }}", once: "{{ secrets.KEY | sha1 }}", all: "{{ secrets.KEY | sha512 }}" }, captures: { id: body.session } }], headers: { X-Session: "{{ auth.id }}" } }',
    habits: {
      instead: letIn(liveSession, ({ path, form }, crm) => {
        const mac = createHmac('sha1', env.KEY).update(env.USER_NAME).digest('hex');
        const hash = (name: string) => createHash(name).update(env.KEY).digest('hex');
        const right =
          form.get('mac') === mac && form.get('once') === hash('sha1') && form.get('all') === hash('sha512');
        return path === '/api/login' ? (right ? opened(crm) : no) : undefined;
      }),
    },
    says: 'no OAuth: a login that returns a session; needs adapter code (the login is computed)',
    code: true,
  },
  'client credentials': {
    auth: `{ type: oauth, grant: client_credentials, tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.SECRET }}" }`,
    habits: {},
    says: 'no OAuth: OAuth 2.0 client credentials, one identity for all users; needs adapter code',
    code: true,
  },
  'the password grant': {
    auth: `{ type: oauth, grant: password, username: ada, password: "{{ secrets.PASSWORD }}", tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.SECRET }}" }`,
    habits: {},
    says: 'no OAuth: the OAuth 2.0 password grant; needs adapter code',
    code: true,
  },
  'a tenant that is found out before the login (Bullhorn)': {
    auth: `
  type: login
  steps:
    - { url: /tenant, query: { user: "{{ secrets.USER_NAME }}" }, captures: { home: body.home } }
    - method: POST
      url: "{{ captures.home | raw }}/login"
      body: { password: "{{ secrets.PASSWORD }}" }
      captures: { id: body.session }
  discovers: [home]
  headers: { X-Session: "{{ auth.id }}" }`,
    habits: {
      instead: letIn(liveSession, ({ path, headers }, crm) => {
        if (path === '/api/tenant') return { status: 200, body: { home: `http://${headers.host}/t9` } };
        return path === '/t9/login' ? opened(crm) : undefined;
      }),
    },
    says: 'no OAuth: a login that returns a session; needs adapter code (it takes several requests)',
    code: true,
  },
  'two credentials': {
    auth: '{ type: apiKey, headerName: X-Api-Key, credentialTemplate: "{{ secrets.KEY }}" }',
    more: 'credentials: { billing: { type: bearer, token: "{{ secrets.PASSWORD }}" } }',
    habits: { instead: letIn(({ headers }) => headers['x-api-key'] === env.KEY) },
    says: 'no OAuth: an API key, and beside it "billing"; needs adapter code (proxy mode knows one credential)',
    code: true,
  },
};

describe.concurrent('without an authorization code', () => {
  test.for(Object.entries(cases))(
    '%s: accepted, refused when wrong, and told whether App Connect can carry it',
    async ([, { says, code, ...one }], { expect }) => {
      const only = ['oauth', 'user.validates'];
      const { checks, report } = await checkSmallCrm({ ...one, env, logout: '', only });
      const verdicts = [...checks.values()].map(({ id, verdict, summary }) =>
        verdict === 'pass' ? id : `${id} ${verdict}: ${summary}`,
      );
      expect(verdicts).toEqual([
        expect.stringContaining(`auth.alternative warn: ${says}`),
        'auth.accepted',
        'auth.missing-refused',
        'auth.refusal-shape',
        'auth.tls not-applicable: the CRM is on this machine',
        'user.validates',
      ]);
      expect(checks.get('auth.alternative')?.adapterCode).toBe(code);
      for (const secret of [env.KEY, env.PASSWORD]) expect(JSON.stringify(report)).not.toContain(secret);
    },
  );
});

describe('with an authorization code, what the token response tells of the tenant', () => {
  const auth = (discovers: string) =>
    `{ type: oauth, authUrl: BASE/oauth/authorize, tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.SECRET }}", discovers: [${discovers}] }`;
  const habits: Habits = {
    token: ({ body, ...reply }) => ({ ...reply, body: { ...body, home: 't9', home_page: 'none' } }),
  };
  const logout =
    '{ method: POST, url: "BASE/oauth/revoke?at={{ auth.home }}", auth: client, bodyType: form, body: { token: "{{ auth.accessToken }}" } }';

  test('needs adapter code where an operation reads it', async () => {
    const { checks } = await checkSmallCrm({ auth: auth('home, home_page'), habits, logout });
    expect(checks.get('oauth.token-response')).toMatchObject({
      verdict: 'warn',
      adapterCode: true,
      summary:
        'the operations need home of the answer: a connector with code can keep that, proxy mode cannot',
    });
    expect(checks.get('logout.access-dead')?.verdict).toBe('pass');
  });

  test('is carried anyhow where none does', async () => {
    const { checks } = await checkSmallCrm({ auth: auth('home'), habits });
    expect(checks.get('oauth.token-response')).toMatchObject({ verdict: 'pass', adapterCode: false });
  });
});

test('client credentials that are refused are no credential: auth.accepted says why', async () => {
  const auth = `{ type: oauth, grant: client_credentials, tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.KEY }}" }`;
  const { checks } = await checkSmallCrm({ auth, env });
  expect(checks.get('auth.accepted')).toMatchObject({
    verdict: 'inconclusive',
    summary: 'the token request was refused: HTTP 401 invalid_client',
  });
  expect(checks.get('auth.missing-refused')?.blockedBy).toBe('auth.accepted');
});
