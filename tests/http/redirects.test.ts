import { describe, expect, it } from 'vitest';
import { redirectOf } from '../../src/http/redirects.ts';
import { type Answer, get, once, post, read, rejection, serve, transportWith } from './server.ts';

const followed = { ...read, followRedirects: true };

const redirecting =
  (status: number, location: string | ((count: number) => string)): Answer =>
  ({ target }, response, count) => {
    if (target.startsWith('/end')) response.end('end');
    else
      response
        .writeHead(status, { location: typeof location === 'string' ? location : location(count) })
        .end();
  };

describe('a redirect', () => {
  it('is an answer, unless it is to be followed', async () => {
    const { url, received } = await serve(redirecting(302, '/end'));
    await expect(transportWith().send(get(url), read)).resolves.toMatchObject({
      status: 302,
      headers: { location: '/end' },
    });
    expect(received).toHaveLength(1);
  });

  it('is followed to the URL that answers, each hop an exchange', async () => {
    const { url } = await serve(redirecting(302, (count) => (count < 3 ? 'next' : '/end?q=1')));
    const transport = transportWith();
    await expect(transport.send(get(`${url}/a/b`), followed)).resolves.toMatchObject({
      text: 'end',
      url: `${url}/end?q=1`,
      exchange: 4,
    });
    expect(transport.exchanges.map(({ request, chain }) => [request.url.slice(url.length), chain])).toEqual([
      ['/a/b', 1],
      ['/a/next', 2],
      ['/a/next', 3],
      ['/end?q=1', 4],
    ]);
  });

  it('is followed five times and no more', async () => {
    const { url, received } = await serve(redirecting(302, (count) => `/${count}`));
    expect(await rejection(transportWith().send(get(url), followed))).toMatchObject({
      code: 'too-many-redirects',
      exchange: 6,
    });
    expect(received).toHaveLength(6);
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [302, 'PUT', 'PUT', 'body'],
    [307, 'POST', 'POST', 'body'],
    [308, 'POST', 'POST', 'body'],
  ])('%i of a %s is followed by %s', async (status, method, expected, body) => {
    const { url, received } = await serve(redirecting(status, '/end'));
    const request = { method, url, headers: { 'content-type': 'text/plain', accept: '*/*' }, body: 'body' };
    await transportWith().send(request, { ...once, followRedirects: true });
    expect(received[1]).toMatchObject({ method: expected, body });
    expect(received[1]?.headers['content-type']).toBe(body === '' ? undefined : 'text/plain');
    expect(received[1]?.headers.accept).toBe('*/*');
  });
});

describe('credentials', () => {
  const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Vendor-Key': 'k', accept: '*/*' };
  const options = { ...followed, credentialHeaders: ['x-vendor-key'] };

  it('stay with a redirect on the same host', async () => {
    const { url, received } = await serve(redirecting(302, '/end'));
    await transportWith().send(get(url, headers), options);
    expect(received[1]?.headers).toMatchObject({
      authorization: 'Bearer x',
      cookie: 'a=b',
      'x-vendor-key': 'k',
    });
  });

  it('are dropped when a redirect leads to another host, and do not come back', async () => {
    let port = 0;
    const server = await serve(({ target }, response) => {
      const next = target === '/' ? `http://localhost:${port}/there` : `http://127.0.0.1:${port}/end`;
      if (target === '/end') response.end();
      else response.writeHead(302, { location: next }).end();
    });
    port = server.port;
    await transportWith().send(get(server.url, headers), options);
    const [first, second, third] = server.received;
    expect(first?.headers).toMatchObject({ authorization: 'Bearer x', 'x-vendor-key': 'k' });
    for (const later of [second, third]) {
      expect(later?.headers.accept).toBe('*/*');
      for (const name of ['authorization', 'cookie', 'x-vendor-key'])
        expect(later?.headers).not.toHaveProperty(name);
    }
  });

  it('are dropped when a redirect leads to another port', () => {
    const answer = { status: 302, headers: { location: 'http://127.0.0.1:8002/' }, text: '' };
    const hop = redirectOf(
      { request: get('http://127.0.0.1:8001/', headers), credentialHeaders: ['x-vendor-key'] },
      answer,
    );
    expect(hop).toMatchObject({ request: { headers: { accept: '*/*' } }, credentialHeaders: [] });
    expect(Object.keys(hop?.request.headers ?? {})).toEqual(['accept']);
  });

  it.each([
    ['named with its port', (port: number) => [`127.0.0.1:${port}`], true],
    ['named without a port', () => ['127.0.0.1'], true],
    ['named with another port', (port: number) => [`127.0.0.1:${port + 1}`], false],
    ['not named', () => ['crm.example.com'], false],
    ['not named at all', () => [], false],
  ])('go to a host that is %s: %s', async (_name, hosts, expected) => {
    const { url, port, received } = await serve((_request, response) => response.end());
    const transport = transportWith({ allowedHosts: hosts(port) });
    const sent = transport.send(get(url, headers), options);
    if (expected) await sent;
    else expect(await rejection(sent)).toMatchObject({ code: 'host-not-named', exchange: null });
    expect(received).toHaveLength(expected ? 1 : 0);
  });

  it('do not go anywhere in a body that a redirect sends to a host not named', async () => {
    const other = await serve((_request, response) => response.end());
    const { url } = await serve(redirecting(307, `http://localhost:${other.port}/`));
    const transport = transportWith({ allowedHosts: ['127.0.0.1'] });
    const sent = transport.send(post(url, 'client_secret=x'), { ...once, followRedirects: true });
    expect(await rejection(sent)).toMatchObject({ code: 'host-not-named', exchange: 1 });
    expect(other.received).toHaveLength(0);
  });
});

describe('plain http', () => {
  it('never leaves this machine', async () => {
    const transport = transportWith();
    expect(await rejection(transport.send(get('http://crm.example.test/'), read))).toMatchObject({
      code: 'plain-http',
      exchange: null,
    });
    expect(transport.exchanges).toEqual([]);
  });

  it('is not what a redirect may lead to', async () => {
    const { url } = await serve(redirecting(302, 'http://crm.example.test/'));
    expect(await rejection(transportWith().send(get(url), followed))).toMatchObject({
      code: 'plain-http',
      exchange: 1,
    });
  });

  it('is refused after https, even on this machine', () => {
    const answer = { status: 302, headers: { location: 'http://localhost/' }, text: '' };
    const request = get('https://localhost/');
    expect(() => redirectOf({ request, credentialHeaders: [] }, answer)).toThrow(/https to plain http/);
  });
});

it.each([
  ['DELETE', 302, '/contacts', false],
  ['DELETE', 303, '/contacts', false],
  ['DELETE', 308, '/contacts', false],
  ['DELETE', 307, '/contacts/102', false],
  ['PATCH', 302, '/contacts/102', false],
  ['DELETE', 308, '/contacts/101/', true],
  ['PUT', 307, '/v2/contacts/101', true],
  ['POST', 303, '/contacts/102', true],
  ['GET', 302, '/contacts/102', true],
])('a %s that is answered with %i and %s is sent on: %o', async (method, status, location, sentOn) => {
  const { url, received } = await serve(({ target }, response) => {
    if (target === '/contacts/101') response.writeHead(status, { location }).end();
    else response.end('{}');
  });
  const sent = { method, url: `${url}/contacts/101`, headers: {} };
  const answer = await transportWith().send(sent, { ...once, followRedirects: () => true });
  expect(answer.status).toBe(sentOn ? 200 : status);
  expect(received.slice(1).map(({ target }) => target)).toEqual(sentOn ? [location] : []);
});
