import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { crmReady, profileFor } from './command.ts';
import { html, json, type Reply, type Seen, startFront } from './front.ts';
import { inspect } from './inspect.ts';
import { canary, traces } from './trace.ts';

const password = canary('login password');
const session = canary('session token');
const csrf = canary('csrf token');
const odd = `p"4&ss'<w>\\o+r/d %zK é`;

const logins: Record<string, { step: object; password?: string; literal?: boolean }> = {
  JSON: { step: { body: { user: 'somebody', pass: '{{ secrets.PASSWORD }}' } } },
  'a form': { step: { bodyType: 'form', body: { user: 'somebody', pass: '{{ secrets.PASSWORD }}' } } },
  XML: {
    step: { bodyType: 'xml', body: '<login><u>somebody</u><p>{{ secrets.PASSWORD | xml }}</p></login>' },
  },
  'JSON, with odd characters': {
    step: { body: { user: 'somebody', pass: '{{ secrets.PASSWORD }}' } },
    password: odd,
  },
  'a form, with odd characters': {
    step: { bodyType: 'form', body: { user: 'somebody', pass: '{{ secrets.PASSWORD }}' } },
    password: odd,
  },
  'XML, with odd characters': {
    step: { bodyType: 'xml', body: '<login><p>{{ secrets.PASSWORD | xml }}</p></login>' },
    password: odd,
  },
  'JSON inside a form field': {
    step: {
      bodyType: 'form',
      body: { rest_data: '{"user":"somebody","password":"{{ secrets.PASSWORD }}"}' },
    },
  },
  'JSON, the password written into the profile': {
    step: { body: { user: 'somebody', password } },
    literal: true,
  },
  'a form, the password written into the profile': {
    step: { bodyType: 'form', body: { user: 'somebody', password } },
    literal: true,
  },
  'XML, the password written into the profile': {
    step: { bodyType: 'xml', body: `<login><user>somebody</user><password>${password}</password></login>` },
    literal: true,
  },
};

function loginProfile(url: string, step: object, literal = false): object {
  return profileFor(url, {
    secrets: literal ? ['OTHER'] : ['PASSWORD'],
    auth: {
      type: 'login',
      steps: [{ method: 'POST', url: '/login', ...step, captures: { session: 'body.data.s' } }],
      headers: { 'X-Session': '{{ auth.session }}' },
    },
    operations: {
      unAuthorize: { method: 'DELETE', url: `/oauth/access-tokens/{{ auth.session }}` },
    },
  });
}

/** A CRM with a login, which shows the session wherever it can. */
function crm(seen: Seen): Reply | undefined {
  const { pathname } = new URL(seen.url, 'http://crm');
  if (pathname === '/api/login') {
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'set-cookie': [`CRMSESSION=${session}; HttpOnly`, `xsrf=${csrf}`],
        location: `/sessions/${session}`,
      },
      body: JSON.stringify({ data: { s: session, who: 'somebody' }, self: `/sessions/${session}` }),
    };
  }
  if (pathname.startsWith('/api/oauth/access-tokens/')) return json({ gone: pathname });
  return undefined;
}

describe.concurrent('a login', () => {
  test.for(Object.entries(logins))(
    'by %s leaves no trace of password and session',
    async ([, { step, password: secret = password, literal = false }], { expect: expectHere }) => {
      const front = await startFront({
        reply: crm,
        accepts: ({ headers }) => headers['x-session'] === session,
        change: (seen, honest) =>
          seen.url.startsWith('/api/me')
            ? json(
                { ...(JSON.parse(String(honest.body)) as object), seen, cookie: `xsrf is ${csrf}` },
                honest.status ?? 200,
              )
            : honest,
      });
      try {
        const env = literal ? { OTHER: 'something else' } : { PASSWORD: secret };
        const ran = await inspect(loginProfile(front.url, step, literal), env);
        expectHere(ran.checks.get('user.name')?.verdict).toBe('pass');
        expectHere(traces(ran.everything, [secret, session, csrf])).toEqual([]);
      } finally {
        await front.close();
      }
    },
  );

  test.for(Object.entries(logins))(
    'by %s leaves no trace of the password where the CRM shows what it got',
    async ([, { step, password: secret = password, literal = false }], { expect: expectHere }) => {
      const shows = [
        (seen: Seen) => json({ message: `query failed: login(somebody, ${secret})`, sent: seen.body }, 500),
        (seen: Seen) => html(`<pre>${seen.body.replaceAll('<', '&lt;')}</pre><p>${secret}</p>`, 401),
      ];
      for (const show of shows) {
        const front = await startFront({ reply: show });
        try {
          const env = literal ? { OTHER: 'something else' } : { PASSWORD: secret };
          const ran = await inspect(loginProfile(front.url, step, literal), env, { only: ['current-user'] });
          expectHere(ran.report.exchanges.length).toBeGreaterThan(0);
          expectHere(traces(ran.everything, [secret])).toEqual([]);
        } finally {
          await front.close();
        }
      }
    },
  );
});

/** What a CRM may ask for in place of the password; whoever reads it can log in with it as well. */
const equivalents: Record<string, { step: object; sent: (body: string) => string }> = {
  'its MD5': {
    step: { bodyType: 'form', body: { user: 'somebody', hash: '{{ secrets.PASSWORD | md5 }}' } },
    sent: (body) => new URLSearchParams(body).get('hash') ?? '',
  },
  'its SHA-256 in base64, salted, beside others': {
    step: { body: { auth: 'v1:{{ secrets.PASSWORD | prepend: "salt" | sha256: "base64" }}:somebody' } },
    sent: (body) => (JSON.parse(body) as { auth: string }).auth.split(':')[1] ?? '',
  },
  'upper case': {
    step: { body: { proof: '{{ secrets.PASSWORD | upcase }}' } },
    sent: (body) => (JSON.parse(body) as { proof: string }).proof,
  },
  'a part that a tag assigns': {
    step: {
      bodyType: 'raw',
      body: '{% assign half = secrets.PASSWORD | slice: 0, 16 | upcase %}<p>{{ half | append: "!x!" | sha1 }}</p>',
    },
    sent: (body) => /<p>(.*)<\/p>/.exec(body)?.[1] ?? '',
  },
  'its MD5 in the address': {
    step: { method: 'GET', url: '/login?h={{ secrets.PASSWORD | md5: "base64" }}' },
    sent: (body) => body,
  },
};

describe.concurrent('a login that takes something computed from the password', () => {
  test.for(Object.entries(equivalents))(
    '%s: leaves no trace of that, though it is shown',
    async ([, { step, sent }], { expect: expectHere }) => {
      let proof = '';
      const front = await startFront({
        accepts: ({ headers }) => headers['x-session'] === session,
        reply: (seen) => {
          const { pathname, searchParams } = new URL(seen.url, 'http://crm');
          if (pathname !== '/api/login') return undefined;
          proof = sent(searchParams.get('h') ?? seen.body);
          return json({ data: { s: session }, echo: { you_sent: proof, url: seen.url } });
        },
      });
      try {
        const ran = await inspect(
          loginProfile(front.url, step),
          { PASSWORD: password },
          { only: ['current-user'] },
        );
        expectHere(ran.checks.get('user.name')?.verdict).toBe('pass');
        expectHere(proof.length).toBeGreaterThan(8);
        expectHere(traces(ran.everything, [proof])).toEqual([]);
        // What stands beside it stays readable.
        expectHere(ran.everything).toContain('somebody');
      } finally {
        await front.close();
      }
    },
  );
});

test('what is computed from a key and from a session leaves no trace, wherever it is sent', async () => {
  const front = await startFront({
    reply: (seen) =>
      seen.url.startsWith('/api/login')
        ? crm(seen)
        : json({ id: 1, name: 'Kit', sent: seen.headers, url: seen.url, who: seen.headers['x-who'] }),
  });
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  try {
    const base = loginProfile(front.url, { body: { pass: '{{ secrets.PASSWORD }}' } });
    const profile = {
      ...base,
      auth: {
        type: 'login',
        steps: [{ method: 'POST', url: '/login', captures: { session: 'body.data.s' } }],
        headers: { 'X-Both': 'v1 {{ auth.session | md5 }} {{ secrets.PASSWORD | upcase }}' },
      },
      operations: {
        getUserInfo: {
          url: '/me?s={{ auth.session | prepend: "q" | md5 }}',
          headers: {
            'X-Mac': 'mac={{ "GET" | hmac_sha256: secrets.PASSWORD }}',
            'X-Who': '{{ runId | md5 }}',
          },
          responseMapping: { idPath: 'body.id', namePath: 'body.name' },
        },
      },
    };
    const ran = await inspect(profile, { PASSWORD: password }, { only: ['user.name'] });
    expect(ran.checks.get('user.name')?.verdict).toBe('pass');
    const mac = createHmac('sha256', password).update('GET').digest('hex');
    const derived = [md5(session), md5(`q${session}`), password.toUpperCase(), mac];
    const me = front.seen.find(({ url }) => url.startsWith('/api/me'));
    for (const value of derived) expect(JSON.stringify(me)).toContain(value);
    expect(traces(ran.everything, derived)).toEqual([]);
    expect(ran.everything).toContain(me?.headers['x-who']);
  } finally {
    await front.close();
  }
});

const signIns: Record<string, (url: string) => object> = {
  login: (url) => loginProfile(url, { body: { user: 'somebody', pass: '{{ secrets.PASSWORD }}' } }),
  'client credentials': (url) =>
    profileFor(url, {
      secrets: ['PASSWORD'],
      auth: {
        type: 'oauth',
        grant: 'client_credentials',
        tokenUrl: `${url}/oauth/token`,
        clientId: 'client',
        clientSecret: '{{ secrets.PASSWORD }}',
      },
    }),
};

test.each(Object.entries(signIns))(
  '`clean` tells no secret that the CRM shows as it refuses: %s',
  async (_name, of) => {
    const front = await startFront({
      reply: (seen) => {
        const shown = `wrong: ${seen.body} ${seen.headers.authorization} ${password}`;
        return json({ message: shown, error: 'invalid_client', error_description: shown }, 401);
      },
    });
    try {
      const header = {
        run: 'abcd1234',
        startedAt: '2024-01-01T00:00:00.000Z',
        profile: { path: 'profile.json', name: 'reference-api-key', host: front.url, vars: {} },
      };
      const entry = {
        n: 1,
        kind: 'contact',
        name: 'crm-ready abcd1234 1',
        phoneNumber: null,
        id: '7',
        contactId: null,
        state: 'created',
      };
      const ran = await crmReady(['clean'], {
        files: { 'profile.json': JSON.stringify(of(front.url)) },
        env: { PASSWORD: password },
        state: { 'crm-ready/runs/abcd1234.jsonl': `${JSON.stringify(header)}\n${JSON.stringify(entry)}\n` },
      });
      expect(ran.code).toBe(4);
      expect(ran.stdout).toContain('could not sign in');
      expect(traces(ran.everything, [password])).toEqual([]);
    } finally {
      await front.close();
    }
  },
);
