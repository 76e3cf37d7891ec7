import { describe, expect, test } from 'vitest';
import { checkSmallCrm, type SmallCheck } from './check.ts';
import { type Reply, redirectUri } from './small-crm.ts';

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
    expect(checks.get('oauth.code-exchange')).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringContaining('--authorize-again'),
    });
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
