import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClientCertificate } from '../../src/http/client-certificate.ts';
import { get, listen, once, read, rejection, transportWith } from './server.ts';

const file = (name: string) => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));
const pem = (name: string) => readFileSync(file(name), 'utf8');
const env = { NODE_EXTRA_CA_CERTS: file('ca.pem') };
const passphrase = 'open-sesame';
const clientCertificate = readClientCertificate(file('client.pem'), file('client-key.pem'), undefined);

/** A server that lets in only who shows the client certificate, or who wants to see one and lets everybody in. */
async function serveTls({ demand, maxVersion = 'TLSv1.3' }: { demand: boolean; maxVersion?: SecureVersion }) {
  const certificates = { key: pem('server-key.pem'), cert: pem('server.pem'), ca: pem('client.pem') };
  const shown: boolean[] = [];
  const server = createServer(
    { ...certificates, requestCert: true, rejectUnauthorized: demand, maxVersion },
    (_request, response) => response.end('safe'),
  );
  server.on('secureConnection', (socket) => shown.push('subject' in socket.getPeerCertificate()));
  return { port: await listen(server), shown };
}

describe('a server that demands a client certificate', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('lets in who shows it, in %s', async (maxVersion) => {
    const { port } = await serveTls({ demand: true, maxVersion });
    const transport = transportWith({ env, clientCertificate });
    await expect(transport.send(get(`https://localhost:${port}/`), read)).resolves.toMatchObject({
      text: 'safe',
    });
    expect(JSON.stringify(transport.exchanges)).not.toMatch(/BEGIN|certificate/i);
  });

  it.each([
    ['none', 'TLSv1.2', undefined],
    ['none', 'TLSv1.3', undefined],
    ['another', 'TLSv1.2', { cert: pem('server.pem'), key: pem('server-key.pem') }],
    ['another', 'TLSv1.3', { cert: pem('server.pem'), key: pem('server-key.pem') }],
  ] as const)('is trouble with a hint for who shows %s, in %s', async (_, maxVersion, other) => {
    const { port } = await serveTls({ demand: true, maxVersion });
    const transport = transportWith({ env, ...(other && { clientCertificate: other }) });
    const trouble = await rejection(transport.send(get(`https://localhost:${port}/`), once));
    expect(trouble).toMatchObject({ message: expect.stringContaining('--client-cert') });
  });

  it('is shown nothing where the profile does not name it', async () => {
    const { port, shown } = await serveTls({ demand: false });
    const transport = transportWith({ env, clientCertificate, allowedHosts: ['127.0.0.1'] });
    for (const host of ['localhost', '127.0.0.1'])
      await transport.send(get(`https://${host}:${port}/`), once);
    expect(shown).toEqual([false, true]);
  });
});

it('a connection that breaks in the middle of an answer hints at no certificate', async () => {
  const certificates = { key: pem('server-key.pem'), cert: pem('server.pem') };
  const port = await listen(
    createServer(certificates, (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    }),
  );
  const trouble = await rejection(transportWith({ env }).send(get(`https://localhost:${port}/`), once));
  expect(trouble).toMatchObject({
    code: 'connection-lost',
    message: expect.not.stringContaining('certificate'),
  });
});

describe('the files of a client certificate', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crm-ready-certificates-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('may be one, and the key may be encrypted', () => {
    const both = join(folder, 'both.pem');
    writeFileSync(both, pem('client-key.pem') + pem('client.pem'));
    const opened = [
      readClientCertificate(both, both, undefined),
      readClientCertificate(file('client.pem'), file('client-key-encrypted.pem'), passphrase),
    ];
    for (const { key } of opened) expect(key).toBe(pem('client-key.pem'));
  });

  it.each([
    [
      'a missing certificate',
      'no.pem',
      'client-key.pem',
      undefined,
      /--client-cert names .*no\.pem, which cannot be read/,
    ],
    [
      'a missing key',
      'client.pem',
      'no.pem',
      undefined,
      /--client-key names .*no\.pem, which cannot be read/,
    ],
    [
      'a key in place of a certificate',
      'client-key.pem',
      'client-key.pem',
      undefined,
      /no certificate in PEM form.*openssl pkcs12/,
    ],
    [
      'a certificate in place of a key',
      'client.pem',
      'client.pem',
      undefined,
      /--client-key .* no private key in PEM form/,
    ],
    [
      'the key of another certificate',
      'client.pem',
      'server-key.pem',
      undefined,
      /does not belong to the first certificate/,
    ],
    [
      'an encrypted key without a passphrase',
      'client.pem',
      'client-key-encrypted.pem',
      undefined,
      /is encrypted: .*CRM_READY_CLIENT_KEY_PASSPHRASE/,
    ],
    [
      'a wrong passphrase',
      'client.pem',
      'client-key-encrypted.pem',
      'wrong-sesame',
      /does not open the key((?!wrong-sesame).)*$/,
    ],
  ])('%s is said', (_, cert, key, phrase, message) => {
    expect(() => readClientCertificate(file(cert), file(key), phrase)).toThrow(message);
  });

  it('that are damaged are said', () => {
    const damaged = join(folder, 'damaged.pem');
    writeFileSync(
      damaged,
      pem('client-key.pem').replace(/\n.{20}/, '\n') + pem('client.pem').replace(/\n.{20}/, '\n'),
    );
    expect(() => readClientCertificate(file('client.pem'), damaged, undefined)).toThrow('is damaged');
    expect(() => readClientCertificate(damaged, file('client-key.pem'), undefined)).toThrow('is damaged');
  });
});
