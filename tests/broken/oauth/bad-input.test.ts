import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/report/types.ts';
import { checkSmallCrm, type SmallCheck } from './check.ts';
import { client, type Habits, type Reply, redirectUri } from './small-crm.ts';

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

describe('where a person must log in', () => {
  const page: Reply = { status: 200, headers: { 'content-type': 'text/html' }, body: '<form></form>' };

  /** A login page for everybody but this person, who presses the button of each page that is shown. */
  function person(counted: { logins: number; atOnce: number; most: number }): SmallCheck {
    return {
      habits: {
        redirect: (_location, { query }) => (query.has('pressed') ? undefined : page),
      },
      options: {
        person: (own) => async (request) => {
          counted.logins += 1;
          counted.atOnce += 1;
          counted.most = Math.max(counted.most, counted.atOnce);
          const { authorizationUrl, callback } = await import('../../../src/auth/oauth/authorize.ts');
          const answer = await fetch(`${authorizationUrl(own, request)}&pressed=1`, { redirect: 'manual' });
          counted.atOnce -= 1;
          return callback(new URL(answer.headers.get('location') ?? ''), 0, 0);
        },
      },
    };
  }

  test('what spends an authorization of its own is not asked for unless that was agreed on', async () => {
    const counted = { logins: 0, atOnce: 0, most: 0 };
    const { checks } = await checkSmallCrm(person(counted));
    expect(counted.logins).toBe(1);
    const open = [...checks.values()].filter(({ verdict }) => verdict === 'inconclusive');
    expect(open.map(({ id }) => id)).toEqual([
      'oauth.refresh',
      'oauth.bad-client-refused',
      'oauth.code-single-use',
      'oauth.pkce',
      'logout.only-this-one',
    ]);
    for (const { summary } of open) expect(summary).toContain('--authorize-again');
    expect(checks.get('logout.refresh-dead')?.verdict).toBe('pass');
  });

  test('a login page for any redirect URI says nothing of what comes after the login', async () => {
    const { habits, ...rest } = person({ logins: 0, atOnce: 0, most: 0 });
    const { checks } = await checkSmallCrm({
      ...rest,
      habits: {
        ...habits,
        instead: ({ path, query }) =>
          path === '/oauth/authorize' && query.get('redirect_uri') !== redirectUri ? page : undefined,
      },
    });
    expect(checks.get('oauth.redirect-uri-checked')).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringContaining('cannot be seen without a person'),
    });
  });

  test('with --authorize-again it is, one login at a time', async () => {
    const counted = { logins: 0, atOnce: 0, most: 0 };
    const { options, ...rest } = person(counted);
    const { checks } = await checkSmallCrm({ ...rest, options: { ...options, authorizeAgain: true } });
    const open = [...checks.values()].filter(({ verdict }) => verdict === 'inconclusive');
    expect(open.map(({ id }) => id)).toEqual([]);
    expect(counted).toEqual({ logins: 7, atOnce: 0, most: 1 });
  });

  test('a code that is refused is not asked for in the other ways without that, and it is said', async () => {
    const counted = { logins: 0, atOnce: 0, most: 0 };
    const { habits, ...rest } = person(counted);
    const inBody = { ...rest, habits: { ...habits, secretInBody: true } };
    const { checks } = await checkSmallCrm(inBody);
    expect(counted.logins).toBe(1);
    expect(checks.get('oauth.code-exchange')?.summary).toContain('--authorize-again');
    const again = await checkSmallCrm({
      ...inBody,
      options: { ...rest.options, authorizeAgain: true },
    });
    expect(again.checks.get('oauth.code-exchange')).toMatchObject({ verdict: 'warn', adapterCode: true });
    expect(again.checks.get('oauth.code-exchange')?.summary).toContain(
      'works only with credentials in the body: a connector with code can send that, proxy mode cannot',
    );
  });
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
