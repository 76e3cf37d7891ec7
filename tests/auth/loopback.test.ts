import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { attendedAuthorizer } from '../../src/auth/oauth/attended.ts';
import type { OAuthClient } from '../../src/auth/oauth/client.ts';
import { isLoopback } from '../../src/auth/oauth/loopback.ts';
import { listen } from '../http/server.ts';
import { startAuthorizationServer } from './authorization-server.ts';

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function clientFor(redirectUri: string): Promise<OAuthClient> {
  return { ...(await startAuthorizationServer()).client, redirectUri };
}

function loopbackAuthorizer(client: OAuthClient, announce: (url: string) => void, timeoutMs: number) {
  return attendedAuthorizer(client, { announce, timeoutMs, listen: true });
}

/** A person: opens the announced URL, and lets the browser go where it is sent. */
function person(act: (url: string) => Promise<unknown>): {
  announce: (url: string) => void;
  done: Promise<unknown>;
} {
  let settle: (value: unknown) => void = () => {};
  const done = new Promise((resolve) => {
    settle = resolve;
  });
  return { announce: (url) => settle(act(url)), done };
}

it.each([
  ['http://127.0.0.1:9/cb', true],
  ['http://localhost/cb', true],
  ['http://[::1]:9/cb', true],
  ['https://127.0.0.1/cb', false],
  ['http://127.0.0.1.example.com/cb', false],
])('takes %s for loopback: %s', (uri, expected) => {
  expect(isLoopback(uri)).toBe(expected);
});

it('announces the authorization request, and takes the code that comes back', async () => {
  const port = await freePort();
  const { client } = await startAuthorizationServer();
  let page = '';
  const { announce, done } = person(async (url) => {
    // Browsers keep cookies; this person presses on without the server's help.
    const parameters = new URL(url).searchParams;
    const target = `${parameters.get('redirect_uri')}?code=Code-1&state=${encodeURIComponent(parameters.get('state') ?? '')}&iss=x`;
    page = await (await fetch(target)).text();
    return url;
  });
  const loopback = { ...client, redirectUri: `http://127.0.0.1:${port}/cb` };
  const outcome = await loopbackAuthorizer(loopback, announce, 5000)({ codeChallenge: 'challenge' });
  expect(outcome).toEqual({
    kind: 'code',
    code: 'Code-1',
    state: 'platform=acme',
    issuer: 'x',
    redirectedTo: loopback.redirectUri,
    exchange: 0,
    hops: 0,
  });
  const url = new URL(String(await done));
  expect(url.origin + url.pathname).toBe(client.authUrl);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    redirect_uri: loopback.redirectUri,
    code_challenge: 'challenge',
    code_challenge_method: 'S256',
  });
  expect(page).toMatch(/^Signed in\./);
});

it('answers what is no callback, and goes on waiting', async () => {
  const port = await freePort();
  const statuses: number[] = [];
  const { announce } = person(async () => {
    for (const path of ['/favicon.ico', '/cb/x?code=wrong', '/cb', '/cb?code=right']) {
      statuses.push((await fetch(`http://127.0.0.1:${port}${path}`)).status);
    }
  });
  const client = await clientFor(`http://127.0.0.1:${port}/cb`);
  const outcome = await loopbackAuthorizer(client, announce, 5000)({});
  expect(outcome).toMatchObject({ kind: 'code', code: 'right' });
  expect(statuses.slice(0, 3)).toEqual([404, 404, 400]);
});

it.each(['127.0.0.1', '[::1]'])(
  'listens on %s too, where the redirect URI says localhost',
  async (address) => {
    const port = await freePort();
    const { announce } = person(async () => fetch(`http://${address}:${port}/cb?code=Code-1`));
    const client = await clientFor(`http://localhost:${port}/cb`);
    expect(await loopbackAuthorizer(client, announce, 5000)({})).toMatchObject({ code: 'Code-1' });
  },
);

it('takes a pasted address, or what stands behind its question mark, and says what is wrong with others', async () => {
  for (const last of ['https://apps.example.com/cb?code=Code-1&state=s', '?code=Code-1&state=s']) {
    const said: (string | null)[] = [];
    const outcome = await attendedAuthorizer(await clientFor('https://apps.example.com/cb'), {
      announce: () => {},
      timeoutMs: 5000,
      listen: true,
      paste: (take) => {
        for (const text of ['hello', 'https://apps.example.com/cb', last]) said.push(take(text));
        return () => {};
      },
    })({});
    expect(outcome).toMatchObject({ kind: 'code', code: 'Code-1', state: 's' });
    expect(said).toEqual([
      expect.stringContaining('that is no address'),
      expect.stringContaining('there is no code in that address'),
      null,
    ]);
  }
});

it('takes a code beside an error that is empty, and an empty error alone for nothing', async () => {
  const port = await freePort();
  const pages: string[] = [];
  const { announce, done } = person(async () => {
    for (const query of ['error=', 'code=Code-1&error=&error_description=']) {
      pages.push(await (await fetch(`http://127.0.0.1:${port}/cb?${query}`)).text());
    }
  });
  const client = await clientFor(`http://127.0.0.1:${port}/cb`);
  expect(await loopbackAuthorizer(client, announce, 5000)({})).toMatchObject({
    kind: 'code',
    code: 'Code-1',
  });
  await done;
  expect(pages).toEqual([
    expect.stringContaining('This address waits for the answer of the CRM'),
    expect.stringMatching(/^Signed in\./),
  ]);
});

it('does not say "Signed in" to somebody who was refused', async () => {
  const port = await freePort();
  const { announce, done } = person(async () =>
    (await fetch(`http://127.0.0.1:${port}/cb?error=access_denied`)).text(),
  );
  const client = await clientFor(`http://127.0.0.1:${port}/cb`);
  expect(await loopbackAuthorizer(client, announce, 5000)({})).toMatchObject({
    kind: 'denied',
    error: 'access_denied',
  });
  expect(await done).toMatch(/^Not signed in: access_denied\./);
});

it('holds no connection on which a browser has asked nothing, and answers the one who waits', async () => {
  const port = await freePort();
  const closed: Promise<unknown>[] = [];
  const { announce, done } = person(async () => {
    for (const begun of ['', 'GET /cb?code=Co']) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      closed.push(new Promise((resolve) => socket.on('close', resolve)));
      await new Promise((resolve) => socket.write(begun, resolve));
    }
    return (await fetch(`http://127.0.0.1:${port}/cb?code=Code-1`)).text();
  });
  const client = await clientFor(`http://127.0.0.1:${port}/cb`);
  expect(await loopbackAuthorizer(client, announce, 5000)({})).toMatchObject({ code: 'Code-1' });
  expect(await done).toMatch(/^Signed in\./);
  await Promise.all(closed);
});

it('gives up after its time, and frees the port', async () => {
  const port = await freePort();
  const client = await clientFor(`http://127.0.0.1:${port}/cb`);
  const outcome = await loopbackAuthorizer(client, () => {}, 60)({});
  expect(outcome).toEqual({
    kind: 'trouble',
    code: 'timeout',
    message: 'the login was not finished within 0 s',
    exchange: null,
  });
  await expect(fetch(`http://127.0.0.1:${port}/cb?code=late`)).rejects.toThrow();
});

it('gives up when the run ends, and frees the port', async () => {
  const port = await freePort();
  const interrupt = new AbortController();
  const authorizer = attendedAuthorizer(await clientFor(`http://127.0.0.1:${port}/cb`), {
    announce: () => interrupt.abort(),
    timeoutMs: 60_000,
    listen: true,
    signal: interrupt.signal,
  });
  const ended = { kind: 'trouble', message: 'the run ended while it waited for the login' };
  expect(await authorizer({})).toMatchObject(ended);
  await expect(fetch(`http://127.0.0.1:${port}/cb?code=late`)).rejects.toThrow();
  // Whoever comes next is not even asked.
  expect(await authorizer({})).toMatchObject(ended);
});

it('says what to do when the port is taken, and announces nothing', async () => {
  const port = await listen(createServer());
  const client = await clientFor(`http://127.0.0.1:${port}/cb`);
  let announced = false;
  const outcome = await loopbackAuthorizer(
    client,
    () => {
      announced = true;
    },
    5000,
  )({});
  expect(outcome).toMatchObject({
    kind: 'trouble',
    message: `cannot listen on 127.0.0.1:${port} (EADDRINUSE): end what listens there, or register a redirect URI with another port`,
  });
  expect(announced).toBe(false);
});
