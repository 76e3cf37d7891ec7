import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect, createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  it('is trouble when the file holds none, or a damaged one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crm-ready-ca-'));
    const other = join(folder, 'ca.pem');
    for (const [text, said] of [
      ['no certificate', 'holds no certificate in PEM form'],
      [readFileSync(ca, 'utf8').replace(/\n.{20}/, '\n'), 'holds a damaged certificate'],
    ] as const) {
      writeFileSync(other, text);
      const transport = transportWith({ env: { SSL_CERT_FILE: other } });
      const trouble = await rejection(transport.send(get('https://localhost:1/'), once));
      expect(trouble).toMatchObject({ code: 'tls', message: expect.stringContaining(said) });
    }
    await rm(folder, { recursive: true });
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

  it('carries a client certificate to a host of the profile, and to no other', async () => {
    const [key, cert] = [
      readFileSync(file('client-key.pem'), 'utf8'),
      readFileSync(file('client.pem'), 'utf8'),
    ];
    const shown: boolean[] = [];
    const own = { key: readFileSync(file('server-key.pem')), cert: readFileSync(file('server.pem')) };
    const server = createSecure(
      { ...own, requestCert: true, rejectUnauthorized: false },
      (_request, response) => response.end('safe'),
    );
    server.on('secureConnection', (socket) => shown.push('subject' in socket.getPeerCertificate()));
    const { proxyPort } = await proxyTo(await listen(server));
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, NODE_EXTRA_CA_CERTS: ca };
    for (const allowedHosts of [['crm.example.test'], ['api.example.test']]) {
      const transport = transportWith({ env, allowedHosts, clientCertificate: { key, cert } });
      await transport.send(get('https://crm.example.test/'), once);
    }
    expect(shown).toEqual([true, false]);
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

  it.each([
    ['http://me:secret@:x', 'is not a URL'],
    ['http://me:secret%@proxy', 'is not a URL'],
    ['http://me:secret%ff@proxy', 'is not a URL'],
    ['not a url', 'is not a URL'],
    ['socks5://me:secret@proxy', 'names a proxy of the kind socks5'],
  ])('that cannot be used is said, without showing it: %s', async (proxy, said) => {
    const transport = transportWith({ env: { HTTPS_PROXY: proxy } });
    const trouble = await rejection(transport.send(get('https://crm.example.test/'), once));
    expect(trouble).toMatchObject({
      code: 'protocol',
      message: expect.stringMatching(new RegExp(`^HTTPS_PROXY ${said}((?!secret).)*$`)),
    });
  });

  it.each([
    ['https://crm.example.test/', 'HTTPS_PROXY', 'HTTPS_PROXY'],
    ['https://crm.example.test/', 'HTTP_PROXY', 'HTTP_PROXY'],
    ['http://crm.example.test/', 'HTTP_PROXY', 'HTTP_PROXY'],
  ])('that is dead is named, and not the server: %s with %s', async (url, variable, named) => {
    const env = { [variable]: 'http://me:secret@127.0.0.1:1' };
    const trouble = await rejection(transportWith({ env, allowPlainHttp: true }).send(get(url), once));
    expect(trouble).toMatchObject({
      code: 'connection-refused',
      message: expect.stringMatching(
        new RegExp(`^The proxy 127\\.0\\.0\\.1:1 that ${named} names cannot be reached`),
      ),
    });
  });

  it('through which a connection was lost is named, and only where it was used', async () => {
    const broken = createPlain().on('connect', (_request, socket) => socket.destroy());
    const proxyPort = await listen(broken);
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, NO_PROXY: '0.0.0.0' };
    const transport = transportWith({ env });
    expect(await rejection(transport.send(get('https://crm.example.test/'), once))).toMatchObject({
      message: expect.stringContaining(
        `It was asked through the proxy 127.0.0.1:${proxyPort} (HTTPS_PROXY).`,
      ),
    });
    expect(await rejection(transport.send(get('https://0.0.0.0:1/'), once))).toMatchObject({
      message: expect.stringMatching(/^Nobody answers at 0\.0\.0\.0:1((?!proxy).)*$/),
    });
  });
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
    expect(transport.exchanges[0]?.timing.totalMs).toBeLessThan(4000);
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
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});
