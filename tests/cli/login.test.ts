import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { addressShown, browse, freePort } from './browser.ts';
import {
  type CommandOptions,
  credentialsOf,
  crmReady,
  folder,
  type Running,
  root,
  start,
} from './command.ts';

const profile = ['--profile', 'profiles/reference.yaml'];

/** The reference CRM, and a user's configuration folder of its own. */
async function setUp(options: Parameters<typeof startSandbox>[0] = {}) {
  const sandbox = await startSandbox(options);
  const config = await folder();
  const common: CommandOptions = { env: { ...credentialsOf(sandbox), XDG_CONFIG_HOME: config } };
  const at = [...profile, '--var', `port=${sandbox.port}`];
  return {
    sandbox,
    config,
    common,
    at,
    tokens: join(config, 'crm-ready', 'tokens'),
    login: async (...more: string[]) => {
      const port = await freePort();
      const redirectUri = `http://127.0.0.1:${port}/callback`;
      const running = start(['login', ...at, '--no-browser', '--redirect-uri', redirectUri, ...more], common);
      return { running, redirectUri, address: await addressShown(running) };
    },
  };
}

async function withSetUp(
  work: (set: Awaited<ReturnType<typeof setUp>>) => Promise<void>,
  options: Parameters<typeof startSandbox>[0] = {},
): Promise<void> {
  const set = await setUp(options);
  try {
    await work(set);
  } finally {
    await set.sandbox.close();
  }
}

describe.concurrent('crm-ready login', () => {
  it('stores the tokens of whoever logs in, tells of them, and forgets them', () =>
    withSetUp(async ({ login, at, common, tokens }) => {
      const { running, redirectUri, address } = await login();
      expect(running.said.stderr).toContain(
        `The CRM must know this redirect URI, to the letter: ${redirectUri}\n`,
      );
      expect((await browse(address)).page).toMatch(/^Signed in\./);
      const { code, stdout } = await running.ended;
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining('Logged in to Reference CRM.'),
      });

      const [name = '', ...others] = await readdir(tokens);
      expect(others).toEqual([]);
      expect(name).toMatch(/^reference-[\da-f]{12}\.json$/);
      expect((await stat(tokens)).mode & 0o777).toBe(0o700);
      expect((await stat(join(tokens, name))).mode & 0o777).toBe(0o600);

      const status = await crmReady(['login', ...at, '--status'], common);
      expect(status).toEqual({
        code: 0,
        stdout: expect.stringContaining('Refresh token: there.'),
        stderr: '',
      });
      const forgotten = await crmReady(['login', ...at, '--forget'], common);
      expect(forgotten).toMatchObject({ code: 0, stdout: expect.stringContaining('is removed') });
      expect(await readdir(tokens)).toEqual([]);
      expect(await crmReady(['login', ...at, '--status'], common)).toMatchObject({
        code: 3,
        stdout: expect.stringContaining('Nobody is logged in to Reference CRM'),
      });
      expect((await crmReady(['login', ...at, '--forget'], common)).stdout).toContain('There was no login');
    }));

  it("--paste takes the address that the browser ended at, with the profile's own redirect URI", () =>
    withSetUp(async ({ at, common }) => {
      const running = start(['login', ...at, '--paste', '--no-browser'], { ...common, stdin: true });
      const address = await addressShown(running);
      const { url } = await browse(address);
      expect(url).toMatch(/^https:\/\/apps\.ringcentral\.com\//);
      running.child.stdin?.write('what?\n');
      running.child.stdin?.write(`${url}\n`);
      const { code, stderr } = await running.ended;
      expect(code).toBe(0);
      expect(stderr).toContain('That did not help: that is no address');
    }));

  it('--token-file and --on-new-token: the file is written where it is wanted, the command gets the token', () =>
    withSetUp(async ({ login, config, tokens }) => {
      const file = join(config, 'ci', 'tokens.json');
      const got = join(config, 'got');
      const { running, address } = await login('--token-file', file, '--on-new-token', `cat > ${got}`);
      await browse(address);
      expect((await running.ended).code).toBe(0);
      const { refreshToken } = JSON.parse(await readFile(file, 'utf8')) as { refreshToken: string };
      expect(await readFile(got, 'utf8')).toBe(refreshToken);
      await expect(readdir(tokens)).rejects.toThrow();
    }));

  it('without --redirect-uri it says that http://localhost:8765/callback is to be registered', () =>
    withSetUp(async ({ at, common }) => {
      const running = start(['login', ...at, '--no-browser', '--timeout', '0.2'], common);
      const { code, stderr } = await running.ended;
      // Another test run on this machine may hold that port; the address is named all the same.
      expect([2, 3]).toContain(code);
      expect(stderr).toContain('http://localhost:8765/callback');
    }));
});

/** What comes back in place of the CRM's honest answer. */
function callbackTo(redirectUri: string, parameters: Record<string, string>): Promise<Response> {
  return fetch(`${redirectUri}?${new URLSearchParams(parameters)}`);
}

const stateOf = (address: string) => new URL(address).searchParams.get('state') ?? '';

describe.concurrent('a login that goes wrong says so in a line, stores nothing, and ends with 2 or 3:', () => {
  const wrong: [
    string,
    (given: { address: string; redirectUri: string; running: Running; sandbox: Sandbox }) => Promise<unknown>,
    number,
    string,
  ][] = [
    [
      'consent is denied',
      ({ address, redirectUri }) =>
        callbackTo(redirectUri, { error: 'access_denied', state: stateOf(address) }),
      3,
      'consent was denied (access_denied)',
    ],
    [
      'another error of the CRM',
      ({ redirectUri }) =>
        callbackTo(redirectUri, { error: 'invalid_scope', error_description: 'no such scope\u001b[2J' }),
      3,
      'the CRM refused the login (invalid_scope: no such scope)',
    ],
    [
      'a state that does not match',
      ({ redirectUri }) => callbackTo(redirectUri, { code: 'Code-1', state: 'guessed' }),
      3,
      'the state that came back is not the one that was sent',
    ],
    [
      'no state at all',
      ({ redirectUri }) => callbackTo(redirectUri, { code: 'Code-1' }),
      3,
      'the CRM drops state, and App Connect cannot sign in either: crm-ready check shows it as oauth.state',
    ],
    [
      'another issuer',
      ({ address, redirectUri }) =>
        callbackTo(redirectUri, { code: 'Code-1', state: stateOf(address), iss: 'https://evil.example' }),
      3,
      'the answer names another issuer (https://evil.example) than the one that was asked\n  If the CRM documents that issuer as its own, add --issuer https://evil.example',
    ],
    [
      'a code that the CRM does not know',
      ({ address, redirectUri }) => callbackTo(redirectUri, { code: 'Code-1', state: stateOf(address) }),
      3,
      'the CRM does not exchange the code for a token (HTTP 400 invalid_grant',
    ],
    [
      'a token endpoint that is gone',
      async ({ address, redirectUri, sandbox }) => {
        await sandbox.close();
        return callbackTo(redirectUri, { code: 'Code-1', state: stateOf(address) });
      },
      3,
      'the token endpoint did not give a token: Nobody answers at',
    ],
  ];
  it.each(wrong)('%s', (_name, act, exit, says) =>
    withSetUp(async ({ login, tokens, sandbox }) => {
      const { running, address, redirectUri } = await login();
      await act({ address, redirectUri, running, sandbox });
      const { code, stdout, stderr } = await running.ended;
      expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
      expect(stderr).toContain(`crm-ready: `);
      expect(stderr).toContain(says);
      expect(stderr).not.toContain('Code-1');
      expect(stderr).not.toContain('\u001b');
      expect(stderr).not.toMatch(/at .*\.js:\d/);
      expect(await readdir(tokens)).toEqual([]);
    }),
  );

  it('a wrong client secret', () =>
    withSetUp(async ({ at, common, tokens }) => {
      const port = await freePort();
      const env = { ...common.env, REFERENCE_CLIENT_SECRET: 'not-the-secret-0815' };
      const running = start(
        ['login', ...at, '--no-browser', '--redirect-uri', `http://127.0.0.1:${port}/callback`],
        { env },
      );
      await browse(await addressShown(running));
      const { code, stderr } = await running.ended;
      expect(code).toBe(2);
      expect(stderr).toContain("the CRM refuses the client's id or secret (HTTP 401 invalid_client");
      expect(stderr).toContain('auth.clientSecret are filled with, or set auth.clientAuth: body. Nothing');
      expect(stderr).not.toContain('0815');
      expect(await readdir(tokens)).toEqual([]);
    }));

  it('a port that is taken', () =>
    withSetUp(async ({ at, common }) => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const ended = await crmReady(
        ['login', ...at, '--no-browser', '--redirect-uri', `http://127.0.0.1:${port}/callback`],
        common,
      );
      server.close();
      expect(ended).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(`cannot listen on 127.0.0.1:${port} (EADDRINUSE)`),
      });
    }));

  it('nobody finishes it', () =>
    withSetUp(async ({ login }) => {
      const { running } = await login('--timeout', '0.3');
      const { code, stderr } = await running.ended;
      expect(code).toBe(3);
      expect(stderr).toContain('nobody finished the login within 0.3 s');
      expect(stderr).toContain('--timeout gives more time');
    }));

  it('nothing is pasted', () =>
    withSetUp(async ({ at, common }) => {
      const { code, stderr } = await crmReady(['login', ...at, '--paste', '--no-browser'], common);
      expect({ code, stderr }).toEqual({
        code: 3,
        stderr: expect.stringContaining('the input ended before an address was pasted'),
      });
    }));

  it.each([
    [['--redirect-uri', 'callback'], '--redirect-uri callback: expected an address'],
    [['--redirect-uri', 'https://apps.example.com/cb'], 'nobody can listen there from this machine'],
    [['--redirect-uri', 'http://127.0.0.1:0/callback'], 'expected a port from 1'],
    [['--browser', '/usr/bin/chromium'], 'describes no login pages'],
    [['--timeout', 'soon'], 'Expected a number of seconds above 0'],
  ])('%j', (more, says) =>
    withSetUp(async ({ at, common }) => {
      const ended = await crmReady(['login', ...at, '--no-browser', ...more], common);
      expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
    }),
  );

  it('a profile without OAuth', async () => {
    const env = { REFERENCE_API_KEY: 'key-0123456789' };
    const { code, stderr } = await crmReady(['login', '--profile', 'profiles/reference-api-key.yaml'], {
      env,
    });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('nobody needs to log in to Reference CRM'),
    });
  });

  it('a token file that is the profile, which stays as it was', () =>
    withSetUp(async ({ common, at, config }) => {
      const file = join(config, 'crm.yaml');
      const text = await readFile(join(root, 'profiles/reference.yaml'), 'utf8');
      await writeFile(file, text);
      const words = ['login', '--profile', file, ...at.slice(2), '--no-browser', '--token-file', file];
      const says = `crm-ready: --token-file ${file} would overwrite the profile ${file} that is read: name another file\n`;
      expect(await crmReady(words, common)).toEqual({ code: 2, stdout: '', stderr: says });
      expect(await readFile(file, 'utf8')).toBe(text);
    }));

  it('--forget of a file that holds no tokens', () =>
    withSetUp(async ({ at, common, config }) => {
      const file = join(config, 'letter.txt');
      await writeFile(file, 'Dear Jane');
      const ended = await crmReady(['login', ...at, '--forget', '--token-file', file], common);
      expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no tokens') });
      expect(await readFile(file, 'utf8')).toBe('Dear Jane');
    }));

  it('--forget of a login that was damaged', () =>
    withSetUp(async ({ at, common, tokens }) => {
      await mkdir(tokens, { recursive: true });
      const named = (await crmReady(['login', ...at, '--status'], common)).stdout;
      const file = /there is no (\S+)/.exec(named)?.[1] ?? '';
      await writeFile(file, '');
      const ended = await crmReady(['login', ...at, '--forget'], common);
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('is forgotten') });
      expect(await readdir(tokens)).toEqual([]);
    }));

  it('a token file that cannot be written, before anybody is asked', () =>
    withSetUp(async ({ at, common, config }) => {
      await writeFile(join(config, 'file'), '');
      const file = join(config, 'file', 'tokens.json');
      const ended = await crmReady(['login', ...at, '--no-browser', '--token-file', file], common);
      expect(ended).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^crm-ready: the tokens cannot be written to/),
      });
      const toFolder = await crmReady(['login', ...at, '--no-browser', '--token-file', config], common);
      expect(toFolder).toMatchObject({ code: 2, stderr: expect.stringContaining(`${config} is a folder`) });
    }));
});
