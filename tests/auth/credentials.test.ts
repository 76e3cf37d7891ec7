import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../src/auth/session.ts';
import type { Received } from '../http/server.ts';
import { connect, type Replies } from '../operation/connector.ts';

const env = { KEY: 'Key-0123456789', USER: 'ada', PASSWORD: 'pä:ss word' };

/** The same question with the good credential, a tampered one and none. */
async function asks(auth: string, replies: Replies = {}, more = '') {
  const { crm, received, signedIn, transport } = await connect(
    `
auth: ${auth}
requestDefaults: { baseUrl: BASE }
operations:
  getUserInfo: { url: /me?a=1, responseMapping: { idPath: body.id }${more} }
`,
    { 'GET /me': { body: { id: 1 } }, ...replies },
    { env },
  );
  const ask = async (state: SessionState): Promise<Received> => {
    const session = state === 'good' ? crm.session : crm.session.as(state);
    await crm.through(session).getUserInfo();
    const last = received.at(-1);
    if (!last) throw new Error('nothing was sent');
    return last;
  };
  return {
    good: await ask('good'),
    tampered: await ask('tampered'),
    absent: await ask('absent'),
    received,
    signedIn,
    evidence: JSON.stringify(transport.exchanges),
  };
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const token = {
  'POST /token': { body: { access_token: 'Access-0123456789', refresh_token: 'Refresh-0123456789' } },
};
const client = 'tokenUrl: BASE/token, clientId: "{{ secrets.USER }}", clientSecret: "{{ secrets.KEY }}"';

/** Where the credential stands in a request, and what stands there. */
const kinds: [
  name: string,
  auth: string,
  replies: Replies,
  at: (request: Received) => unknown,
  value: string,
][] = [
  [
    'an API key in Authorization, as App Connect sends it',
    '{ type: apiKey, credentialTemplate: "{{ secrets.KEY }}:" }',
    {},
    ({ headers }) => headers.authorization,
    `Basic ${base64('Key-0123456789:')}`,
  ],
  [
    'an API key in a header of its own',
    '{ type: apiKey, headerName: X-Api-Key, credentialTemplate: "{{ secrets.KEY }}" }',
    {},
    ({ headers }) => headers['x-api-key'],
    'Key-0123456789',
  ],
  [
    'an API key under a scheme of its own',
    '{ type: apiKey, scheme: Token token=, encode: none, credentialTemplate: "{{ secrets.KEY }}" }',
    {},
    ({ headers }) => headers.authorization,
    'Token token= Key-0123456789',
  ],
  [
    'an API key in base64 in a header of its own',
    '{ type: apiKey, headerName: X-Key, encode: base64, credentialTemplate: "{{ secrets.KEY }}" }',
    {},
    ({ headers }) => headers['x-key'],
    base64('Key-0123456789'),
  ],
  [
    'an API key in the query',
    '{ type: apiKey, queryName: "api key", credentialTemplate: "{{ secrets.PASSWORD }}" }',
    {},
    ({ target }) => target,
    '/me?a=1&api%20key=p%C3%A4%3Ass%20word',
  ],
  [
    'HTTP Basic in UTF-8',
    '{ type: basic, username: "{{ secrets.USER }}", password: "{{ secrets.PASSWORD }}" }',
    {},
    ({ headers }) => headers.authorization,
    `Basic ${base64('ada:pä:ss word')}`,
  ],
  [
    'a bearer token',
    '{ type: bearer, token: "{{ secrets.KEY }}" }',
    {},
    ({ headers }) => headers.authorization,
    'Bearer Key-0123456789',
  ],
  [
    'several headers',
    '{ type: headers, headers: { X-App: "{{ secrets.USER }}", X-Session: "{{ secrets.KEY }}" } }',
    {},
    ({ headers }) => `${headers['x-app']} ${headers['x-session']}`,
    'ada Key-0123456789',
  ],
  [
    'a session by a header',
    '{ type: login, steps: [{ method: POST, url: /login, captures: { id: body.session } }], headers: { X-Session: "s={{ auth.id }}" } }',
    { 'POST /login': { body: { session: 'Session-0123456789' } } },
    ({ headers }) => headers['x-session'],
    's=Session-0123456789',
  ],
  [
    'a session by a cookie',
    '{ type: login, steps: [{ method: POST, url: /login, captures: { id: { path: \'headers."set-cookie"\', regex: "SID=([^;]+)" } } }], headers: { Cookie: "SID={{ auth.id }}" } }',
    { 'POST /login': { headers: { 'Set-Cookie': 'SID=Session-0123456789; Path=/; HttpOnly' } } },
    ({ headers }) => headers.cookie,
    'SID=Session-0123456789',
  ],
  [
    'a session by the query, of a number',
    '{ type: login, steps: [{ method: POST, url: /login, captures: { id: body.session } }], query: { sid: "{{ auth.id }}" } }',
    { 'POST /login': { body: { session: 1234567890 } } },
    ({ target }) => target,
    '/me?a=1&sid=1234567890',
  ],
  [
    'client credentials',
    `{ type: oauth, grant: client_credentials, ${client} }`,
    token,
    ({ headers }) => headers.authorization,
    'Bearer Access-0123456789',
  ],
  [
    'an access token that was handed in',
    `{ type: oauth, authUrl: BASE/authorize, scheme: OAuth, accessToken: "{{ secrets.KEY }}", ${client} }`,
    {},
    ({ headers }) => headers.authorization,
    'OAuth Key-0123456789',
  ],
];

describe.each(kinds)('%s', (_, auth, replies, at, value) => {
  it('goes out as it should; tampered it is another; and none is none', async () => {
    const { good, tampered, absent, evidence } = await asks(auth, replies);
    expect(at(good)).toBe(value);
    expect(at(tampered)).not.toBe(value);
    expect(String(at(tampered))).toHaveLength(value.length);
    const none = at(absent);
    expect(none === undefined || none === '/me?a=1' || none === 'undefined undefined').toBe(true);
    for (const secret of [
      'Key-0123456789',
      'Session-0123456789',
      'Access-0123456789',
      'ss word',
      '1234567890',
    ])
      expect(evidence).not.toContain(secret);
  });
});

describe('a credential that stands in the operations', () => {
  it('is tampered with and left out there', async () => {
    const { good, tampered, absent } = await asks(
      '{ type: none }',
      {},
      ', query: { key: "{{ secrets.KEY }}" }',
    );
    expect(good.target).toBe('/me?a=1&key=Key-0123456789');
    expect(tampered.target).not.toBe(good.target);
    expect(absent.target).toBe('/me?a=1&key=');
  });
});

describe('HTTP Basic whose user name is the key', () => {
  it('is tampered with where the secret is, not only in a password that nobody looks at', async () => {
    const { good, tampered } = await asks('{ type: basic, username: "{{ secrets.KEY }}", password: X }');
    const user = ({ headers }: Received) =>
      Buffer.from(headers.authorization?.slice(6) ?? '', 'base64')
        .toString()
        .split(':')[0];
    expect(user(good)).toBe('Key-0123456789');
    expect(user(tampered)).not.toBe('Key-0123456789');
  });

  it('leaves a name that is no secret alone, so that nobody else is asked for', async () => {
    const { tampered } = await asks('{ type: basic, username: ada, password: "{{ secrets.PASSWORD }}" }');
    const [name, password] = Buffer.from(tampered.headers.authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(/:(.*)/s);
    expect(name).toBe('ada');
    expect(password).not.toBe('pä:ss word');
  });
});

describe('the credential of one request', () => {
  const profile = `
auth: { type: oauth, grant: client_credentials, ${client} }
credentials:
  key: { type: apiKey, headerName: X-Key, credentialTemplate: "{{ secrets.KEY }}" }
  session:
    type: login
    steps: [{ method: POST, url: /login, auth: key, captures: { id: body.session } }]
    headers: { X-Session: "{{ auth.id }}" }
requestDefaults: { baseUrl: BASE }
operations:
  getUserInfo: { url: /me, auth: WHICH }
`;
  const replies = { ...token, 'POST /login': { body: { session: 'Session-0123456789' } }, 'GET /me': {} };

  it.each([
    ['none', {}],
    ['client', { authorization: `Basic ${base64('ada:Key-0123456789')}` }],
    ['key', { 'x-key': 'Key-0123456789' }],
    ['session', { 'x-session': 'Session-0123456789' }],
  ])('is %s where it says so', async (which, expected) => {
    const { crm, received } = await connect(profile.replace('WHICH', which), replies, { env });
    await crm.getUserInfo();
    const { authorization, 'x-key': key, 'x-session': session } = received.at(-1)?.headers ?? {};
    const sent = { authorization, 'x-key': key, 'x-session': session };
    expect(JSON.parse(JSON.stringify(sent))).toEqual(expected);
  });

  it('is tampered with as well, but for the client itself', async () => {
    const { crm, received } = await connect(profile.replace('WHICH', 'session'), replies, { env });
    await crm.through(crm.session.as('tampered')).getUserInfo();
    expect(received.at(-1)?.headers['x-session']).toHaveLength('Session-0123456789'.length);
    expect(received.at(-1)?.headers['x-session']).not.toBe('Session-0123456789');
    await crm.through(crm.session.as('absent')).getUserInfo();
    expect(received.at(-1)?.headers['x-session']).toBeUndefined();
  });

  it('signs the step of a login that names it', async () => {
    const { sent } = await connect(profile.replace('WHICH', 'none'), replies, { env });
    expect(sent('POST /login')[0]?.headers['x-key']).toBe('Key-0123456789');
  });
});

describe('a further credential', () => {
  it('is renewed before it expires, as the main one is, also while a token is watched as it dies', async () => {
    let given = 0;
    const { crm, sent } = await connect(
      `
auth: { type: bearer, token: "{{ secrets.KEY }}" }
credentials:
  billing: { type: oauth, grant: client_credentials, ${client} }
requestDefaults: { baseUrl: BASE }
operations:
  getUserInfo: { url: /me, auth: billing }
`,
      {
        'POST /token': () => {
          given += 1;
          return { body: { access_token: `Access-${given}`, expires_in: given === 1 ? 1 : 600 } };
        },
        'GET /me': {},
      },
      { env },
    );
    await crm.getUserInfo();
    // Three quarters of its life.
    await new Promise((resolve) => setTimeout(resolve, 800));
    await crm.getUserInfo();
    await crm.through(crm.session.pinned()).getUserInfo();
    expect(sent('GET /me').map(({ headers }) => headers.authorization)).toEqual([
      'Bearer Access-1',
      'Bearer Access-2',
      'Bearer Access-2',
    ]);
    expect(given).toBe(2);
  });
});

describe('a login', () => {
  it('is refused with what the CRM said, before anything else is asked', async () => {
    const { signedIn, received } = await connect(
      `
auth:
  type: login
  steps: [{ method: POST, url: /login, body: { password: "{{ secrets.PASSWORD }}" }, captures: { id: body.id } }, { url: /second }]
  headers: { X: "{{ auth.id }}" }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: /me } }
`,
      { 'POST /login': { status: 401, body: { message: 'bad pä:ss word' } } },
      { env },
    );
    expect(signedIn).toMatchObject({
      session: null,
      failure: {
        requirement: 'auth.accepted',
        kind: 'refused',
        reason: 'the login was refused: HTTP 401 bad ‹redacted›',
      },
    });
    expect(received).toHaveLength(1);
  });

  it.each([
    [false, '`false`'],
    ['', 'an empty text'],
    [{ id: 'Session-0123456789', kind: 'x' }, 'a record'],
    [['Session-0123456789'], 'a list'],
  ])('that answers %j for the session has failed, and shows nothing of it', async (session, there) => {
    const { signedIn, received, transport } = await connect(
      `
auth:
  type: login
  steps: [{ method: POST, url: /login, captures: { session: body.session } }]
  headers: { X: "{{ auth.session }}" }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: /me } }
`,
      { 'POST /login': { body: { session } } },
      { env },
    );
    expect(signedIn).toMatchObject({
      session: null,
      failure: {
        requirement: 'auth.accepted',
        kind: 'refused',
        reason: `the login gave no \`session\`: the answer has ${there} there`,
      },
    });
    expect(received).toHaveLength(1);
    expect(JSON.stringify(transport.exchanges)).not.toContain('Session-0123456789');
  });

  it('may capture a record of which a later step reads a part', async () => {
    const { crm, received } = await connect(
      `
auth:
  type: login
  steps:
    - { url: /challenge, captures: { ask: body } }
    - { method: POST, url: /login, body: { answer: "{{ captures.ask.token }}" }, captures: { id: body.id } }
  headers: { X: "{{ auth.id }}" }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: /me } }
`,
      { 'GET /challenge': { body: { token: 'T-1' } }, 'POST /login': { body: { id: 'Session-0123456789' } } },
      { env },
    );
    await crm.getUserInfo();
    expect(received[1]?.body).toBe('{"answer":"T-1"}');
    expect(received[2]?.headers.x).toBe('Session-0123456789');
  });

  it('may leave a step out', async () => {
    const { received, crm } = await connect(
      `
vars: { tenant: "" }
auth:
  type: login
  steps:
    - { url: /tenants, when: "{{ vars.tenant == '' }}", captures: { tenant: body.tenant } }
    - { method: POST, url: "/{{ captures.tenant | default: vars.tenant }}/login", captures: { id: body.id } }
  discovers: [tenant]
  headers: { X: "{{ auth.id }}" }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: "/{{ auth.tenant | default: vars.tenant }}/me" } }
`,
      { 'POST /t9/login': { body: { id: 'Session-0123456789' } } },
      { env, vars: { tenant: 't9' } },
    );
    await crm.getUserInfo();
    expect(received.map(({ target }) => target)).toEqual(['/t9/login', '/t9/me']);
  });
});
