import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { profileFor } from './command.ts';
import { json, type Reply, type Seen, startFront } from './front.ts';
import { inspect } from './inspect.ts';
import { canary, traces } from './trace.ts';

const key = canary('key for one host only');
const session = canary('session for one host only');

/** A host that the profile does not name: another port of this machine. Answers whatever it is asked with success. */
async function stranger() {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.entries(request.headers).flat().join('\n');
    heard.push([request.method, request.url, headers, Buffer.concat(chunks).toString('utf8')].join('\n'));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"id":"9","name":"Mallory","contacts":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    heard,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const credentials: Record<string, { parts: object; env?: Record<string, string> }> = {
  'a bearer token': { parts: { auth: { type: 'bearer', token: '{{ secrets.KEY }}' } } },
  'HTTP Basic': { parts: { auth: { type: 'basic', username: 'a', password: '{{ secrets.KEY }}' } } },
  'a key in a header of its own': {
    parts: { auth: { type: 'apiKey', headerName: 'X-Own', credentialTemplate: '{{ secrets.KEY }}' } },
  },
  'a key in the query': {
    parts: { auth: { type: 'apiKey', queryName: 'k', credentialTemplate: '{{ secrets.KEY }}' } },
  },
  'several headers': { parts: { auth: { type: 'headers', headers: { 'X-One': '{{ secrets.KEY }}' } } } },
  'a default header': {
    parts: {
      auth: { type: 'none' },
      requestDefaults: { defaultHeaders: { 'X-Own': 'key={{ secrets.KEY }}' } },
    },
  },
  'a header in base64': {
    parts: {
      auth: {
        type: 'apiKey',
        headerName: 'X-Own',
        credentialTemplate: 'u:{{ secrets.KEY }}',
        encode: 'base64',
      },
    },
  },
};

const redirects: Record<string, (seen: Seen, to: string) => Reply> = {
  '301': ({ url }, to) => ({ status: 301, headers: { location: to + url } }),
  '302': ({ url }, to) => ({ status: 302, headers: { location: to + url } }),
  '307': ({ url }, to) => ({ status: 307, headers: { location: to + url } }),
  '308, with the credential copied into the path': ({ url, headers }, to) => ({
    status: 308,
    headers: {
      location: `${to}/${encodeURIComponent(`${headers.authorization} ${headers['x-own']}`)}${url}`,
    },
  }),
};

const cases = Object.entries(credentials).flatMap(([what, { parts }]) =>
  Object.entries(redirects).map(([how, redirect]) => ({ what, how, parts, redirect })),
);

test.concurrent.for(cases)(
  '$what goes to no host that the profile does not name, though the CRM redirects there with $how',
  async ({ what, how, parts, redirect }, { expect: expectHere }) => {
    const other = await stranger();
    const front = await startFront({
      reply: (seen) =>
        seen.url.includes('/me') || seen.method === 'POST' ? redirect(seen, other.url) : undefined,
    });
    try {
      const profile = profileFor(front.url, { secrets: ['KEY'], ...parts });
      const ran = await inspect(profile, { KEY: key }, { only: ['current-user', 'contact.create'] });
      expectHere(front.seen.length).toBeGreaterThan(0);
      expectHere(traces(other.heard.join('\n'), [key])).toEqual([]);
      // A resource that has moved is asked for there, without the credential.
      if (how === '301' && what !== 'a key in the query') expectHere(other.heard).not.toEqual([]);
      expectHere(traces(ran.everything, [key])).toEqual([]);
    } finally {
      await Promise.all([front.close(), other.close()]);
    }
  },
);

const carriers: Record<string, object> = {
  'a header': { headers: { 'X-Session': '{{ auth.session }}' } },
  'the query': { query: { s: '{{ auth.session }}' } },
};

test.each(Object.entries(carriers))(
  'a session in %s goes to no host that the profile does not name, though the login says that the CRM is there',
  async (_name, carrier) => {
    const other = await stranger();
    const front = await startFront({
      reply: (seen) =>
        seen.url.startsWith('/api/login') ? json({ session, base: `${other.url}/api` }) : undefined,
    });
    try {
      const profile = profileFor(front.url, {
        secrets: ['KEY'],
        auth: {
          type: 'login',
          steps: [
            {
              method: 'POST',
              url: '/login',
              body: { key: '{{ secrets.KEY }}' },
              captures: { session: 'body.session', base: 'body.base' },
            },
          ],
          discovers: ['base'],
          ...carrier,
        },
        operations: {
          getUserInfo: {
            url: '{{ auth.base | raw }}/me',
            responseMapping: { idPath: 'body.id', namePath: 'body.name' },
          },
        },
      });
      const ran = await inspect(profile, { KEY: key }, { only: ['current-user'] });
      expect(ran.checks.get('user.name')?.verdict).not.toBe('pass');
      expect(ran.everything).toContain('allowHosts');
      expect(other.heard).toEqual([]);
    } finally {
      await Promise.all([front.close(), other.close()]);
    }
  },
);

test('a secret in the body of an operation goes to no host that a capture names', async () => {
  const other = await stranger();
  const front = await startFront({
    reply: (seen) => (seen.url.startsWith('/api/where') ? json({ upload: `${other.url}/in` }) : undefined),
  });
  try {
    const profile = profileFor(front.url, {
      secrets: ['KEY'],
      auth: { type: 'none' },
      operations: {
        getUserInfo: {
          steps: [
            { url: '/where', captures: { to: 'body.upload' } },
            {
              method: 'POST',
              url: '{{ captures.to | raw }}',
              body: { note: 'the key is {{ secrets.KEY }}' },
            },
          ],
          responseMapping: { idPath: 'body.id', namePath: 'body.name' },
        },
      },
    });
    await inspect(profile, { KEY: key }, { only: ['current-user'] });
    expect(front.seen.length).toBeGreaterThan(0);
    expect(other.heard).toEqual([]);
  } finally {
    await Promise.all([front.close(), other.close()]);
  }
});

test('an authorization goes wherever the server sends a browser, and takes no secret there', async () => {
  const other = await stranger();
  const clientSecret = canary('client secret for one host only');
  const front = await startFront({
    reply: (seen) => {
      const url = new URL(seen.url, 'http://crm');
      if (url.pathname !== '/oauth/auth') return undefined;
      return {
        status: 302,
        headers: {
          location: `${other.url}/sso?client_id=${url.searchParams.get('client_id')}&return_to=${encodeURIComponent(seen.url)}`,
          'set-cookie': [`SID=${session}; Path=/`],
        },
      };
    },
  });
  try {
    const profile = profileFor(front.url, {
      secrets: ['CLIENT_ID', 'CLIENT_SECRET'],
      auth: {
        type: 'oauth',
        grant: 'authorization_code',
        authUrl: `${front.url}/oauth/auth`,
        tokenUrl: `${front.url}/oauth/token`,
        clientId: '{{ secrets.CLIENT_ID }}',
        clientSecret: '{{ secrets.CLIENT_SECRET }}',
      },
    });
    const env = { CLIENT_ID: 'client-4711', CLIENT_SECRET: clientSecret };
    await inspect(profile, env, { only: ['oauth.authorize'] });
    expect(other.heard).toHaveLength(1);
    expect(other.heard[0]).toContain('client-4711');
    // Another port of the same name would get its cookies; another name does not.
    expect(traces(other.heard.join('\n'), [clientSecret, session])).toEqual([]);
  } finally {
    await Promise.all([front.close(), other.close()]);
  }
});
