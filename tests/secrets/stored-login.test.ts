import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { addressShown, browse, freePort } from '../cli/browser.ts';
import { folder, start } from '../cli/command.ts';
import { crmReady, profileFor } from './command.ts';
import { encodings } from './encodings.ts';
import { html, json, type Reply, type Seen, startFront } from './front.ts';
import { canary, traces } from './trace.ts';

const clientSecret = canary('client secret of a stored login');
const password = `p4&ss'<w>\\o+r/d %zK é 27`;
const csrf = canary('hidden field of a login page');

/** A CRM that issues tokens which a test can look for, and shows them and what it got in every way it can. */
function talkative() {
  const issued: string[] = [];
  let live = canary('first refresh token');
  let access = canary('first access token');
  const issue = (what: string) => {
    const token = canary(`${what} ${issued.length}`);
    issued.push(token);
    return token;
  };
  const reply = (seen: Seen): Reply | undefined => {
    const url = new URL(seen.url, 'http://crm');
    if (url.pathname === '/oauth/auth') {
      return html(
        `<p>${seen.url}</p><form method=post action=/oauth/login><input type=hidden name=back value="${url.search.replaceAll('&', '&amp;')}"><input type=hidden name=x value=${csrf}><input name=user><input type=password name=word></form>`,
      );
    }
    if (url.pathname === '/oauth/login') {
      const form = new URLSearchParams(seen.body);
      if (form.get('word') !== password) return html(`<p>wrong: ${seen.body} ${form.get('word')}</p>`, 403);
      const asked = new URLSearchParams(form.get('back') ?? '');
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', issue('code'));
      back.searchParams.set('state', asked.get('state') ?? '');
      return { status: 302, headers: { location: back.href }, body: `to ${back.href} with ${seen.body}` };
    }
    if (url.pathname === '/oauth/token') {
      const form = new URLSearchParams(seen.body);
      const shown = { got: seen.body, by: seen.headers, echo: encodings(live) };
      const good = form.get('refresh_token') === live || form.get('code') === issued.at(-1);
      if (!good) return json({ error: 'invalid_grant', error_description: JSON.stringify(shown) }, 400);
      live = issue('refresh token');
      access = issue('access token');
      return json({
        access_token: access,
        refresh_token: live,
        token_type: 'Bearer',
        expires_in: 3600,
        ...shown,
      });
    }
    return undefined;
  };
  const accepts = ({ headers }: Seen) => headers.authorization === `Bearer ${access}`;
  return { issued, reply, accepts, first: { accessToken: access, refreshToken: live } };
}

function oauthProfile(url: string, more: object = {}): Record<string, unknown> {
  return profileFor(url, {
    secrets: ['CLIENT_SECRET', 'PASSWORD'],
    auth: {
      type: 'oauth',
      authUrl: `${url}/oauth/auth`,
      tokenUrl: `${url}/oauth/token`,
      clientId: 'client',
      clientSecret: '{{ secrets.CLIENT_SECRET }}',
      ...more,
    },
  });
}

const env = { CLIENT_SECRET: clientSecret, PASSWORD: password };
const reports = ['--report', 'json=report.json', '--revoke-wait', '0', '--keep'];
const pages = { loginPages: [{ fill: { user: 'somebody', word: '{{ secrets.PASSWORD }}' } }] };

test.each([
  ['is refreshed', true],
  ['is refused', false],
])('a check with a stored login that %s leaves its tokens in the token file alone', async (_how, good) => {
  const { issued, reply, accepts, first } = talkative();
  const front = await startFront({
    reply,
    accepts,
    change: (seen, honest) => json({ seen, honest: String(honest.body) }, honest.status),
  });
  try {
    const refreshToken = good ? first.refreshToken : canary('a refresh token that was spent');
    const stored = {
      version: 1,
      tokenUrl: `${front.url}/oauth/token`,
      clientId: 'client',
      accessToken: first.accessToken,
      refreshToken,
      expiresAt: new Date(0).toISOString(),
    };
    const ran = await crmReady(
      [
        'check',
        '-p',
        'profile.json',
        ...reports,
        '--token-file',
        'tokens.json',
        '--on-new-token',
        'cat; cat >&2; false',
      ],
      {
        files: {
          'profile.json': JSON.stringify(oauthProfile(front.url)),
          'tokens.json': JSON.stringify(stored),
        },
        private: ['tokens.json'],
        env,
      },
    );
    expect(ran.report?.exchanges.length).toBeGreaterThan(0);
    expect(ran.stderr.includes('--on-new-token: the command ended with 1')).toBe(good);
    expect(issued.length > 0).toBe(good);
    expect(traces(ran.everything, [clientSecret, refreshToken, first.accessToken, ...issued])).toEqual([]);
  } finally {
    await front.close();
  }
});

test.each([
  ['right', env],
  ['wrong', { ...env, PASSWORD: canary('a wrong password') }],
])('a check that fills in the login pages shows nothing of a %s password', async (which, given) => {
  const { issued, reply, accepts } = talkative();
  const front = await startFront({ reply, accepts });
  try {
    const ran = await crmReady(['check', '-p', 'profile.json', ...reports], {
      files: { 'profile.json': JSON.stringify(oauthProfile(front.url, pages)) },
      env: given,
    });
    const exchange = ran.report?.checks.find(({ id }) => id === 'oauth.code-exchange');
    expect(exchange?.verdict).toBe(which === 'right' ? 'pass' : 'inconclusive');
    expect(traces(ran.everything, [clientSecret, given.PASSWORD, csrf, ...issued])).toEqual([]);
  } finally {
    await front.close();
  }
});

test('login by pages leaves the tokens in the token file alone, and nothing else', async () => {
  const { issued, reply, accepts } = talkative();
  const front = await startFront({ reply, accepts });
  try {
    const ran = await crmReady(['login', '-p', 'profile.json'], {
      files: { 'profile.json': JSON.stringify(oauthProfile(front.url, pages)) },
      env,
      keeps: '.config/crm-ready/tokens/reference-api-key-',
    });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('Logged in to') });
    expect(issued).toHaveLength(3);
    expect(traces(ran.everything, [clientSecret, password, csrf, ...issued])).toEqual([]);
  } finally {
    await front.close();
  }
});

test('login by a person shows neither code nor tokens', async () => {
  const { issued, reply, accepts } = talkative();
  const front = await startFront({
    accepts,
    reply: (seen) => {
      if (!seen.url.startsWith('/oauth/auth')) return reply(seen);
      const form = new URLSearchParams({ word: password, back: new URL(seen.url, 'http://crm').search });
      return reply({ ...seen, url: '/oauth/login', body: form.toString() });
    },
  });
  try {
    const home = await folder();
    await writeFile(`${home}/profile.json`, JSON.stringify(oauthProfile(front.url)));
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    const running = start(
      ['login', '-p', `${home}/profile.json`, '--no-browser', '--redirect-uri', redirectUri],
      { env: { ...env, XDG_CONFIG_HOME: home, DEBUG: 'crm-ready' } },
    );
    const { page } = await browse(await addressShown(running));
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(0);
    expect(issued).toHaveLength(3);
    expect(traces([stdout, stderr, page].join('\n'), [clientSecret, ...issued])).toEqual([]);
  } finally {
    await front.close();
  }
});
