import { describe, expect, it } from 'vitest';
import { says } from '../../src/auth/oauth/deviations.ts';
import { connect, type Replies, type Reply } from '../operation/connector.ts';

const env = { ID: 'client 1', SECRET: 's:cret/+é', REFRESH: 'Refresh-0123456789', PASSWORD: 'pass word' };
const good = { access_token: 'Access-0123456789', token_type: 'Bearer', expires_in: 3600 };
const basic = `Basic ${Buffer.from('client 1:s:cret/+é', 'utf8').toString('base64')}`;

async function signIn(auth: string, reply: Reply = { body: good }, more: Replies = {}) {
  return connect(
    `
auth: { type: oauth, tokenUrl: "BASE/token?tenant=1", clientId: "{{ secrets.ID }}", clientSecret: "{{ secrets.SECRET }}", ${auth} }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: /me, responseMapping: { idPath: body.id } } }
`,
    { 'POST /token': reply, 'GET /me': { body: { id: 1 } }, ...more },
    { env },
  );
}
const form = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe('a token request', () => {
  it.each([
    ['client_credentials', 'scope: "a b"', { grant_type: 'client_credentials', scope: 'a b' }],
    [
      'password',
      'username: ada, password: "{{ secrets.PASSWORD }}"',
      { grant_type: 'password', username: 'ada', password: 'pass word' },
    ],
    [
      'refresh_token',
      'refreshToken: "{{ secrets.REFRESH }}"',
      { grant_type: 'refresh_token', refresh_token: 'Refresh-0123456789' },
    ],
  ])(
    'of the grant %s is a form, and the client goes by HTTP Basic as it is',
    async (grant, more, expected) => {
      const { received } = await signIn(`grant: ${grant}, ${more}, tokenParams: { audience: crm }`);
      expect(received).toHaveLength(1);
      expect(received[0]?.target).toBe('/token?tenant=1');
      expect(received[0]?.headers).toMatchObject({
        authorization: basic,
        'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
      });
      expect(form(received[0]?.body)).toEqual({ ...expected, audience: 'crm' });
    },
  );

  it('has the client in the body where that is asked for', async () => {
    const { received } = await signIn('grant: client_credentials, clientAuth: body');
    expect(received[0]?.headers.authorization).toBeUndefined();
    expect(form(received[0]?.body)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client 1',
      client_secret: 's:cret/+é',
    });
  });

  it('has everything in the query where that is asked for, and what is no credential in the body too', async () => {
    const { received } = await signIn('grant: client_credentials, clientAuth: query');
    expect(form(received[0]?.target.split('?')[1])).toEqual({
      tenant: '1',
      grant_type: 'client_credentials',
      client_id: 'client 1',
      client_secret: 's:cret/+é',
    });
    expect(received[0]?.headers.authorization).toBeUndefined();
    expect(form(received[0]?.body)).toEqual({ grant_type: 'client_credentials' });
  });

  it('names a client without a secret in the body', async () => {
    const { received } = await connect(
      `
auth: { type: oauth, grant: client_credentials, tokenUrl: BASE/token, clientId: public-1 }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: /me } }
`,
      { 'POST /token': { body: good } },
    );
    expect(received[0]?.headers.authorization).toBeUndefined();
    expect(form(received[0]?.body)).toEqual({ grant_type: 'client_credentials', client_id: 'public-1' });
  });

  it('shows no secret in the evidence', async () => {
    for (const clientAuth of ['basic', 'body', 'query']) {
      const { transport } = await signIn(
        `grant: refresh_token, refreshToken: "{{ secrets.REFRESH }}", clientAuth: ${clientAuth}`,
      );
      const evidence = JSON.stringify(transport.exchanges);
      for (const secret of ['Refresh-0123', 'Access-0123', 's:cret', 's%3Acret', basic]) {
        expect(evidence).not.toContain(secret);
      }
    }
  });
});

describe('a token answer that a strict client refuses', () => {
  const text = JSON.stringify(good);
  const json = { 'content-type': 'application/json' };
  const { access_token, ...rest } = good;

  it.each<[string, Reply, string[]]>([
    ['nothing odd', { body: good }, []],
    [
      'a wrong content type',
      { body: text, headers: { 'content-type': 'text/html' } },
      ['the content type is text/html'],
    ],
    ['no content type', { body: text }, ['the content type is missing']],
    ['201', { status: 201, body: good }, ['the status is 201, not 200']],
    ['203', { status: 203, body: good }, ['the status is 203, not 200']],
    ['302', { status: 302, body: good, headers: { location: '/' } }, ['the status is 302, not 200']],
    ['expires_in as text', { body: { ...good, expires_in: '3600' } }, ['expires_in is a text, not a number']],
    ['expires_in as words', { body: { ...good, expires_in: 'one hour' } }, ['expires_in is "one hour"']],
    ['expires_in as a record', { body: { ...good, expires_in: {} } }, ['expires_in is a record']],
    ['expires_in of 0.001', { body: { ...good, expires_in: 0.001 } }, ['expires_in is 0.001 s']],
    ['expires_in of -1', { body: { ...good, expires_in: -1 } }, ['expires_in is -1 s']],
    [
      'expires_in of 1e309',
      { body: text.replace('3600', '1e309'), headers: json },
      ['expires_in is Infinity s'],
    ],
    ['no token_type', { body: { access_token } }, ['token_type is missing']],
    ['another token_type', { body: { ...good, token_type: 'OAuth2' } }, ['token_type is OAuth2']],
    ['token_type null', { body: { ...good, token_type: null } }, ['token_type is missing']],
    ['token_type 1', { body: { ...good, token_type: 1 } }, ['token_type is a number, not a text']],
    [
      'a byte order mark',
      { body: `\uFEFF${text}`, headers: json },
      ['a byte order mark stands before the JSON'],
    ],
    ['JSON in JSON', { body: JSON.stringify(text), headers: json }, ['the JSON is wrapped in a JSON text']],
    ['a list', { body: [good] }, ['the answer is a list with the token in it']],
    ['nesting', { body: { ok: true, data: good } }, ['the token is nested under "data"']],
    ['nesting twice', { body: { result: { token: good } } }, ['the token is nested under "result.token"']],
    [
      'camel case',
      { body: { accessToken: access_token, tokenType: 'bearer', expiresIn: 60 } },
      ['the fields are named accessToken, tokenType, expiresIn'],
    ],
    [
      'a form',
      {
        body: new URLSearchParams({ access_token, token_type: 'bearer', expires_in: '3600' }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      ['the answer is form-encoded, not JSON', 'expires_in is a text, not a number'],
    ],
    ['an empty error beside the token', { body: { ...good, error: '' } }, []],
    ['refresh_token null', { body: { ...good, refresh_token: null } }, ['refresh_token is null']],
    ['an error that is false', { body: { ...good, error: false } }, []],
    [
      'an error_description beside the token',
      { body: { ...good, error_description: 'none' } },
      ['there is an error beside the token'],
    ],
    ['refresh_token 7', { body: { ...good, refresh_token: 7 } }, ['refresh_token is a number, not a text']],
    ['scope as a list', { body: { ...good, scope: ['a', 'b'] } }, ['scope is a list, not a text']],
    ["somebody else's id_token", { body: { ...good, id_token: 'not.a.jwt' } }, []],
    [
      'six faults at once',
      {
        status: 201,
        body: `\uFEFF${JSON.stringify({ data: { ...rest, access_token, expires_in: '60', token_type: 'Token', scope: [] } })}`,
        headers: { 'content-type': 'text/plain' },
      },
      [
        'a byte order mark stands before the JSON',
        'the token is nested under "data"',
        'the status is 201, not 200',
        'the content type is text/plain',
        'token_type is Token',
        'expires_in is a text, not a number',
        'scope is a list, not a text',
      ],
    ],
  ])('still gives the token, and each deviation is noted: %s', async (_, reply, expected) => {
    const { crm, received, signedIn } = await signIn('grant: client_credentials', reply);
    await crm.getUserInfo();
    expect(received.at(-1)?.headers.authorization).toBe('Bearer Access-0123456789');
    const { token } = signedIn;
    expect(token?.kind === 'answered' && token.deviations.map(says)).toEqual(expected);
    // What was mended leaves a strict library nothing to say.
    expect(token).toMatchObject({ strict: null });
  });

  it.each<[string, Reply, string]>([
    ['a list of two', { body: [good, good] }, 'HTTP 200 no access_token'],
    [
      'a page',
      { body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } },
      'HTTP 200 no access_token',
    ],
    ['nothing', { status: 204 }, 'HTTP 204 no access_token'],
    ['a redirect', { status: 302, headers: { location: '/login' } }, 'HTTP 302 no access_token'],
    ['404', { status: 404, body: 'Not Found' }, 'HTTP 404 no access_token'],
    ['a token that is a number', { body: { ...good, access_token: 12 } }, 'HTTP 200 no access_token'],
    ['an empty token', { body: { ...good, access_token: '' } }, 'HTTP 200 no access_token'],
    [
      '200 with an error',
      { body: { ...good, error: 'invalid_client', error_description: 'unknown client' } },
      'HTTP 200 invalid_client "unknown client"',
    ],
    [
      '401 with a challenge',
      { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } },
      'HTTP 401 no access_token',
    ],
    ['400', { status: 400, body: { error: 'invalid_grant' } }, 'HTTP 400 invalid_grant'],
  ])('gives none, and says so: %s', async (_, reply, reason) => {
    const { signedIn } = await signIn('grant: client_credentials', reply);
    expect(signedIn).toMatchObject({
      session: null,
      failure: {
        requirement: 'auth.accepted',
        kind: 'refused',
        reason: `the token request was refused: ${reason}`,
      },
    });
  });

  it.each([500, 503, 429])('is trouble, and no refusal, with %s', async (status) => {
    const { signedIn } = await signIn('grant: client_credentials', {
      status,
      headers: { 'retry-after': '0' },
    });
    expect(signedIn).toMatchObject({ session: null, failure: { kind: 'trouble' } });
  });

  it.each([
    [0, (skew: number) => Math.abs(skew) <= 1],
    [600, (skew: number) => Math.abs(skew - 600) <= 1],
    [-7200, (skew: number) => Math.abs(skew + 7200) <= 1],
  ])('tells how far the clocks are apart: %i s', async (seconds, isIt) => {
    const date = new Date(Date.now() + seconds * 1000).toUTCString();
    const { token } = (await signIn('grant: client_credentials', { body: good, headers: { date } })).signedIn;
    expect(token?.kind === 'answered' && isIt(token.clockSkew ?? Number.NaN)).toBe(true);
  });
});

describe('what the token response tells of the tenant', () => {
  const profile = (discovers: string) => `
auth: { type: oauth, grant: refresh_token, tokenUrl: BASE/token, clientId: "{{ secrets.ID }}", clientSecret: "{{ secrets.SECRET }}", refreshToken: "{{ secrets.REFRESH }}", discovers: [${discovers}] }
requestDefaults: { baseUrl: https://api.example.com }
operations: { getUserInfo: { url: "{{ auth.api_domain | raw }}/me?c={{ auth.company }}", responseMapping: { idPath: body.id } } }
`;

  it('is read by templates, and kept where a refresh does not tell it again', async () => {
    let count = 0;
    const { crm, sent } = await connect(
      profile('api_domain, company'),
      {
        'POST /token': ({ headers }) => {
          count += 1;
          const told = count === 1 && { api_domain: `http://${headers.host}`, company: 17, expires_in: 1 };
          return { body: { ...good, ...told } };
        },
        'GET /me': { body: { id: 1 } },
      },
      { env },
    );
    await crm.getUserInfo();
    await new Promise((resolve) => setTimeout(resolve, 800));
    await crm.getUserInfo();
    expect(count).toBe(2);
    expect(sent('GET /me').map(({ target }) => target)).toEqual(['/me?c=17', '/me?c=17']);
  });

  it('must be named: a field that is not listed is no variable', async () => {
    await expect(connect(profile('company'), {}, { env })).rejects.toThrow('no `auth.api_domain`');
  });
});

describe('a refresh token', () => {
  it('is replaced by the one that the answer brings, and kept where it brings none', async () => {
    const refreshed = async (reply: Reply) =>
      (await signIn('grant: refresh_token, refreshToken: "{{ secrets.REFRESH }}"', reply)).crm.session.tokens;
    expect(await refreshed({ body: { ...good, refresh_token: 'Refresh-2' } })).toMatchObject({
      refreshToken: 'Refresh-2',
    });
    expect(await refreshed({ body: good })).toMatchObject({
      refreshToken: 'Refresh-0123456789',
      expiresIn: 3600,
    });
  });

  it('renews a token before it expires, once for everybody who waits for it', async () => {
    let count = 0;
    const { crm, sent } = await signIn(
      'grant: refresh_token, refreshToken: "{{ secrets.REFRESH }}"',
      {},
      {
        'POST /token': () => {
          count += 1;
          return {
            body: {
              access_token: `Access-${count}`,
              refresh_token: `Refresh-${count}`,
              expires_in: count === 1 ? 1 : 600,
            },
          };
        },
      },
    );
    // Three quarters of its life.
    await new Promise((resolve) => setTimeout(resolve, 800));
    await Promise.all([crm.getUserInfo(), crm.getUserInfo(), crm.getUserInfo()]);
    expect(sent('POST /token').map(({ body }) => form(body).refresh_token)).toEqual([
      'Refresh-0123456789',
      'Refresh-1',
    ]);
    expect(sent('GET /me').map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill('Bearer Access-2'),
    );
  });

  it('renews one that would not outlive what is planned with it, once', async () => {
    let count = 0;
    const { signedIn, sent } = await signIn(
      'grant: refresh_token, refreshToken: "{{ secrets.REFRESH }}"',
      {},
      {
        'POST /token': () => {
          count += 1;
          return { body: { access_token: `Access-${count}`, refresh_token: 'Refresh', expires_in: 60 } };
        },
      },
    );
    expect((await signedIn.session?.fresh({ leftMs: 30_000 }))?.tokens?.accessToken).toBe('Access-1');
    expect((await signedIn.session?.fresh({ leftMs: 90_000 }))?.tokens?.accessToken).toBe('Access-2');
    expect(sent('POST /token')).toHaveLength(2);
  });
});
