import { readFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect, createServer as createTcp } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { get, listen, once, post, read, rejection, serve, transportWith } from './server.ts';

const file = (name: string) => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));
const ca = file('ca.pem');

async function serveTls(): Promise<number> {
  const pem = (name: string) => readFileSync(file(name));
  return listen(
    createSecure({ key: pem('server-key.pem'), cert: pem('server.pem') }, (_request, response) =>
      response.end('safe'),
    ),
  );
}

describe('a certificate of a company', () => {
  it.each(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])(
    'is trusted when %s names its authority',
    async (variable) => {
      const port = await serveTls();
      const transport = transportWith({ env: { [variable]: ca } });
      await expect(transport.send(get(`https://localhost:${port}/`), read)).resolves.toMatchObject({
        text: 'safe',
      });
    },
  );

  it('is trouble otherwise, and the message says what to do', async () => {
    const port = await serveTls();
    const trouble = await rejection(transportWith().send(get(`https://localhost:${port}/`), read));
    expect(trouble).toMatchObject({ code: 'tls', message: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
  });

  it('is trouble under another name', async () => {
    const { proxyPort } = await proxyTo(await serveTls());
    const env = { NODE_EXTRA_CA_CERTS: ca, HTTPS_PROXY: `http://127.0.0.1:${proxyPort}` };
    const trouble = await rejection(transportWith({ env }).send(get('https://other.example.test/'), read));
    expect(trouble).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('another name than other.example.test'),
    });
  });

  it('is trouble when the file cannot be read, and only for https', async () => {
    const { url } = await serve((_request, response) => response.end());
    const transport = transportWith({ env: { SSL_CERT_FILE: '/nowhere/ca.pem' } });
    await expect(transport.send(get(url), read)).resolves.toMatchObject({ status: 200 });
    const trouble = await rejection(transport.send(get('https://localhost:1/'), read));
    expect(trouble).toMatchObject({ code: 'tls', message: expect.stringContaining('SSL_CERT_FILE') });
  });

  it('is not asked for by a server that speaks plain http on its https port', async () => {
    const { port } = await serve((_request, response) => response.end());
    expect(await rejection(transportWith().send(get(`https://localhost:${port}/`), once))).toMatchObject({
      code: 'tls',
    });
  });
});

/** A forward proxy that sends every tunnel to one port of this machine. */
async function proxyTo(port: number, options: { password?: string } = {}) {
  const seen: string[] = [];
  const server = createPlain((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('by the proxy');
  });
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    const wanted = options.password === undefined ? undefined : `Basic ${btoa(`me:${options.password}`)}`;
    if (request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => upstream.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return { proxyPort: await listen(server), seen };
}

describe('a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])('is used for https when %s names it', async (variable) => {
    const { proxyPort, seen } = await proxyTo(await serveTls(), { password: 'pr0xy-p4ss' });
    const transport = transportWith({
      env: { [variable]: `http://me:pr0xy-p4ss@127.0.0.1:${proxyPort}`, NODE_EXTRA_CA_CERTS: ca },
    });
    await expect(transport.send(get('https://crm.example.test/'), read)).resolves.toMatchObject({
      text: 'safe',
    });
    expect(seen).toEqual(['CONNECT crm.example.test:443']);
    expect(transport.redaction.text('pr0xy-p4ss')).toBe('‹redacted›');
  });

  it('that wants a password is trouble with a hint', async () => {
    const { proxyPort } = await proxyTo(1, { password: 'pr0xy-p4ss' });
    const transport = transportWith({ env: { HTTPS_PROXY: `127.0.0.1:${proxyPort}` } });
    const trouble = await rejection(transport.send(get('https://crm.example.test/'), read));
    expect(trouble).toMatchObject({ code: 'connection-refused', message: expect.stringContaining('407') });
  });

  it('gets plain http in absolute form', async () => {
    const { proxyPort, seen } = await proxyTo(1);
    const transport = transportWith({
      env: { HTTP_PROXY: `http://127.0.0.1:${proxyPort}` },
      allowPlainHttp: true,
    });
    await expect(transport.send(get('http://crm.example.test/a+b?c'), read)).resolves.toMatchObject({
      text: 'by the proxy',
    });
    expect(seen).toEqual(['GET http://crm.example.test/a+b?c']);
  });

  it('is not used for hosts in NO_PROXY', async () => {
    const { port } = await serve((_request, response) => response.end('direct'));
    const { proxyPort, seen } = await proxyTo(1);
    // This machine by an address that is not known as such.
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxyPort}`, NO_PROXY: 'other.test,0.0.0.0' };
    const transport = transportWith({ env, allowPlainHttp: true });
    await expect(transport.send(get(`http://0.0.0.0:${port}/`), once)).resolves.toMatchObject({
      text: 'direct',
    });
    expect(seen).toEqual([]);
  });

  it('is never used for this machine', async () => {
    const { url } = await serve((_request, response) => response.end('direct'));
    const { proxyPort, seen } = await proxyTo(1);
    const transport = transportWith({ env: { HTTP_PROXY: `http://127.0.0.1:${proxyPort}` } });
    await expect(transport.send(post(url, 'x'), once)).resolves.toMatchObject({ text: 'direct' });
    expect(seen).toEqual([]);
  });

  it.each(['http://me:secret@:x', 'http://me:secret%@proxy'])(
    'that is no URL is said at once, without showing it',
    (proxy) => {
      expect(() => transportWith({ env: { HTTPS_PROXY: proxy } })).toThrow(
        /^HTTPS_PROXY is not a URL((?!secret).)*$/,
      );
    },
  );
});

describe('a connection that is never made', () => {
  /** Takes connections and says nothing, so that a TLS handshake never ends. */
  async function silent() {
    const server = createTcp((socket) => void socket.on('error', () => {}).resume());
    const connected = new Promise((resolve) => server.once('connection', resolve));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return { url: `https://127.0.0.1:${port}/`, connected, server };
  }

  it('ends with the time-out', async () => {
    const { url, server } = await silent();
    const transport = transportWith({ timeoutMs: 80 });
    const trouble = await rejection(transport.send(get(url), read));
    expect(trouble).toMatchObject({ code: 'timeout', message: expect.stringContaining('0.08 s') });
    expect(transport.exchanges[0]?.timing.totalMs).toBeLessThan(1000);
    server.close();
  });

  it('does not outlive the run', async () => {
    const { url, connected, server } = await silent();
    const transport = transportWith();
    const sent = rejection(transport.send(get(url), read));
    await connected;
    const begun = performance.now();
    await transport.close();
    expect(await sent).toMatchObject({ code: 'cancelled' });
    // The server closes when the last connection is gone.
    await new Promise((resolve) => server.close(resolve));
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
