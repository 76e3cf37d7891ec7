import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/report/types.ts';
import { checkSmallCrm, type SmallCheck } from './check.ts';
import { client, type Habits, type Reply } from './small-crm.ts';

const auth = (change: string) =>
  `{ type: oauth, authUrl: BASE/oauth/authorize, tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.SECRET }}", ${change} }`;
const denied =
  (error: string, more = ''): NonNullable<Habits['redirect']> =>
  (location): Reply => ({
    status: 302,
    headers: {
      location: `${location.origin}${location.pathname}?error=${error}&state=platform%3Dsmall${more}`,
    },
  });
const slowDown: Reply = { status: 429, headers: { 'retry-after': '600' }, body: 'slow down' };
/** The usual a few times, and this from then on. */
const later = (reply: Reply, after: number): (() => Reply | undefined) => {
  let asked = 0;
  return () => (asked++ < after ? undefined : reply);
};
const atToken = (reply: Reply, after = 0): NonNullable<Habits['instead']> => {
  const next = later(reply, after);
  return ({ path }) => (path === '/oauth/token' ? next() : undefined);
};
const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

/** What goes wrong, the row that says so, its verdict, and words that a person needs. */
const cases: [what: string, how: SmallCheck, row: string, verdict: Verdict, words: RegExp][] = [
  [
    'a wrong client secret',
    { env: { WRONG: 'not-the-Secret-1' }, auth: auth('').replace('secrets.SECRET', 'secrets.WRONG') },
    'oauth.code-exchange',
    'inconclusive',
    /the client is not known .*401 invalid_client.*check the client id and the client secret/,
  ],
  [
    'a wrong client secret, refused in a shape of its own',
    {
      env: { WRONG: 'not-the-Secret-1' },
      auth: auth('').replace('secrets.SECRET', 'secrets.WRONG'),
      habits: { refusal: () => ({ status: 401, body: { errors: [{ message: 'bad client' }] } }) },
    },
    'oauth.code-exchange',
    'inconclusive',
    /the client is not known .*check the client id and the client secret/,
  ],
  [
    'a client that may not do this',
    { habits: { instead: atToken({ status: 400, body: { error: 'unauthorized_client' } }) } },
    'oauth.code-exchange',
    'inconclusive',
    /the client is not known .*400 unauthorized_client.*check the client id and the client secret/,
  ],
  [
    'a token endpoint that is told to wait after the first refusal',
    { habits: { secretInBody: true, instead: atToken(slowDown, 1) } },
    'oauth.code-exchange',
    'inconclusive',
    /^the code is refused \(401 invalid_client\); credentials in the body could not be asked: HTTP 429$/,
  ],
  [
    'a token endpoint that breaks down after the first refusal',
    { habits: { secretInBody: true, instead: atToken({ status: 504, body: 'gateway' }, 1) } },
    'oauth.code-exchange',
    'inconclusive',
    /credentials in the body could not be asked: HTTP 504/,
  ],
  [
    'an authorization endpoint that is told to wait after the first code',
    {
      habits: {
        secretInBody: true,
        refusal: () => ({ status: 400, body: { error: 'invalid_request' } }),
        redirect: later(slowDown, 1),
      },
    },
    'oauth.code-exchange',
    'inconclusive',
    /^the code is refused: 400 invalid_request; the other ways of asking need a code of their own: HTTP 429$/,
  ],
  [
    'a code that is refused in every way',
    { habits: { instead: atToken({ status: 400, body: { error: 'invalid_grant' } }) } },
    'oauth.code-exchange',
    'fail',
    /^the code is refused in every way that was tried: 400 invalid_grant$/,
  ],
  [
    'a wrong client id',
    { auth: auth('').replace(client.id, 'another') },
    'oauth.authorize',
    'fail',
    /refuses the authorization request: HTTP 400 Invalid request/,
  ],
  [
    'a redirect URI that is not registered',
    { auth: auth('redirectUri: "https://apps.example.com/other.html"') },
    'oauth.authorize',
    'fail',
    /refuses the authorization request: HTTP 400/,
  ],
  [
    'an authorization server that nobody can reach',
    { auth: auth('').replace('BASE/oauth/authorize', 'http://127.0.0.1:9/authorize') },
    'oauth.authorize',
    'inconclusive',
    /Nobody answers at 127\.0\.0\.1:9: check host and port/,
  ],
  [
    'a token endpoint that nobody can reach',
    { auth: auth('').replace('BASE/oauth/token', 'http://127.0.0.1:9/token') },
    'oauth.code-exchange',
    'inconclusive',
    /Nobody answers at 127\.0\.0\.1:9: check host and port/,
  ],
  [
    'a person who said no',
    { habits: { redirect: denied('access_denied', '&error_description=Not%20today') } },
    'oauth.authorize',
    'inconclusive',
    /no consent was given: access_denied: Not today/,
  ],
  [
    'a server that is not up to it just now',
    { habits: { redirect: denied('temporarily_unavailable') } },
    'oauth.authorize',
    'inconclusive',
    /temporarily_unavailable/,
  ],
  [
    'a scope that is not known',
    { habits: { redirect: denied('invalid_scope') } },
    'oauth.authorize',
    'fail',
    /redirects with an error: invalid_scope/,
  ],
  [
    "another client's state",
    {
      habits: {
        redirect: (location) => {
          location.searchParams.set('state', 'somebody-else');
          return { status: 302, headers: { location: location.href } };
        },
      },
    },
    'oauth.state',
    'fail',
    /state is changed/,
  ],
  [
    'a login page for a person',
    {
      habits: {
        redirect: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<form></form>' }),
      },
    },
    'oauth.code-exchange',
    'inconclusive',
    /needs a person: run in a terminal, or describe the pages \(auth\.loginPages\)/,
  ],
];

describe.concurrent('said so that somebody can mend it:', () => {
  test.for(cases)('%s', async ([, how, row, verdict, words], { expect }) => {
    const { checks, report } = await checkSmallCrm(how);
    expect(checks.get(row)).toMatchObject({ verdict });
    expect(checks.get(row)?.summary).toMatch(words);
    // Our own trouble makes no other row of the CRM fail.
    const failing = report.checks.filter((check) => check.verdict === 'fail').map(({ id }) => id);
    expect(failing).toEqual(verdict === 'fail' ? [row] : []);
  });
});

describe.concurrent('a clock that is off', () => {
  test.for([
    [-900, /900 s behind|899 s behind|901 s behind/],
    [3600, /3600 s ahead|3599 s ahead|3601 s ahead/],
  ] as const)('by %i s is a caution, and no fault of the token', async ([seconds, words], { expect }) => {
    const { checks, report } = await checkSmallCrm({
      habits: { token: (reply) => ({ ...reply, headers: { date: at(seconds) } }) },
    });
    expect(checks.get('oauth.token-response')?.verdict).toBe('pass');
    expect(checks.get('oauth.token-response')?.cautions.join()).toMatch(words);
    expect(report.features.connect.cautions.join()).toMatch(words);
  });

  test('by a few seconds is none', async ({ expect }) => {
    const { checks } = await checkSmallCrm({
      habits: { token: (reply) => ({ ...reply, headers: { date: at(5) } }) },
    });
    expect(checks.get('oauth.token-response')?.cautions).toEqual([]);
  });
});

test('a page of links that names an error is not taken for a login page either', async () => {
  const body = '<h1>Error: redirect_uri_mismatch</h1><a href="/">Home</a>';
  const { checks } = await checkSmallCrm({
    habits: { redirect: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body }) },
    only: ['oauth.authorize'],
  });
  expect(checks.get('oauth.authorize')).toMatchObject({
    verdict: 'inconclusive',
    summary: expect.stringContaining('HTTP 200 Error: redirect_uri_mismatch'),
  });
});

describe.concurrent('a page whose address names an error', () => {
  const html = { 'content-type': 'text/html' };
  const wrong = '?error=redirect_uri_mismatch&error_description=redirect_uri+must+match';
  test.for([
    [
      'fails, though a script stands on it',
      wrong,
      '<script src="/s.js"></script><h1>OAuth Error</h1>',
      'fail',
    ],
    ['fails, though something can be pressed', wrong, '<form><input name=q></form><h1>Error</h1>', 'fail'],
    ['fails with an error of its own', '?error=OAUTH_APP_BLOCKED', '<script></script>', 'fail'],
    ['is a login page, where that error is not known', '?error=timeout', '<form></form>', 'pass'],
    ['is a login page, where it asks for the login', '?error=login_required', '<script></script>', 'pass'],
    ['is a login page, where the error is empty', '?error=', '<script></script>', 'pass'],
  ] as const)('%s', async ([, query, body, verdict], { expect }) => {
    const { checks } = await checkSmallCrm({
      habits: {
        instead: ({ path }) => (path === '/ui/oauth' ? { status: 200, headers: html, body } : undefined),
        redirect: () => ({ status: 302, headers: { location: `/ui/oauth${query}` } }),
      },
      only: ['oauth.authorize'],
    });
    const row = checks.get('oauth.authorize');
    expect(row?.verdict).toBe(verdict);
    if (query === wrong)
      expect(row?.summary).toContain('HTTP 200 redirect_uri_mismatch: redirect_uri must match');
  });
});

test('a page of links to ways to log in is one', async () => {
  const { checks } = await checkSmallCrm({
    habits: {
      redirect: () => ({
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<h1>Log in</h1><a href="/google">with Google</a>',
      }),
    },
    only: ['oauth.authorize'],
  });
  expect(checks.get('oauth.authorize')?.verdict).toBe('pass');
});

test('a page with nothing on it to log in with is not taken for a login page', async () => {
  const body = '<h1>redirect_uri mismatch</h1>';
  const { checks } = await checkSmallCrm({
    habits: { redirect: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body }) },
  });
  expect(checks.get('oauth.authorize')).toMatchObject({
    verdict: 'inconclusive',
    summary: expect.stringContaining('HTTP 200 redirect_uri mismatch'),
  });
});
