import { describe, expect, test } from 'vitest';
import { profileFor } from './command.ts';
import { encodings } from './encodings.ts';
import { html, json, type Reply, type Seen, startFront } from './front.ts';
import { inspect } from './inspect.ts';
import { canary, traces } from './trace.ts';

const clientSecret = canary('client secret');
const oddSecret = `s3+cr/t"&% <x>'=Kq9`;
const sessionCookie = canary('session at the authorization server');
const idToken = ['{"alg":"RS256"}', '{"sub":"1001","name":"Rowan"}', canary('signature')]
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

type Where = 'basic' | 'body' | 'query';

/** An authorization server that issues tokens a test can look for, and shows them where it can. */
function oauthServer(secret: string, where: Where) {
  const issued: string[] = [];
  const live = new Set<string>();
  let count = 0;
  const issue = (what: string) => {
    const token = canary(`${what} ${++count} of ${where}`);
    issued.push(token);
    live.add(token);
    return token;
  };
  const authorize = (url: URL): Reply => {
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    if (!url.searchParams.has('again')) {
      url.searchParams.set('again', sessionCookie);
      return {
        status: 302,
        headers: {
          location: url.pathname + url.search,
          'set-cookie': [`SID=${sessionCookie}; Path=/; HttpOnly`],
        },
        body: `<a href="/login;s=${sessionCookie}">go on</a>`,
      };
    }
    back.searchParams.set('code', issue('code'));
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    return { status: 302, headers: { location: back.href }, body: `Moved to ${back.href}` };
  };
  const token = (seen: Seen, url: URL): Reply => {
    const form = new URLSearchParams(seen.body === '' ? url.search : seen.body);
    const basic = `Basic ${Buffer.from(`client:${secret}`).toString('base64')}`;
    const known = {
      basic: seen.headers.authorization === basic,
      body: new URLSearchParams(seen.body).get('client_secret') === secret,
      query: url.searchParams.get('client_secret') === secret,
    }[where];
    if (!known) {
      const description = `got ${seen.headers.authorization ?? ''} and ${seen.body} at ${seen.url}, not ${secret}`;
      return json({ error: 'invalid_client', error_description: description }, 401);
    }
    const spent = form.get('code') ?? form.get('refresh_token') ?? '';
    if (!live.delete(spent)) {
      return json(
        { error: 'invalid_grant', error_description: `${spent} is unknown; last: ${issued.at(-1)}` },
        400,
      );
    }
    return json({
      access_token: issue('access token'),
      refresh_token: issue('refresh token'),
      id_token: idToken,
      token_type: 'Bearer',
      expires_in: 3600,
      self: `/oauth/access-tokens/${issued.at(-2)}`,
      echo: encodings(issued.at(-1) ?? ''),
    });
  };
  const reply = (seen: Seen): Reply | undefined => {
    const url = new URL(seen.url, 'http://crm');
    if (url.pathname === '/oauth/auth') return authorize(url);
    if (url.pathname === '/oauth/token') return token(seen, url);
    if (url.pathname.startsWith('/oauth/access-tokens/')) {
      live.clear();
      return json({ revoked: url.pathname, by: seen.headers.authorization });
    }
    if (url.pathname !== '/api/me' || accepts(seen)) return undefined;
    return html(
      `<p>${seen.headers.authorization ?? 'nothing'} is not one of ${[...live].join(', ')}</p>`,
      401,
    );
  };
  const accepts = ({ headers }: Seen) => live.has((headers.authorization ?? '').replace('Bearer ', ''));
  return { issued, reply, accepts };
}

function oauthProfile(url: string): object {
  return profileFor(url, {
    secrets: ['CLIENT_SECRET'],
    auth: {
      type: 'oauth',
      grant: 'authorization_code',
      authUrl: `${url}/oauth/auth`,
      tokenUrl: `${url}/oauth/token`,
      clientId: 'client',
      clientSecret: '{{ secrets.CLIENT_SECRET }}',
    },
    operations: {
      unAuthorize: { method: 'DELETE', url: `${url}/oauth/access-tokens/{{ user.accessToken }}` },
    },
  });
}

describe.concurrent('a run with OAuth leaves no trace of codes, tokens, cookies and the client secret', () => {
  test.for([
    ['HTTP Basic', 'basic', clientSecret],
    ['HTTP Basic, odd characters in it', 'basic', oddSecret],
    ['the body', 'body', clientSecret],
    ['the body, odd characters in it', 'body', oddSecret],
    ['the query', 'query', clientSecret],
    ['the query, odd characters in it', 'query', oddSecret],
  ] as const)('where the secret is sent in %s', async ([, where, secret], { expect: expectHere }) => {
    const { issued, reply, accepts } = oauthServer(secret, where);
    const front = await startFront({ reply, accepts });
    try {
      const ran = await inspect(oauthProfile(front.url), { CLIENT_SECRET: secret });
      expectHere(ran.checks.get('oauth.refresh')?.verdict).toBe(where === 'basic' ? 'pass' : 'warn');
      expectHere(ran.checks.get('logout.access-dead')?.verdict).toBe('pass');
      expectHere(issued.length).toBeGreaterThan(6);
      expectHere(traces(ran.everything, [secret, idToken, sessionCookie, ...issued])).toEqual([]);
    } finally {
      await front.close();
    }
  });

  test('where the token endpoint answers with a form', async ({ expect: expectHere }) => {
    const { issued, reply, accepts } = oauthServer(clientSecret, 'basic');
    const front = await startFront({
      accepts,
      reply: (seen) => {
        const answer = reply(seen);
        if (!seen.url.startsWith('/oauth/token') || answer === undefined) return answer;
        const { access_token = '', refresh_token = '' } = JSON.parse(String(answer.body)) as Record<
          string,
          string
        >;
        return { body: new URLSearchParams({ access_token, refresh_token, expires_in: '60' }).toString() };
      },
    });
    try {
      const ran = await inspect(oauthProfile(front.url), { CLIENT_SECRET: clientSecret });
      expectHere(ran.checks.get('oauth.token-response')?.verdict).toBe('warn');
      expectHere(traces(ran.everything, [clientSecret, ...issued])).toEqual([]);
    } finally {
      await front.close();
    }
  });
});

test.each(['password', 'client_credentials', 'refresh_token'])(
  'the grant %s leaves no trace of what was handed in',
  async (grant) => {
    const password = canary('resource owner password');
    const refreshToken = canary('refresh token that was handed in');
    const access = canary(`access token by ${grant}`);
    const front = await startFront({
      accepts: ({ headers }) => headers.authorization === `Bearer ${access}`,
      reply: (seen) => {
        if (!seen.url.startsWith('/oauth/token')) return undefined;
        const echo = { got: seen.body, by: seen.headers };
        return json({ access_token: access, token_type: 'Bearer', expires_in: 600, ...echo });
      },
    });
    try {
      const profile = profileFor(front.url, {
        secrets: ['CLIENT_SECRET', 'PASSWORD', 'REFRESH'],
        auth: {
          type: 'oauth',
          grant,
          authUrl: `${front.url}/oauth/auth`,
          tokenUrl: `${front.url}/oauth/token`,
          clientId: 'client',
          clientSecret: '{{ secrets.CLIENT_SECRET }}',
          username: 'somebody',
          password: '{{ secrets.PASSWORD }}',
          ...(grant === 'refresh_token' && { refreshToken: '{{ secrets.REFRESH }}' }),
        },
      });
      const ran = await inspect(profile, {
        CLIENT_SECRET: oddSecret,
        PASSWORD: password,
        REFRESH: refreshToken,
      });
      expect(ran.checks.get('user.name')?.verdict).toBe('pass');
      expect(traces(ran.everything, [access, oddSecret, password, refreshToken])).toEqual([]);
    } finally {
      await front.close();
    }
  },
);
