import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { get, once, post, read, rejection, serve, transportWith } from './server.ts';

describe('a request goes out as it stands', () => {
  it('with its path and query untouched', async () => {
    const { url, received } = await serve((_request, response) => response.end());
    const transport = transportWith();
    const targets = [
      '/a+b?q=+1%2B2%20&x[]=1&y={"z"}',
      '/a/../b',
      '/%2f%2F?',
      '/?a=%zz',
      '?only=query',
      "/'(x)*~!",
    ];
    for (const target of targets) await transport.send(get(url + target), read);
    expect(received.map(({ target }) => target)).toEqual([
      ...targets.slice(0, 4),
      '/?only=query',
      targets[5],
    ]);
    expect(transport.exchanges[0]?.request.url).toBe(url + targets[0]);
  });

  it('but for what cannot stand in a request line', async () => {
    const { url, received } = await serve((_request, response) => response.end());
    await transportWith().send(get(`${url}/a b\r\nX: y/ü?q=é 1#fragment`), read);
    expect(received[0]?.target).toBe('/a%20b%0D%0AX:%20y/%C3%BC?q=%C3%A9%201');
    expect(received).toHaveLength(1);
  });

  it.each(['GET', 'DELETE', 'POST', 'PATCH'])('%s with its body', async (method) => {
    const { url, received } = await serve((_request, response) => response.end());
    await transportWith().send(
      { method, url, headers: { 'content-type': 'application/json' }, body: '{"ü":1}' },
      once,
    );
    expect(received[0]).toMatchObject({ method, body: '{"ü":1}', headers: { 'content-length': '8' } });
  });

  it('with the user agent, unless it has its own', async () => {
    const { url, received } = await serve((_request, response) => response.end());
    const transport = transportWith();
    await transport.send(get(url), read);
    await transport.send(get(url, { 'User-Agent': 'own' }), read);
    expect(received.map(({ headers }) => headers['user-agent'])).toEqual(['crm-ready/test', 'own']);
  });

  it('over a connection that is used again, after a GET with a body too', async () => {
    const { url, received } = await serve((_request, response) => response.end('ok'));
    const transport = transportWith();
    await transport.send({ ...post(url, '{}'), method: 'GET' }, once);
    await transport.send(get(url), read);
    expect(received[0]?.port).toBe(received[1]?.port);
    expect(transport.exchanges[0]?.timing.connectMs).not.toBeNull();
    expect(transport.exchanges[1]?.timing).toMatchObject({ connectMs: null, dnsMs: null });
  });

  it('over one of its own where it changes something: an old one may just be closed', async () => {
    const { url, received } = await serve((_request, response) => response.end('ok'));
    const transport = transportWith();
    for (const request of [get(url), post(url, 'x'), get(url), post(url, 'x')])
      await transport.send(request, once);
    const [first, second, third, fourth] = received.map(({ port }) => port);
    expect(third).toBe(first);
    expect(new Set([first, second, fourth]).size).toBe(3);
  });

  it.each(['/relative', 'ftp://127.0.0.1/', 'https://', 'http://user:pass@127.0.0.1/'])(
    '%s is refused',
    async (url) => {
      const transport = transportWith();
      expect(await rejection(transport.send(get(url), read))).toMatchObject({
        code: 'protocol',
        exchange: null,
      });
      expect(transport.exchanges).toEqual([]);
    },
  );
});

describe('an answer is read', () => {
  const text = JSON.stringify({ name: 'Zoë', list: [1, 2, 3] });
  it.each([
    ['gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['identity', Buffer.from(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
  ])('packed with %s', async (encoding, body) => {
    const { url, received } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body);
    });
    const transport = transportWith();
    const answer = await transport.send(get(url), read);
    expect(answer.json).toEqual({ name: 'Zoë', list: [1, 2, 3] });
    expect(transport.exchanges[0]?.response?.body).toBe(text);
    expect(received[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
  });

  it('as trouble, when it is packed in a way that was not asked for', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'zstd' }).end('xxxx'),
    );
    expect(await rejection(transportWith().send(get(url), read))).toMatchObject({
      code: 'protocol',
      exchange: 1,
    });
  });

  it('in its own charset', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; charset=iso-8859-1' }).end(Buffer.from([0xe9]));
    });
    expect((await transportWith().send(get(url), read)).text).toBe('é');
  });

  it('as JSON whatever its content type, and as undefined otherwise', async () => {
    const bodies = ['\uFEFF{"a":1}', '<html>', ''];
    const { url } = await serve((_request, response, count) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(bodies[count - 1]);
    });
    const transport = transportWith();
    const seen = [];
    for (const _body of bodies) seen.push((await transport.send(get(url), read)).json);
    expect(seen).toEqual([{ a: 1 }, undefined, undefined]);
  });

  it('with repeated headers joined', async () => {
    const { url } = await serve((_request, response) => {
      response
        .writeHead(
          200,
          [
            ['Link', 'a'],
            ['Link', 'b'],
            ['Set-Cookie', 'a=1'],
            ['Set-Cookie', 'b=2'],
          ].flat(),
        )
        .end();
    });
    const { headers } = await transportWith().send(get(url), read);
    expect(headers).toMatchObject({ link: 'a, b', 'set-cookie': 'a=1\nb=2' });
  });
});
