import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../harness.ts';
import { checkOf, crmReady, profileFor } from './command.ts';
import { html, json, type Seen, startFront } from './front.ts';
import { canary, traces } from './trace.ts';

const key = canary('key on the command line');
const url = 'http://127.0.0.1:9';
const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };

describe.concurrent('what is wrong with a profile is said without its secrets:', () => {
  const wrong: Record<string, Record<string, unknown>> = {
    'another secret is not set': { auth, secrets: ['KEY', 'KEYS'] },
    'a secret is misspelt': { auth: { type: 'bearer', token: '{{ secrets.KEE }}' }, secrets: ['KEY'] },
    'a secret makes a URL that is none': {
      auth,
      secrets: ['KEY'],
      requestDefaults: { baseUrl: '{{ secrets.KEY }}/api' },
    },
    'a secret makes a host that is none': {
      auth,
      secrets: ['KEY'],
      requestDefaults: { baseUrl: 'https://[{{ secrets.KEY }}]/api' },
    },
    'a filter cannot deal with a secret': {
      auth,
      secrets: ['KEY'],
      requestDefaults: { baseUrl: 'https://crm.example/{{ secrets.KEY | e164 }}' },
    },
    'a secret is a password in a URL': {
      auth,
      secrets: ['KEY'],
      requestDefaults: { baseUrl: 'https://me:{{ secrets.KEY }}@crm.example' },
    },
    'a secret in a filter of the credential': {
      auth: { type: 'bearer', token: '{{ secrets.KEY | e164 }}' },
      secrets: ['KEY'],
    },
    'a secret in a filter of a time': {
      auth: { type: 'bearer', token: "{{ secrets.KEY | in_zone: 'Mars/Olympus' }}" },
      secrets: ['KEY'],
    },
  };
  test.for(Object.entries(wrong))('%s', async ([, parts], { expect: expectHere }) => {
    const ran = await checkOf(profileFor(url, parts), { KEY: key }, { args: ['--only', 'user.name'] });
    expectHere(ran.code).not.toBe(0);
    expectHere(ran.everything).not.toBe('');
    expectHere(traces(ran.everything, [key])).toEqual([]);
  });

  test('a secret that stands in the profile itself', async ({ expect: expectHere }) => {
    const literal = { auth: { type: 'bearer', token: key }, secrets: ['KEY'], colour: 'red' };
    const profile = profileFor(url, literal);
    const refused = await checkOf(profile, { KEY: 'something else' });
    expectHere(refused.code).toBe(2);
    const { colour: _colour, ...good } = profile;
    const noted = await checkOf(good, { KEY: 'something else' }, { args: ['--only', 'user.name'] });
    expectHere(noted.report?.notes.join()).toContain('stands in the file as it is');
    expectHere(traces(refused.everything + noted.everything, [key])).toEqual([]);
  });
});

describe.concurrent('an env file', () => {
  const args = ['plan', '-p', 'profile.json', '--env-file', 'secret.env'];
  const profile = JSON.stringify(profileFor(url, { auth, secrets: ['KEY'] }));

  test.for([
    ['with lines that are none', `${key}\nexport  = ${key}\nKEY ${key}\n`],
    ['that is JSON', JSON.stringify({ KEY: key })],
    ['with a key that is misspelt', `KEYY=${key}\n`],
    ['that is not text', `\u0000\u0001KEY\u0000=${key}`],
  ])('%s is refused without its contents', async ([, text], { expect: expectHere }) => {
    const ran = await crmReady(args, { files: { 'profile.json': profile, 'secret.env': text ?? '' } });
    expectHere(ran.code).toBe(2);
    expectHere(traces(ran.everything, [key])).toEqual([]);
  });

  test('that is a profile is refused without its contents', async ({ expect: expectHere }) => {
    const files = { 'profile.json': profile, 'secret.env': `KEY=${key}\nOTHER: [${key}\n` };
    const ran = await crmReady(['plan', '-p', 'secret.env'], { files });
    expectHere(ran.code).toBe(2);
    expectHere(traces(ran.everything, [key])).toEqual([]);
  });

  test('is read, and `plan` shows nothing of it', async ({ expect: expectHere }) => {
    const parts = { auth, secrets: ['KEY'], requestDefaults: { baseUrl: `${url}/rest/{{ secrets.KEY }}` } };
    const files = { 'profile.json': JSON.stringify(profileFor(url, parts)), 'secret.env': `KEY=${key}\n` };
    const ran = await crmReady(args, { files });
    expectHere(ran.code).toBe(0);
    expectHere(traces(ran.everything, [key])).toEqual([]);
  });
});

describe.concurrent('a bare proxyConfig', () => {
  const secrets = {
    CRM_READY_API_KEY: canary('API key of App Connect'),
    CRM_READY_ACCESS_TOKEN: canary('access token of App Connect'),
    CRM_READY_REFRESH_TOKEN: canary('refresh token of App Connect'),
    CRM_READY_CLIENT_SECRET: canary('client secret of App Connect'),
    CRM_READY_PASSWORD: canary('password of App Connect'),
    CRM_READY_SECRET_KEY: canary('secret key of App Connect'),
  };
  const env = { ...secrets, CRM_READY_CLIENT_ID: 'client', CRM_READY_USERNAME: 'somebody' };

  test.for([
    [
      'with an API key',
      { type: 'apiKey', scheme: 'Bearer', credentialTemplate: '{{apiKey}}', encode: 'none' },
    ],
    ['with an API key in App Connect’s default form', { type: 'apiKey' }],
    ['with an access token', { type: 'oauth', tokenUrl: '/oauth/token', authUrl: '/oauth/auth' }],
    ['with a refresh token', { type: 'oauth', tokenUrl: '/oauth/token', authUrl: '/oauth/auth' }],
  ] as const)(
    '%s leaves no trace of what the environment holds',
    async ([name, own], { expect: expectHere }) => {
      const front = await startFront({
        reply: (seen) =>
          seen.url.startsWith('/oauth/token')
            ? json({
                access_token: secrets.CRM_READY_ACCESS_TOKEN,
                token_type: 'Bearer',
                expires_in: 60,
                seen,
              })
            : undefined,
        change: (seen: Seen, honest) =>
          seen.url.startsWith('/api/me') && String(honest.body).startsWith('{')
            ? json({ ...(JSON.parse(String(honest.body)) as object), seen, all: Object.values(secrets) })
            : honest,
      });
      try {
        const text = await readFile(join(root, 'tests/cli/bare-proxy-config.json'), 'utf8');
        const config = JSON.parse(text) as { requestDefaults: { baseUrl: string; defaultHeaders: object } };
        const absolute = Object.fromEntries(
          Object.entries(own).map(([k, v]) => [k, v.startsWith('/') ? front.url + v : v]),
        );
        const document = {
          ...config,
          auth: absolute,
          requestDefaults: {
            ...config.requestDefaults,
            baseUrl: `${front.url}/api`,
            defaultHeaders: { 'X-Vendor': '{{secretKey}}' },
          },
        };
        const { CRM_READY_ACCESS_TOKEN: _token, ...withoutToken } = env;
        const ran = await checkOf(document, name.includes('refresh') ? withoutToken : env, {
          args: ['--only', 'oauth,current-user,contact-create,logout'],
        });
        expectHere(ran.report?.checks.find(({ id }) => id === 'user.name')?.verdict).toBe('pass');
        expectHere(
          front.seen.some(({ headers }) => headers['x-vendor'] === secrets.CRM_READY_SECRET_KEY),
        ).toBe(true);
        expectHere(traces(ran.everything, Object.values(secrets))).toEqual([]);
      } finally {
        await front.close();
      }
    },
  );
});

test('what should not have happened is told without secrets, also with DEBUG', async () => {
  const front = await startFront({
    reply: (seen) =>
      seen.url.startsWith('/oauth/auth')
        ? { status: 302, headers: { location: `http://[${key}/?client_secret=${key}` } }
        : undefined,
  });
  try {
    const profile = profileFor(front.url, {
      secrets: ['KEY'],
      auth: {
        type: 'oauth',
        grant: 'authorization_code',
        authUrl: `${front.url}/oauth/auth`,
        tokenUrl: `${front.url}/oauth/token`,
        clientId: 'client',
        clientSecret: '{{ secrets.KEY }}',
      },
    });
    const ran = await checkOf(profile, { KEY: key });
    expect(traces(ran.everything, [key])).toEqual([]);
  } finally {
    await front.close();
  }
});

test('`clean` shows neither secrets nor escape sequences of a CRM that refuses a deletion', async () => {
  const front = await startFront({
    reply: (seen) =>
      seen.method === 'DELETE'
        ? html(`<p>\u001b[2J\u202e${seen.headers.authorization} ${seen.url}</p>`, 500)
        : undefined,
  });
  try {
    const profile = profileFor(front.url, { auth, secrets: ['KEY'] });
    const kept = await checkOf(profile, { KEY: key }, { args: ['--only', 'contact.create'] });
    expect(Object.keys(kept.state)).toHaveLength(1);
    const ran = await crmReady(['clean', '-p', 'profile.json'], {
      files: { 'profile.json': JSON.stringify(profile) },
      env: { KEY: key },
      state: kept.state,
    });
    expect(ran.code).toBe(4);
    expect(ran.stdout).toContain('the deletion failed');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(ran.stdout).not.toMatch(/[\u001b\u202e]/);
    expect(traces(ran.everything + kept.everything, [key])).toEqual([]);
  } finally {
    await front.close();
  }
});
