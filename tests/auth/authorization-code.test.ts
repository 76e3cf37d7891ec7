import { describe, expect, it } from 'vitest';
import { authorizationUrl, authorize } from '../../src/auth/oauth/authorize.ts';
import { oauthClient } from '../../src/auth/oauth/client.ts';
import { exchangeVariants, obtainGrant, silentAuthorizer } from '../../src/auth/oauth/grants.ts';
import { signIn } from '../../src/auth/sign-in.ts';
import { parseProfile } from '../../src/profile/load.ts';
import { type Change, startAuthorizationServer } from './authorization-server.ts';

const redirect =
  (location: string, status = 302): Change =>
  (step, _request, response) => {
    if (step !== '/authorize') return undefined;
    response.writeHead(status, { location }).end();
    return true;
  };

describe('the authorization request', () => {
  it('is that of the App Connect client', async () => {
    const { client } = await startAuthorizationServer();
    expect(authorizationUrl(client).split('?')[1]).toBe(
      'response_type=code&client_id=client%201&scope=calls%20contacts&state=platform%3Dacme&redirect_uri=https%3A%2F%2Fapps.example.com%2Fredirect.html',
    );
  });

  it.each([
    ['', null],
    ['scope=a+b&access_type=offline&prompt=consent', 'scope=a+b&access_type=offline&prompt=consent'],
    ['&audience=x', 'audience=x'],
  ])('takes the scope as it is configured: %s', async (scope, expected) => {
    const { client } = await startAuthorizationServer();
    const url = authorizationUrl({ ...client, scope });
    expect(url.includes(expected ?? 'scope=')).toBe(expected !== null);
    expect(url).not.toMatch(/&&|\?&/);
  });

  it('adds to a query that the URL has already, and takes state and redirect URI of the profile', async () => {
    const profile = await parseProfile(
      `crmReady: 1
meta: { name: acme }
vars: { port: 9 }
auth: { type: oauth, authUrl: "https://a.example.com/auth?p=1", tokenUrl: https://a.example.com/t, clientId: id, customState: other, redirectUri: "http://127.0.0.1:{{ vars.port }}/cb" }
requestDefaults: { baseUrl: https://a.example.com }
operations: { getUserInfo: { url: /me } }
`,
      'test.yaml',
      { env: {} },
    );
    if (profile.auth.type !== 'oauth') throw new Error('not OAuth');
    expect(authorizationUrl(oauthClient(profile, profile.auth))).toBe(
      'https://a.example.com/auth?p=1&response_type=code&client_id=id&state=platform%3Dother&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcb',
    );
  });

  it('follows redirects with the cookies of each host and path, up to the redirect URI', async () => {
    const { transport, client, received, url } = await startAuthorizationServer();
    const outcome = await authorize(transport, client);
    expect(outcome).toEqual({
      kind: 'code',
      code: 'Code-1-0123456789',
      state: 'platform=acme',
      issuer: url,
      redirectedTo: 'https://apps.example.com/redirect.html',
      exchange: 4,
      hops: 4,
    });
    expect(
      received.map(({ headers, target }) => [
        target.split('?')[0],
        headers.host?.split(':')[0],
        headers.cookie,
      ]),
    ).toEqual([
      ['/authorize', '127.0.0.1', undefined],
      ['/login', 'localhost', undefined],
      ['/session', 'localhost', 'person=ada'],
      ['/consent', '127.0.0.1', expect.stringMatching(/^(flow=1; lang=en|lang=en; flow=1)$/)],
    ]);
  });

  it('shows neither the code nor a cookie in the evidence', async () => {
    const { transport, client } = await startAuthorizationServer();
    await authorize(transport, client);
    const evidence = JSON.stringify(transport.exchanges);
    expect(evidence).not.toContain('Code-1');
    expect(evidence).not.toContain('person=ada');
  });

  it.each<[string, Change, object]>([
    [
      'a page for a person',
      (step, _, response) => {
        if (step !== '/session') return undefined;
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<form>Log in</form>');
        return true;
      },
      { kind: 'page', status: 200, url: expect.stringContaining('/session') },
    ],
    [
      'a refusal on the redirect URI',
      redirect(
        'https://apps.example.com/redirect.html?error=access_denied&error_description=No%20way&state=platform%3Dacme',
      ),
      {
        kind: 'denied',
        error: 'access_denied',
        description: 'No way',
        state: 'platform=acme',
      },
    ],
    [
      'a callback with neither code nor error',
      redirect('https://apps.example.com/redirect.html#code=x'),
      { kind: 'denied', error: 'neither code nor error in the callback' },
    ],
    [
      'a code beside an error that is empty',
      redirect('https://apps.example.com/redirect.html?code=Code-1&state=s&error=&error_description='),
      { kind: 'code', code: 'Code-1', state: 's' },
    ],
    [
      'an empty error without a code',
      redirect('https://apps.example.com/redirect.html?error=&error_description=Not%20today'),
      { kind: 'denied', error: 'neither code nor error in the callback', description: 'Not today' },
    ],
    [
      'an error page',
      (step, _, response) => {
        if (step !== '/authorize') return undefined;
        response
          .writeHead(400, { 'content-type': 'text/html' })
          .end('<style>x{}</style><h1>invalid_request</h1><p>redirect_uri mismatch');
        return true;
      },
      { kind: 'refused', status: 400, message: 'invalid_request redirect_uri mismatch' },
    ],
    [
      'JSON in place of a page',
      (step, _, response) => {
        if (step !== '/authorize') return undefined;
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"error":"use a browser"}');
        return true;
      },
      { kind: 'refused', status: 200 },
    ],
    ['a redirect without end', redirect('/authorize'), { kind: 'trouble', code: 'too-many-redirects' }],
    ['a redirect to nonsense', redirect('http://'), { kind: 'refused', status: 302 }],
    [
      'a server error',
      (step, _, response) => {
        if (step !== '/authorize') return undefined;
        response.writeHead(500).end();
        return true;
      },
      { kind: 'trouble', code: 'status' },
    ],
  ])('tells %s', async (_, change, expected) => {
    const { transport, client } = await startAuthorizationServer(change);
    expect(await authorize(transport, client)).toMatchObject(expected);
  });

  it('takes only the very redirect URI for the end: its origin and its path', async () => {
    const { transport, client, received } = await startAuthorizationServer((step, _request, response) => {
      if (step !== '/authorize') return undefined;
      response.writeHead(302, { location: '/redirect.html?code=decoy' }).end();
      return true;
    });
    expect(await authorize(transport, client)).toMatchObject({ kind: 'refused', status: 404 });
    expect(received.map(({ target }) => target)).toContain('/redirect.html?code=decoy');
  });
});

describe('the exchange of a code', () => {
  it.each(exchangeVariants)('works in the variant %j', async (variant) => {
    const { transport, client, received } = await startAuthorizationServer();
    const { token } = await obtainGrant(transport, client, silentAuthorizer(transport, client), variant);
    expect(token).toMatchObject({
      kind: 'answered',
      tokens: { accessToken: 'Access-0123456789' },
    });
    const request = received.at(-1);
    const parameters = new URLSearchParams(
      variant.clientAuth === 'query' ? request?.target.split('?')[1] : request?.body,
    );
    expect(parameters.get('grant_type')).toBe('authorization_code');
    expect(parameters.get('redirect_uri')).toBe(client.redirectUri);
    expect(parameters.get('client_secret')).toBe(variant.clientAuth === 'basic' ? null : client.clientSecret);
    expect(parameters.has('code_verifier')).toBe(variant.pkce);
  });

  it('is refused with a wrong secret in place of the right one', async () => {
    const { transport, client, received } = await startAuthorizationServer();
    const authorizer = silentAuthorizer(transport, client);
    await obtainGrant(
      transport,
      client,
      authorizer,
      { clientAuth: 'basic', pkce: false },
      { clientSecret: 'wrong-1' },
    );
    const sent = Buffer.from(received.at(-1)?.headers.authorization?.slice(6) ?? '', 'base64').toString();
    expect(sent).toBe('client 1:wrong-1');
  });

  it('tries the next way, with a code of its own, when the first is refused', async () => {
    const { transport, client, url } = await startAuthorizationServer((step, request, response) => {
      // A server that insists on PKCE.
      if (step !== '/token' || request.body.includes('code_verifier')) return undefined;
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":"invalid_grant","error_description":"PKCE is required"}');
      return true;
    });
    const profile = await parseProfile(
      `crmReady: 1
meta: { name: acme }
auth: { type: oauth, authUrl: "${url}/authorize", tokenUrl: "${url}/token", clientId: id, clientSecret: "{{ secrets.SECRET }}" }
secrets: [SECRET]
requestDefaults: { baseUrl: "${url}" }
operations: { getUserInfo: { url: /me } }
`,
      'test.yaml',
      { env: { SECRET: client.clientSecret } },
    );
    const signedIn = await signIn({ profile, transport, runId: 'r1', emptyBody: false }, (own) =>
      silentAuthorizer(transport, own),
    );
    expect(signedIn.failure).toBeNull();
    expect(signedIn.session?.tokens).toMatchObject({ accessToken: 'Access-0123456789' });
    expect(signedIn.grants.map(({ variant }) => [variant.clientAuth, variant.pkce])).toEqual([
      ['basic', false],
      ['body', false],
      ['query', false],
      ['basic', true],
    ]);
  });
});
