import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crmReady, folder, parseReport, root } from './command.ts';

const certificates = join(root, 'tests/http/certificates');
const pem = (name: string) => readFileSync(join(certificates, name), 'utf8');
const certificate = `--client-cert ${certificates}/client.pem`;
const encrypted = `${certificate} --client-key ${certificates}/client-key-encrypted.pem`;

/** A profile of a CRM at this address that has a user and nothing else. */
async function profileOf(baseUrl: string): Promise<string> {
  const file = join(await folder(), 'p.yaml');
  await writeFile(
    file,
    `crmReady: 1
meta: { name: guarded, displayName: Guarded CRM, logFormat: text/plain }
secrets: [KEY]
auth: { type: bearer, token: "{{ secrets.KEY }}" }
requestDefaults: { baseUrl: "${baseUrl}" }
operations:
  getUserInfo: { url: /me, responseMapping: { idPath: body.id, namePath: body.name } }
`,
  );
  return file;
}

describe.concurrent('what leads out of this machine is looked at before anybody is asked', () => {
  it.each([
    ['', { HTTPS_PROXY: 'not a url' }, /^crm-ready: HTTPS_PROXY is not a URL/],
    ['', { HTTPS_PROXY: 'socks5://127.0.0.1:1' }, /^crm-ready: HTTPS_PROXY names a proxy of the kind socks5/],
    [
      '',
      { SSL_CERT_FILE: join(root, 'package.json') },
      /^crm-ready: SSL_CERT_FILE .* no certificate in PEM form/,
    ],
    [`--client-key ${certificates}/client-key.pem`, {}, /^crm-ready: --client-key belongs to a certificate/],
    ['--client-cert nowhere.pem', {}, /^crm-ready: --client-cert names nowhere\.pem, which cannot be read/],
    [certificate, {}, /^crm-ready: --client-key names .* no private key in PEM form/],
    [encrypted, {}, /^crm-ready: the key in .* is encrypted/],
    [
      encrypted,
      { CRM_READY_CLIENT_KEY_PASSPHRASE: 'wrong-sesame' },
      /^crm-ready: the passphrase in CRM_READY_CLIENT_KEY_PASSPHRASE does not open((?!wrong-sesame)[\s\S])*$/,
    ],
  ])('%s %j', async (options, env: Record<string, string>, said) => {
    const profile = await profileOf('https://crm.example.test');
    const ended = await crmReady(`check -p ${profile} --yes --only user.name ${options}`, {
      env: { KEY: 'key-123456', ...env },
    });
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(said) });
  });
});

describe('a CRM that demands a client certificate', () => {
  const server = createServer(
    {
      key: pem('server-key.pem'),
      cert: pem('server.pem'),
      ca: pem('client.pem'),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      const known = request.headers.authorization === 'Bearer key-123456';
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
      response.end(known ? '{"id":"7","name":"Ann Agent"}' : '{"error":"unauthorized"}');
    },
  );
  let profile: string;
  const env = {
    KEY: 'key-123456',
    NODE_EXTRA_CA_CERTS: join(certificates, 'ca.pem'),
    CRM_READY_CLIENT_KEY_PASSPHRASE: 'open-sesame',
  };
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    profile = await profileOf(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const check = (options: string, state?: string) =>
    crmReady(`check -p ${profile} --yes --only current-user --report json ${options}`, {
      env,
      ...(state !== undefined && { state }),
    });

  it('is checked with it; neither key nor passphrase is told or kept', async () => {
    const state = await folder();
    const { stdout, stderr } = await check(encrypted, state);
    const report = parseReport(stdout);
    expect(report.checks.find(({ id }) => id === 'user.name')).toMatchObject({ verdict: 'pass' });
    const kept = await readdir(state, { recursive: true, withFileTypes: true });
    const files = kept.filter((entry) => entry.isFile());
    const texts = await Promise.all(
      files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
    );
    const [, keyLine = ''] = pem('client-key.pem').split('\n');
    for (const text of [stdout, stderr, ...texts]) {
      expect(text).not.toContain('open-sesame');
      expect(text).not.toContain(keyLine.slice(0, 30));
      expect(text).not.toContain('PRIVATE KEY');
    }
  });

  it('is trouble without, with a hint', async () => {
    const { code, stdout } = await check('');
    expect(code).toBe(3);
    expect(stdout).toContain('It may want a client certificate, or another one: name it with --client-cert');
  });
});
