import { describe, test } from 'vitest';
import type { Verdict } from '../../../src/report/types.ts';
import { checkSmallCrm, type SmallCheck } from './check.ts';
import { type Asked, bearer, client, type Habits, type Reply, type SmallCrm } from './small-crm.ts';

interface Form extends SmallCheck {
  /** Endpoint, access, refresh, repeatable, only this one. */
  rows: readonly [Verdict, Verdict, Verdict, Verdict, Verdict];
  /** What the CRM must have been asked. */
  request: string;
}

type Instead = NonNullable<Habits['instead']>;

const done: Reply = { status: 200, body: { ok: true } };
const isDead = (crm: SmallCrm, token: string) =>
  !crm.grants.some(({ access, refresh }) => access.has(token) || refresh.has(token));

/** At one route, in place of the usual 404. */
const at =
  (route: string, answer: Instead): Instead =>
  (asked, crm) =>
    `${asked.method} ${asked.path}`.startsWith(route) ? answer(asked, crm) : undefined;

/** A session in a cookie or a header, in place of a Bearer token. */
const session = ({ headers }: Asked) =>
  /SID=([^;]+)/.exec(headers.cookie ?? '')?.[1] ?? String(headers['x-session'] ?? '');
const sessions =
  (logout: Instead): Instead =>
  (asked, crm) => {
    if (asked.path === '/api/login') {
      const { access_token } = crm.signIn();
      return {
        status: 200,
        headers: { 'set-cookie': `SID=${access_token}; HttpOnly` },
        body: { session: access_token },
      };
    }
    if (asked.path !== '/api/me') return logout(asked, crm);
    return crm.isAlive(session(asked)) ? { status: 200, body: { id: 1, name: 'Rowan' } } : { status: 401 };
  };
const login = (carried: string) =>
  `{ type: login, steps: [{ method: POST, url: /login, body: { user: ada, password: "{{ secrets.SECRET }}" }, captures: { id: body.session } }], headers: ${carried} }`;

/** The ways to log out that are met in the field. */
const forms: Record<string, Form> = {
  'RFC 7009 with HTTP Basic': {
    rows: ['pass', 'pass', 'pass', 'pass', 'pass'],
    request: 'POST /oauth/revoke',
  },
  'GET, which sends on to a login page, as everything does to whom is not logged in': {
    logout: '{ url: "BASE/logout", query: { token: "{{ user.accessToken }}" }, auth: none }',
    habits: {
      instead(asked, crm) {
        const home = { status: 302, headers: { location: '/login' } };
        if (asked.path === '/login')
          return {
            status: 200,
            headers: { 'content-type': 'text/html' },
            body: '<form><input type=password></form>',
          };
        if (asked.path === '/logout') {
          crm.revoke(asked.query.get('token') ?? '');
          return home;
        }
        return asked.path.startsWith('/api/') && !crm.isAlive(bearer(asked)) ? home : undefined;
      },
    },
    rows: ['pass', 'pass', 'pass', 'pass', 'pass'],
    request: 'GET /logout',
  },
  'RFC 7009 with the client in the body': {
    logout: `{ method: POST, url: BASE/oauth/revoke, auth: none, bodyType: form, body: { token: "{{ user.refreshToken }}", client_id: ${client.id}, client_secret: "{{ secrets.SECRET }}" } }`,
    rows: ['pass', 'pass', 'pass', 'pass', 'pass'],
    request: 'POST /oauth/revoke',
  },
  'RFC 7009 with the access token as Bearer: dead, it cannot ask again': {
    logout:
      '{ method: POST, url: BASE/oauth/end, bodyType: form, body: { token: "{{ user.accessToken }}" } }',
    habits: {
      instead: at('POST /oauth/end', (asked, crm) =>
        crm.isAlive(bearer(asked)) ? crm.revoke(asked.form.get('token') ?? '') : { status: 401 },
      ),
    },
    rows: ['pass', 'pass', 'pass', 'not-applicable', 'pass'],
    request: 'POST /oauth/end',
  },
  'DELETE with the refresh token in the path, which leaves the access token alive (HubSpot)': {
    logout: '{ method: DELETE, url: "BASE/oauth/v1/refresh-tokens/{{ user.refreshToken }}", auth: none }',
    habits: {
      instead: at('DELETE /oauth/v1/refresh-tokens/', ({ path }, crm) => {
        const token = path.split('/').at(-1) ?? '';
        if (isDead(crm, token)) return { status: 404, body: { message: 'unknown token' } };
        for (const { refresh } of crm.grants) refresh.delete(token);
        return { status: 204 };
      }),
    },
    rows: ['pass', 'fail', 'pass', 'warn', 'blocked'],
    request: 'DELETE /oauth/v1/refresh-tokens/',
  },
  'GET with the token in the query (ServiceNow)': {
    logout: '{ url: BASE/oauth_revoke_token.do, query: { token: "{{ user.accessToken }}" }, auth: none }',
    habits: {
      instead: at('GET /oauth_revoke_token.do', ({ query }, crm) => crm.revoke(query.get('token') ?? '')),
    },
    rows: ['pass', 'pass', 'pass', 'pass', 'pass'],
    request: 'GET /oauth_revoke_token.do',
  },
  'two calls for two tokens (Pipedrive)': {
    logout: `
    steps:
      - { method: POST, url: BASE/oauth/one, auth: client, bodyType: form, body: { token: "{{ user.refreshToken }}", token_type_hint: refresh_token } }
      - { method: POST, url: BASE/oauth/one, auth: client, bodyType: form, body: { token: "{{ user.accessToken }}", token_type_hint: access_token } }`,
    habits: {
      instead: at('POST /oauth/one', ({ form }, crm) => {
        const token = form.get('token') ?? '';
        for (const { access, refresh } of crm.grants) void (access.delete(token) || refresh.delete(token));
        return done;
      }),
    },
    rows: ['pass', 'pass', 'pass', 'pass', 'pass'],
    request: 'POST /oauth/one',
  },
  'a JSON logout that names the session': {
    auth: login('{ X-Session: "{{ auth.id }}" }'),
    logout: '{ method: POST, url: /logout, auth: none, body: { session: "{{ auth.id }}" } }',
    habits: {
      instead: sessions(at('POST /api/logout', ({ form }, crm) => crm.revoke(form.get('session') ?? ''))),
    },
    rows: ['pass', 'pass', 'not-applicable', 'pass', 'pass'],
    request: 'POST /api/logout',
  },
  'a session that is destroyed by its own cookie': {
    auth: login('{ Cookie: "SID={{ auth.id }}" }'),
    logout: '{ method: DELETE, url: /sessions/current }',
    habits: {
      instead: sessions(
        at('DELETE /api/sessions/current', (asked, crm) =>
          crm.isAlive(session(asked)) ? crm.revoke(session(asked)) : { status: 401 },
        ),
      ),
    },
    rows: ['pass', 'pass', 'not-applicable', 'not-applicable', 'pass'],
    request: 'DELETE /api/sessions/current',
  },
  'none, because a key is for good': {
    auth: '{ type: bearer, token: "{{ secrets.KEY }}" }',
    env: { KEY: 'Key-0123456789' },
    logout: '',
    habits: {
      instead: at('GET /api/me', (asked) =>
        bearer(asked) === 'Key-0123456789' ? { status: 200, body: { id: 1, name: 'Rowan' } } : undefined,
      ),
    },
    rows: ['warn', 'not-applicable', 'not-applicable', 'not-applicable', 'not-applicable'],
    request: 'GET /api/me',
  },
};

const ids = ['endpoint', 'access-dead', 'refresh-dead', 'repeatable', 'only-this-one'].map(
  (name) => `logout.${name}`,
);

describe.concurrent('a logout', () => {
  test.for(Object.entries(forms))('%s', async ([, { rows, request, ...form }], { expect }) => {
    const { checks, asked, report } = await checkSmallCrm({ ...form, only: ['logout'] });
    expect(ids.map((id) => `${id} ${checks.get(id)?.verdict}`)).toEqual(
      ids.map((id, at) => `${id} ${rows[at]}`),
    );
    expect(asked.some((line) => line.startsWith(request))).toBe(true);
    // A token in a path or a query is one, too.
    expect(JSON.stringify(report)).not.toMatch(/[AR]-[0-9a-f]{32}/);
  });
});

describe.concurrent('the time until tokens are dead', () => {
  test('is measured from the logout', async ({ expect }) => {
    const { checks } = await checkSmallCrm({
      habits: { revocationTakes: 1.2, rotates: 'strict' },
      only: ['logout'],
      options: { revokeWaitSeconds: 10 },
    });
    expect(checks.get('logout.access-dead')).toMatchObject({ verdict: 'pass' });
    expect(checks.get('logout.access-dead')?.summary).toMatch(/^refused after [12] s$/);
    expect(checks.get('logout.refresh-dead')?.summary).toMatch(/^refused (after|when first asked, )/);
  });

  test('of a refresh token that rotates is that of the newest: the older one died by rotation', async ({
    expect,
  }) => {
    const { checks } = await checkSmallCrm({
      habits: {
        rotates: 'strict',
        // Ends the access token only.
        instead: at('POST /oauth/revoke', ({ form }, crm) => {
          for (const { access } of crm.grants) access.delete(form.get('token') ?? '');
          return done;
        }),
      },
      only: ['logout'],
      options: { revokeWaitSeconds: 0.6 },
    });
    expect(checks.get('logout.access-dead')?.verdict).toBe('pass');
    expect(checks.get('logout.refresh-dead')).toMatchObject({ verdict: 'fail' });
  });
});

describe.concurrent('tokens that live for a few seconds', () => {
  /** Seconds. */
  const life = 4;
  const shortLived = (): Habits => {
    const born = new Map<unknown, number>();
    return {
      token: (reply) => {
        born.set(reply.body.access_token, Date.now());
        return { ...reply, body: { ...reply.body, expires_in: life } };
      },
      instead: (asked) => {
        const since = born.get(bearer(asked));
        return asked.path === '/api/me' && since !== undefined && Date.now() > since + life * 1000
          ? { status: 401, body: { error: 'invalid_token' } }
          : undefined;
      },
    };
  };
  const check = (habits: Habits) =>
    checkSmallCrm({ habits, only: ['logout'], options: { revokeWaitSeconds: life + 2 } });

  test('and die of age after a logout that does nothing: that is no pass', async ({ expect }) => {
    const habits = shortLived();
    const { checks } = await check({
      ...habits,
      instead: (asked, crm) => (asked.path === '/oauth/revoke' ? done : habits.instead?.(asked, crm)),
    });
    expect(checks.get('logout.access-dead')).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringContaining('when the token was due to expire'),
    });
    expect(checks.get('logout.only-this-one')?.verdict).toBe('inconclusive');
    expect(checks.get('logout.refresh-dead')?.verdict).toBe('fail');
  });

  test('pass where the logout ends them at once', async ({ expect }) => {
    const { checks } = await check(shortLived());
    expect(checks.get('logout.access-dead')?.verdict).toBe('pass');
  });
});
