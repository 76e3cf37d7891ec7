import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadProfile, ProfileError, parseProfile } from '../../src/profile/load.ts';

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const env = { ACME_API_KEY: 'k-123', CLIENT_ID: 'id', CLIENT_SECRET: 'se', PASSWORD: 'pw', UNLISTED: 'no' };

describe('a profile of our language', () => {
  it('loads the smallest profile, with every default filled in', async () => {
    const profile = await loadProfile(fixture('acme.yaml'), { env });
    expect(profile).toMatchObject({
      language: 'crm-ready',
      file: 'acme.yaml',
      meta: { name: 'acme', displayName: 'Acme CRM', logFormat: 'text/plain' },
      auth: { type: 'apiKey', scheme: 'Bearer', headerName: 'Authorization', encode: 'none' },
      requestDefaults: { baseUrl: 'https://api.acme.example/v1', timeoutSeconds: 30, defaultHeaders: {} },
      settleSeconds: 60,
      limits: { concurrency: 10 },
      region: 'US',
      fixtures: { contacts: [] },
      notes: [],
    });
    expect(profile.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads the listed environment variables and no others', async () => {
    const profile = await loadProfile(fixture('acme.yaml'), { env });
    expect(profile.secrets).toEqual({ ACME_API_KEY: 'k-123' });
  });

  it('turns one flat request into a sequence of one step, and a flat search into a search of one request', async () => {
    const { operations } = await loadProfile(fixture('acme.yaml'), { env });
    expect(operations.getUserInfo).toEqual({
      kind: 'sequence',
      steps: [{ method: 'GET', url: '/me', headers: {}, query: {}, omitEmpty: false, captures: {} }],
      responseMapping: { idPath: 'body.id', namePath: 'body.name' },
    });
    expect(operations.findContact).toMatchObject({
      kind: 'search',
      requests: [
        { url: '/contacts', responseMapping: { listPath: 'body.contacts', item: { idPath: 'id' } } },
      ],
    });
  });

  it('understands every part of the language', async () => {
    const profile = await loadProfile(fixture('everything.yaml'), { env });
    expect(profile).toMatchObject({
      meta: { displayName: 'everything' },
      auth: {
        grant: 'authorization_code',
        authUrl: 'https://eu.login.example/authorize',
        clientAuth: 'query',
        scheme: 'Bearer',
        scope: '',
        tokenParams: { audience: '7' },
        redirectUri: 'https://apps.ringcentral.com/integration/ringcentral-embeddable/latest/redirect.html',
      },
      credentials: {
        session: { type: 'login', discovers: ['tenant'], query: {} },
        key: { scheme: '', encode: 'none' },
        userKey: { scheme: 'Basic', encode: 'base64', headerName: 'Authorization' },
      },
      hosts: { files: 'https://files.eu.example/api' },
      requestDefaults: {
        baseUrl: 'https://eu.api.example/v1',
        timeoutSeconds: 12,
        defaultHeaders: { Accept: 'application/json', Version: '2', 'X-Run': '{{ runId }}' },
      },
      operations: {
        findContact: {
          kind: 'search',
          requests: [{ type: 'Lead', empty: 'status == `404`' }, { host: 'files' }],
        },
        createContact: { kind: 'notSupported', reason: 'contacts come from the ERP' },
        createCallLog: {
          kind: 'sequence',
          steps: [{ method: 'POST' }, { when: '{{ contactInfo.type }}', omitEmpty: true }],
        },
      },
      settleSeconds: 5,
      limits: { concurrency: 2, requestsPerSecond: 4, maxRequests: 500 },
      region: 'GB',
      fixtures: { contacts: [{ id: '7' }], callLog: { id: '9', contactId: '7' }, messageLog: { id: 'm1' } },
      optOut: { 'activity.long': 'the CRM bills by the character' },
    });
  });

  it('lets the caller override declared variables, and keeps their type', async () => {
    const profile = await loadProfile(fixture('everything.yaml'), {
      env,
      vars: { region: 'us', retries: '5', sandbox: 'true' },
    });
    expect(profile.vars).toEqual({ region: 'us', retries: 5, sandbox: true });
    expect(profile.requestDefaults.baseUrl).toBe('https://us.api.example/v1');
  });

  it('tells where a key stands, and the nearest parent of one that does not exist', async () => {
    const { locate } = await loadProfile(fixture('acme.yaml'), { env });
    expect(locate(['operations', 'createCallLog', 'body'])).toEqual({ line: 25, column: 5 });
    expect(locate(['operations', 'createCallLog', 'captures', 'id'])).toEqual({ line: 22, column: 3 });
    expect(locate(['nothing'])).toEqual({ line: 2, column: 1 });
  });

  it('follows aliases and merged keys to the place where they were written', async () => {
    const { locate } = await loadProfile(fixture('everything.yaml'), { env });
    expect(locate(['requestDefaults', 'defaultHeaders', 'Version'])).toEqual({ line: 3, column: 45 });
  });

  it('reads JSON, a byte order mark and CRLF line ends', async () => {
    const text = JSON.stringify(
      {
        crmReady: 1,
        meta: { name: 'acme' },
        auth: { type: 'none' },
        requestDefaults: { baseUrl: 'http://127.0.0.1:1234' },
        operations: { getUserInfo: { url: '/me' } },
      },
      null,
      2,
    );
    const profile = await parseProfile(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'acme.json', { env });
    expect(profile.locate(['meta', 'name'])).toEqual({ line: 4, column: 5 });
    expect(profile.locate(['crmReady'])).toEqual({ line: 2, column: 3 });
  });

  it('notes a credential that stands in the file, without repeating it', async () => {
    const { notes } = await parseProfile(
      `crmReady: 1\nmeta: { name: a }\nauth: { type: bearer, token: sk-live-99 }\nrequestDefaults: { baseUrl: https://a.example }\noperations: { getUserInfo: { url: / } }\n`,
      'a.yaml',
      { env },
    );
    expect(notes).toMatchObject([
      { line: 3, column: 30, hint: expect.stringContaining('environment variable') },
    ]);
    expect(JSON.stringify(notes)).not.toContain('sk-live-99');
  });

  it('gives two files with different bytes different hashes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crm-ready-'));
    const { readFile } = await import('node:fs/promises');
    const text = await readFile(fixture('acme.yaml'), 'utf8');
    await writeFile(join(folder, 'other.yaml'), `${text}# changed\n`);
    const [one, other] = await Promise.all(
      [fixture('acme.yaml'), join(folder, 'other.yaml')].map((file) => loadProfile(file, { env })),
    );
    expect(one?.hash).not.toBe(other?.hash);
  });
});

describe('a file that cannot be read', () => {
  it('says that there is no such file', async () => {
    const error = await loadProfile('nowhere/acme.yaml', { env }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProfileError);
    expect(String(error)).toMatch(
      /^nowhere\/acme\.yaml:1:1 {2}there is no such file\n {4}expected .*\n {4}next .*profile.md/,
    );
  });

  it('says that it is a folder', async () => {
    await expect(loadProfile(fixture('.'), { env })).rejects.toThrow('this is a folder, not a file');
  });
});
