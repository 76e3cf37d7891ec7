import { describe, test } from 'vitest';
import { handedInKeeper } from '../../../src/auth/stored/keeper.ts';
import { checkSmallCrm, type SmallCheck } from './check.ts';
import { basicOf, client, type Habits, type SmallCrm } from './small-crm.ts';

const only = ['oauth.refresh'];

describe.concurrent('a client without a secret', () => {
  const auth = `{ type: oauth, authUrl: BASE/oauth/authorize, tokenUrl: BASE/oauth/token, clientId: ${client.id} }`;
  /** Names the client for it, where a request has done so in one of these ways. */
  const knows = (ways: ('body' | 'empty secret')[]): NonNullable<Habits['instead']> => {
    return ({ path, form, headers }) => {
      if (path !== '/oauth/token') return undefined;
      const [id, secret] = basicOf(headers.authorization);
      const way = headers.authorization === undefined ? 'body' : 'empty secret';
      const named = way === 'body' ? form.get('client_id') : secret === '' && id;
      if (named !== client.id || !ways.includes(way))
        return { status: 401, body: { error: 'invalid_client' } };
      form.set('client_id', client.id);
      form.set('client_secret', client.secret);
      return undefined;
    };
  };

  test('is asked to refresh as App Connect does it: by HTTP Basic with an empty secret', async ({
    expect,
  }) => {
    const { checks } = await checkSmallCrm({ auth, only, habits: { instead: knows(['body']) } });
    expect(checks.get('oauth.refresh')).toMatchObject({
      verdict: 'warn',
      adapterCode: true,
      summary: 'refreshes only with client_id in the body, not with HTTP Basic and an empty secret',
    });
  });

  test('passes where the CRM takes that', async ({ expect }) => {
    const { checks } = await checkSmallCrm({
      auth,
      only,
      habits: { instead: knows(['body', 'empty secret']) },
    });
    expect(checks.get('oauth.refresh')?.verdict).toBe('pass');
  });
});

describe.concurrent('a refresh token that was handed in', () => {
  test.for([
    ['by the profile', false],
    ['by the profile, and kept for the next run', true],
  ] as const)('%s is revoked with --revoke-shared only', async ([, keeper], { expect }) => {
    for (const revokeShared of [false, true]) {
      const { habits, ...rest } = handedIn('');
      let revoked = 0;
      const kept = { tokenUrl: '', clientId: client.id, clientAuth: 'basic' as const };
      const { checks } = await checkSmallCrm({
        ...rest,
        only: ['logout'],
        habits: {
          ...habits,
          instead: (asked, crm) => {
            if (asked.path === '/oauth/revoke') revoked += 1;
            return habits?.instead?.(asked, crm);
          },
        },
        options: { revokeShared, ...(keeper && { keeper: handedInKeeper(kept, 'R-handed-in', {}) }) },
      });
      const rows = ['logout.endpoint', 'logout.access-dead', 'logout.refresh-dead'].map((id) =>
        checks.get(id),
      );
      if (revokeShared) {
        expect(rows.map((row) => row?.verdict)).toEqual(['pass', 'pass', 'pass']);
        continue;
      }
      expect(revoked).toBe(0);
      for (const row of rows)
        expect(row).toMatchObject({
          verdict: 'inconclusive',
          summary: 'the credential was handed in: --revoke-shared would revoke it',
        });
    }
  });

  const handedIn = (change: string, habits: Habits = {}): SmallCheck => {
    let crm: SmallCrm | undefined;
    return {
      only,
      env: { RT: 'R-handed-in' },
      auth: `{ type: oauth, grant: refresh_token, authUrl: BASE/oauth/authorize, tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.SECRET }}", refreshToken: "{{ secrets.RT }}"${change} }`,
      habits: {
        ...habits,
        instead: (asked, own) => {
          if (crm === undefined) own.grants.push({ access: new Set(), refresh: new Set(['R-handed-in']) });
          crm = own;
          return habits.instead?.(asked, own);
        },
      },
    };
  };

  test('with the secret in the body says that HTTP Basic was not asked', async ({ expect }) => {
    const { checks } = await checkSmallCrm(handedIn(', clientAuth: body'));
    expect(checks.get('oauth.refresh')).toMatchObject({
      verdict: 'warn',
      summary: 'refreshed with credentials in the body; HTTP Basic was not asked: the token was handed in',
    });
  });

  test('whose reply has no expires_in fails in that way, too', async ({ expect }) => {
    const { checks } = await checkSmallCrm(
      handedIn(', clientAuth: body', {
        token: ({ body: { expires_in, ...body } }) => ({ status: 200, body }),
      }),
    );
    expect(checks.get('oauth.refresh')).toMatchObject({ verdict: 'fail' });
    expect(checks.get('oauth.refresh')?.summary).toContain('no expires_in in the reply');
  });

  test('is not spent twice, and that is said', async ({ expect }) => {
    const { checks, asked } = await checkSmallCrm(handedIn(''));
    expect(checks.get('oauth.refresh')).toMatchObject({
      verdict: 'pass',
      summary: 'a new token that works; a second refresh was not asked, for the token was handed in',
    });
    expect(asked.filter((line) => line === 'POST /oauth/token')).toHaveLength(1);
  });
});
