import { describe, test } from 'vitest';
import { checkSmallCrm } from './check.ts';
import { bearer, type Habits, type Reply } from './small-crm.ts';

const page: Reply = { status: 200, headers: { 'content-type': 'text/html' }, body: '<form></form>' };

/** Redirects whoever is not known, and has this at the place to which it leads. */
const redirecting =
  (location: string, there: Reply): NonNullable<Habits['instead']> =>
  (asked, crm) => {
    if (asked.path === '/login') return there;
    return asked.path === '/api/me' && !crm.isAlive(bearer(asked))
      ? { status: 302, headers: { location } }
      : undefined;
  };

describe.concurrent('a wrong credential that is redirected', () => {
  const check = (instead: NonNullable<Habits['instead']>) =>
    checkSmallCrm({ habits: { instead }, only: ['user.validates', 'auth.missing-refused'] });

  test('to a login page is let in by App Connect, which follows it', async ({ expect }) => {
    const { checks } = await check(redirecting('/login', page));
    expect(checks.get('user.validates')).toMatchObject({
      verdict: 'fail',
      summary: 'a wrong credential is answered 302 to a page that answers 200; App Connect follows it',
    });
    expect(checks.get('auth.missing-refused')?.verdict).toBe('pass');
  });

  test('to a page whose address holds a token is followed as the CRM wrote it', async ({ expect }) => {
    const place = `/sso/eyJhbGciOiJub25lIn0.${Buffer.from('{"who":"nobody"}').toString('base64url')}.c2ln/login`;
    const { checks, report } = await check((asked, crm) =>
      asked.path === place ? page : redirecting(place, { status: 404 })(asked, crm),
    );
    expect(checks.get('user.validates')?.verdict).toBe('fail');
    expect(JSON.stringify(report)).not.toContain('eyJhbGciOiJub25lIn0');
  });

  test('to a 401 is refused', async ({ expect }) => {
    const { checks } = await check(redirecting('/login', { status: 401 }));
    expect(checks.get('user.validates')?.verdict).toBe('pass');
  });

  test('to a page that is out of order is not known to be', async ({ expect }) => {
    const { checks } = await check(redirecting('/login', { status: 500 }));
    expect(checks.get('user.validates')).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringContaining('App Connect follows: HTTP 500'),
    });
  });

  test('to a host that the profile does not name is not followed', async ({ expect }) => {
    const { checks, report } = await check(redirecting('http://127.0.0.1:9/login', page));
    expect(checks.get('user.validates')).toMatchObject({
      verdict: 'warn',
      summary: expect.stringContaining('127.0.0.1:9, a host that the profile does not name'),
    });
    expect(JSON.stringify(report.exchanges.map(({ request }) => request.url))).not.toContain(':9/');
  });
});
