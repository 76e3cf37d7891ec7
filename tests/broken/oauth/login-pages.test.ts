import { describe, expect, test } from 'vitest';
import { checkSmallCrm, type SmallCheck } from './check.ts';
import { type Asked, client, type Habits, type Reply, redirectUri } from './small-crm.ts';

const auth = `{ type: oauth, authUrl: BASE/oauth/authorize, tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.SECRET }}", loginPages: [{ submit: Let me in }] }`;

/** A login page that asks for nothing but a press of its button, and then goes on with the request. */
function loginPage({ query }: Asked): Reply {
  const hidden = [...query].map(([name, value]) => `<input type=hidden name="${name}" value="${value}">`);
  const body = `<form action=/oauth/authorize>${hidden.join('')}<button name=pressed value=1>Let me in</button></form>`;
  return html(body);
}

function html(body: string): Reply {
  return { status: 200, headers: { 'content-type': 'text/html' }, body };
}

/** A login page for everybody, described in the profile; whoever sits there is never asked. */
async function checkBehindPages(habits: Habits = {}) {
  let asked = 0;
  const small: SmallCheck = {
    auth,
    habits: {
      redirect: (_location, own) => (own.query.has('pressed') ? undefined : loginPage(own)),
      ...habits,
    },
    options: {
      person: () => async () => {
        asked += 1;
        return { kind: 'trouble', code: 'cancelled', message: 'a person was asked', exchange: null };
      },
    },
  };
  const { checks } = await checkSmallCrm(small);
  expect(asked).toBe(0);
  return checks;
}

/** Whatever the redirect URI: first a login page, and then this. */
function forAnyRedirectUri(then: (target: string) => Reply): Habits {
  return {
    instead: (own) => {
      const target = own.query.get('redirect_uri') ?? redirectUri;
      if (own.path !== '/oauth/authorize' || target === redirectUri) return undefined;
      return own.query.has('pressed') ? then(target) : loginPage(own);
    },
  };
}

describe('where the login pages are described', () => {
  test('what spends an authorization of its own is measured without a person', async () => {
    const checks = await checkBehindPages();
    const open = [...checks.values()].filter(({ verdict }) => verdict === 'inconclusive');
    expect(open.map(({ id }) => id)).toEqual([]);
    for (const id of [
      'oauth.refresh',
      'oauth.bad-client-refused',
      'oauth.code-single-use',
      'oauth.redirect-uri-checked',
      'oauth.pkce',
      'logout.only-this-one',
    ]) {
      expect([id, checks.get(id)?.verdict]).toEqual([id, 'pass']);
    }
  });

  test('the other ways of exchanging a code are tried', async () => {
    const checks = await checkBehindPages({ secretInBody: true });
    expect(checks.get('oauth.code-exchange')).toMatchObject({ verdict: 'warn', adapterCode: true });
  });

  test('a foreign redirect URI that is refused after the login is seen', async () => {
    const checks = await checkBehindPages(forAnyRedirectUri(() => html('<h1>Unknown redirect URI</h1>')));
    expect(checks.get('oauth.redirect-uri-checked')?.verdict).toBe('pass');
  });

  test('so is one that gets the code', async () => {
    const redirect = (target: string) => ({ status: 302, headers: { location: `${target}?code=C-1` } });
    const checks = await checkBehindPages(forAnyRedirectUri(redirect));
    expect(checks.get('oauth.redirect-uri-checked')).toMatchObject({
      verdict: 'warn',
      summary: 'redirects to an address that is not registered: another host, a longer path',
    });
  });

  test('pages that fit only once leave those rows open, and say what came instead', async () => {
    let logins = 0;
    const checks = await checkBehindPages({
      redirect: (_location, own) => {
        if (own.query.has('pressed')) return undefined;
        logins += 1;
        return logins === 1 ? loginPage(own) : html('<p>Too many logins today.</p>');
      },
    });
    expect(checks.get('oauth.code-exchange')?.verdict).toBe('pass');
    const open = [...checks.values()].filter(({ verdict }) => verdict === 'inconclusive');
    expect(open.map(({ id }) => id)).toEqual([
      'oauth.refresh',
      'oauth.bad-client-refused',
      'oauth.code-single-use',
      'oauth.pkce',
      'logout.only-this-one',
    ]);
    for (const { summary } of open) {
      expect(summary).toContain('Too many logins today.');
      expect(summary).not.toContain('--authorize-again');
    }
  });
});
