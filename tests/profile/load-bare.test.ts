import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadProfile, ProfileError, parseProfile } from '../../src/profile/load.ts';

const file = fileURLToPath(new URL('fixtures/proxy-config.json', import.meta.url));
const env = { CRM_READY_API_KEY: 'k-1', CRM_READY_HOSTNAME: 'acme.example', HOME: '/root' };

const bare = (change: Record<string, unknown>) =>
  parseProfile(
    JSON.stringify({
      requestDefaults: { baseUrl: 'https://a.example' },
      operations: { getUserInfo: { url: '/me' } },
      ...change,
    }),
    'my-crm.json',
    { env },
  );

describe('a bare proxyConfig', () => {
  it("is taken as it is, with App Connect's templates and dot paths untouched", async () => {
    const profile = await loadProfile(file, { env });
    expect(profile).toMatchObject({
      language: 'proxyConfig',
      meta: { name: 'acme', displayName: 'Acme', logFormat: 'text/html' },
      auth: {
        type: 'apiKey',
        scheme: 'Basic',
        headerName: 'Authorization',
        credentialTemplate: '{{apiKey}}:',
        encode: 'base64',
      },
      requestDefaults: {
        baseUrl: 'https://api.acme.example/v1',
        timeoutSeconds: 30,
        defaultHeaders: { Accept: 'application/json' },
      },
      settleSeconds: 60,
      limits: { concurrency: 10 },
      region: 'US',
      operations: {
        getUserInfo: {
          kind: 'sequence',
          responseMapping: { namePath: 'body.first-name', platformAdditionalInfoPaths: { tz: 'body.tz' } },
        },
        findContact: {
          kind: 'search',
          requests: [
            {
              method: 'GET',
              query: { phone: '{{phoneNumber}}' },
              responseMapping: { listPath: 'body.0.items', item: { idPath: '$id' } },
            },
          ],
        },
        createCallLog: { kind: 'sequence', steps: [{ body: { text: '{{composedLogDetails}}' } }] },
      },
      notes: [],
    });
  });

  it('keeps the document for the renderer, word for word', async () => {
    const { document } = await loadProfile(file, { env });
    expect(document).toEqual(JSON.parse(await readFile(file, 'utf8')));
  });

  it('takes its credentials from the environment, and nothing else', async () => {
    const { secrets } = await loadProfile(file, { env });
    expect(secrets).toEqual({ CRM_READY_API_KEY: 'k-1', CRM_READY_HOSTNAME: 'acme.example' });
  });

  it('reads OAuth with the client and the tokens of the environment', async () => {
    const { auth } = await parseProfile(
      JSON.stringify({
        auth: {
          type: 'oauth',
          authUrl: 'https://a.example/authorize',
          tokenUrl: 'https://a.example/token',
          clientId: 'from-config',
          scope: 'a b',
        },
        requestDefaults: { baseUrl: 'https://a.example' },
        operations: { getUserInfo: { url: '/me' } },
      }),
      'a.json',
      {
        env: {
          CRM_READY_CLIENT_ID: 'from-env',
          CRM_READY_CLIENT_SECRET: 'cs',
          CRM_READY_REFRESH_TOKEN: 'rt',
        },
      },
    );
    expect(auth).toMatchObject({
      type: 'oauth',
      grant: 'authorization_code',
      clientId: 'from-config',
      clientSecret: 'cs',
      refreshToken: 'rt',
      clientAuth: 'basic',
      redirectUri: 'https://apps.ringcentral.com/integration/ringcentral-embeddable/latest/redirect.html',
    });
  });

  it('is called after its file when it has no name, and authenticates with an API key by default', async () => {
    const profile = await bare({});
    expect(profile.meta).toEqual({ name: 'my-crm', displayName: 'my-crm' });
    expect(profile.auth).toMatchObject({ type: 'apiKey', scheme: 'Basic', encode: 'base64' });
  });

  it('notes keys that App Connect ignores, and how to use those that are ours', async () => {
    const { notes } = await bare({
      vars: { a: 1 },
      operations: {
        getUserInfo: { url: '/me', methd: 'GET', success: 'body.ok' },
        deleteContact: { url: '/x' },
      },
    });
    expect(notes.map(({ message, hint }) => [/`(.*?)`/.exec(message)?.[1], hint])).toEqual([
      ['vars', expect.stringContaining('add `crmReady: 1`')],
      ['operations.deleteContact', expect.stringContaining('add `crmReady: 1`')],
      ['operations.getUserInfo.methd', 'did you mean `method`?'],
      ['operations.getUserInfo.success', expect.stringContaining('add `crmReady: 1`')],
    ]);
  });

  it('notes that no credential was given', async () => {
    const { notes } = await loadProfile(file, { env: {} });
    expect(notes).toMatchObject([
      { message: 'no API key was given', line: 3, column: 3, hint: 'export CRM_READY_API_KEY=…' },
    ]);
  });

  it.each([
    ['operations that are no map', { operations: [] }, '`operations` is not a map'],
    ['no operation at all', { operations: {} }, 'the proxyConfig describes no operation'],
    [
      'an operation without a URL',
      { operations: { getUserInfo: { method: 'GET' } } },
      '`operations.getUserInfo` has no `url`',
    ],
    [
      'a templated base URL',
      { requestDefaults: { baseUrl: 'https://{{hostname}}' } },
      '`requestDefaults.baseUrl` is not an absolute URL',
    ],
    [
      'no base URL for relative URLs',
      { requestDefaults: {} },
      'there is no `requestDefaults.baseUrl`, and operations have relative URLs',
    ],
  ])('is refused for %s', async (_, change, message) => {
    const error = await bare(change).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProfileError);
    expect((error as ProfileError).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('needs no base URL where every operation has an absolute one', async () => {
    await expect(
      bare({ requestDefaults: {}, operations: { getUserInfo: { url: 'https://{{user.hostname}}/me' } } }),
    ).resolves.toMatchObject({
      language: 'proxyConfig',
    });
  });
});
