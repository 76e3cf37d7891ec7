import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { handTo } from '../../src/cli/new-token-command.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { rejection } from '../http/server.ts';
import { addressShown, browse, freePort } from './browser.ts';
import {
  type CommandOptions,
  credentialsOf,
  crmReady,
  folder,
  marksIn,
  parseReport,
  start,
  steady,
} from './command.ts';

interface Stored {
  accessToken: string | null;
  refreshToken: string | null;
  expiresAt: string | null;
}

interface LoggedIn {
  sandbox: Sandbox;
  common: CommandOptions & { env: Record<string, string> };
  at: string[];
  file: string;
  stored(): Promise<Stored>;
  change(changes: Partial<Stored> & Record<string, unknown>): Promise<void>;
}

/** The reference CRM, to which somebody has logged in. */
async function loggedIn(
  work: (set: LoggedIn) => Promise<void>,
  options: Parameters<typeof startSandbox>[0] = {},
): Promise<void> {
  const sandbox = await startSandbox(options);
  try {
    const config = await folder();
    const common = { env: { ...credentialsOf(sandbox), XDG_CONFIG_HOME: config } };
    const at = ['--profile', 'profiles/reference.yaml', '--var', `port=${sandbox.port}`];
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    const running = start(['login', ...at, '--no-browser', '--redirect-uri', redirectUri], common);
    await browse(await addressShown(running));
    expect((await running.ended).code).toBe(0);
    const tokens = join(config, 'crm-ready', 'tokens');
    const [name = ''] = await readdir(tokens);
    const file = join(tokens, name);
    const stored = async () => JSON.parse(await readFile(file, 'utf8')) as Stored;
    await work({
      sandbox,
      common,
      at,
      file,
      stored,
      change: async (changes) => writeFile(file, JSON.stringify({ ...(await stored()), ...changes })),
    });
  } finally {
    await sandbox.close();
  }
}

const past = new Date(Date.now() - 60_000).toISOString();
const quick = ['--revoke-wait', '0', ...steady.split(' ')];
const small = ['--only', 'user.name,oauth.refresh', '--report', 'json'];

/** `check --report json`, and the verdicts of its report. */
async function verdicts(words: readonly string[], options: CommandOptions) {
  const { code, stdout, stderr } = await crmReady(['check', ...words], options);
  const report = parseReport(stdout);
  const of = new Map(report.checks.map(({ id, verdict, summary }) => [id, { verdict, summary }]));
  return { code, stderr, of, report };
}

describe('a check with a stored login', () => {
  it('uses it, shows a refresh that is written back, and does not end the session', () =>
    loggedIn(async ({ at, common, file, stored, sandbox }) => {
      const before = await stored();
      const { of, report } = await verdicts([...at, ...quick, '--report', 'json'], common);
      expect(of.get('auth.accepted')?.verdict).toBe('pass');
      expect(of.get('oauth.refresh')?.verdict).toBe('pass');
      const evidence = report.checks.find(({ id }) => id === 'oauth.refresh')?.exchanges ?? [];
      const shown = report.exchanges.filter(({ id }) => evidence.includes(id)).map(({ intent }) => intent);
      expect(shown).toContain('token request (refresh_token)');
      expect(of.get('activity.update')?.verdict).toBe('pass');
      // The credential counts as handed in.
      expect(of.get('logout.endpoint')?.verdict).toBe('inconclusive');
      expect(of.get('oauth.code-exchange')?.verdict).toBe('inconclusive');
      expect(sandbox.requests.filter(({ path }) => path === '/oauth/token/revocation')).toEqual([]);

      const after = await stored();
      expect(after.refreshToken).not.toBe(before.refreshToken);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const again = await verdicts([...at, ...small], common);
      expect(again.of.get('user.name')?.verdict).toBe('pass');
    }));

  it('leaves the refresh token alone where the access token is good and the refresh is not asked about', () =>
    loggedIn(async ({ at, common, stored }) => {
      const before = await stored();
      const { of } = await verdicts([...at, '--only', 'user.name', '--report', 'json'], common);
      expect(of.get('user.name')?.verdict).toBe('pass');
      expect(await stored()).toEqual(before);
    }));

  it('is refreshed where it has expired, and `clean` can use it too', () =>
    loggedIn(async ({ at, common, stored, change, sandbox }) => {
      await change({ accessToken: 'expired-0123456789', expiresAt: past });
      const state = await folder();
      const { of } = await verdicts([...at, '--only', 'contact.create', '--keep', '--report', 'json'], {
        ...common,
        state,
      });
      expect(of.get('contact.create')?.verdict).toBe('pass');
      expect((await stored()).accessToken).not.toBe('expired-0123456789');
      expect(marksIn(sandbox)).toHaveLength(1);
      await change({ expiresAt: past });
      expect(await crmReady(['clean', '--var', `port=${sandbox.port}`], { ...common, state })).toMatchObject({
        code: 0,
      });
      expect(marksIn(sandbox)).toEqual([]);
    }));

  it('that the CRM no longer takes says so, and blames no requirement', () =>
    loggedIn(async ({ at, common, change }) => {
      await change({ accessToken: null, refreshToken: 'spent-elsewhere-0123456789' });
      const { code, of, stderr } = await verdicts([...at, ...small], common);
      expect(code).toBe(3);
      for (const id of ['user.name', 'oauth.refresh']) {
        expect(of.get(id)).toEqual({
          verdict: 'inconclusive',
          summary: expect.stringContaining('the stored refresh token is refused (HTTP 400 invalid_grant'),
        });
      }
      expect(stderr).not.toContain('spent-elsewhere');
    }));

  it('whose access token the CRM has ended is refreshed, by `check` and by `clean`', () =>
    loggedIn(async ({ at, common, stored, change, sandbox }) => {
      const state = await folder();
      const dead = 'ended-early-0123456789';
      for (const expiresAt of [new Date(Date.now() + 3_600_000).toISOString(), null]) {
        await change({ accessToken: dead, expiresAt });
        const words = ['--only', 'user.name,oauth.metadata,contact.create', '--keep', '--report', 'json'];
        const { of } = await verdicts([...at, ...words], { ...common, state });
        expect(of.get('user.name')?.verdict).toBe('pass');
        expect((await stored()).accessToken).not.toBe(dead);

        await change({ accessToken: dead, expiresAt });
        const cleaned = await crmReady(['clean', '--var', `port=${sandbox.port}`], { ...common, state });
        expect(cleaned.code).toBe(0);
        expect(marksIn(sandbox)).toEqual([]);
      }
    }));

  it('that cannot be refreshed either: `clean` says to log in again', () =>
    loggedIn(async ({ at, common, change, sandbox }) => {
      const state = await folder();
      await crmReady(['check', ...at, '--only', 'contact.create', '--keep'], { ...common, state });
      for (const refreshToken of ['spent-elsewhere-0123456789', null]) {
        await change({ accessToken: 'ended-early-0123456789', refreshToken });
        const { code, stdout } = await crmReady(['clean', '--var', `port=${sandbox.port}`], {
          ...common,
          state,
        });
        expect(code).toBe(4);
        expect(stdout).toContain('log in again (crm-ready login)');
      }
    }));

  it('two runs at once do not lose a refresh token that works once', () =>
    loggedIn(
      async ({ at, common, stored, change, sandbox }) => {
        const before = await stored();
        await change({ expiresAt: past });
        const runs = await Promise.all([1, 2].map(() => verdicts([...at, ...small], common)));
        for (const { of } of runs) expect(of.get('user.name')?.verdict).toBe('pass');
        const refreshes = runs.map(({ of }) => of.get('oauth.refresh')?.verdict);
        expect(refreshes).toContain('pass');
        expect(refreshes.filter((verdict) => verdict !== 'pass' && verdict !== 'inconclusive')).toEqual([]);

        await change({ expiresAt: past });
        const third = await verdicts([...at, ...small], common);
        expect(third.of.get('oauth.refresh')?.verdict).toBe('pass');

        // This CRM is one where a second use of a refresh token ends the whole grant: what was above would have shown it.
        const { clientId, clientSecret } = sandbox.credentials;
        const reuse = await fetch(`${sandbox.url}/oauth/token`, {
          method: 'POST',
          headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token: before.refreshToken ?? '',
          }),
        });
        expect(reuse.status).toBe(400);
        const last = await verdicts([...at, ...small], common);
        expect(last.of.get('user.name')?.verdict).toBe('inconclusive');
      },
      { latencyMs: 150 },
    ));
});

describe.concurrent('--on-new-token', () => {
  it('gets each new refresh token on its stdin, and shows nothing of it', () =>
    loggedIn(async ({ at, common, stored }) => {
      const got = join(await folder(), 'got');
      // A careless command, which prints what it gets.
      const command = `tee ${got}; cat ${got} >&2`;
      const { code, stdout, stderr } = await crmReady(
        ['check', ...at, ...small, '--on-new-token', command],
        common,
      );
      const { refreshToken } = await stored();
      expect(await readFile(got, 'utf8')).toBe(refreshToken);
      expect(code).toBe(3);
      expect(stdout + stderr).not.toContain(refreshToken);
    }));

  it('that fails is told of after the report, redacted, and ends with 2', () =>
    loggedIn(async ({ at, common, stored }) => {
      const { code, stdout, stderr } = await crmReady(
        ['check', ...at, ...small, '--on-new-token', 'echo "no room for $(cat)" >&2; exit 7'],
        common,
      );
      expect(code).toBe(2);
      expect(parseReport(stdout).checks.find(({ id }) => id === 'oauth.refresh')?.verdict).toBe('pass');
      expect(stderr).toContain('--on-new-token: the command ended with 7: no room for ‹redacted›');
      expect(stderr).not.toContain((await stored()).refreshToken);
    }));

  it('shows nothing of a token that stands behind much else in what a failing command says', async () => {
    const token = `token-${'a1B2c3'.repeat(500)}`;
    for (const before of [0, 1500, 1990]) {
      const command = `{ printf '%${before}s' '' | tr ' ' .; cat; } >&2; exit 7`;
      const said = await rejection(handTo(command)(token));
      expect(String(said)).toContain('the command ended with 7');
      expect(String(said)).not.toContain(token.slice(0, 8));
    }
  });

  it('hears of a refresh token that the profile hands in, once it is replaced', () =>
    loggedIn(async ({ common, stored, sandbox }) => {
      const work = await folder();
      const text = await readFile('profiles/reference.yaml', 'utf8');
      const own = text
        .replace('[REFERENCE_CLIENT_ID,', '[REFRESH, REFERENCE_CLIENT_ID,')
        .replace('  clientId:', '  refreshToken: "{{ secrets.REFRESH }}"\n  clientId:');
      await writeFile(join(work, 'own.yaml'), own);
      const { refreshToken } = await stored();
      const words = ['--profile', join(work, 'own.yaml'), '--var', `port=${sandbox.port}`, ...small];
      const { code, of } = await verdicts([...words, '--on-new-token', `cat > ${join(work, 'got')}`], {
        env: { ...common.env, REFRESH: refreshToken ?? '' },
      });
      expect(code).toBe(3);
      expect(of.get('oauth.refresh')?.verdict).toBe('pass');
      const got = await readFile(join(work, 'got'), 'utf8');
      expect(got).not.toBe(refreshToken);
      expect(got.length).toBeGreaterThan(20);
    }));
});

describe('a token file that cannot be used ends the check before anything is sent, and says what to do:', () => {
  it('the stored one', () =>
    loggedIn(async ({ at, common, file, stored, change, sandbox }) => {
      const good = await stored();
      const cases: [() => Promise<unknown>, string, string][] = [
        [() => chmod(file, 0o640), '(mode 0640)', `chmod 600 ${file}`],
        [() => writeFile(file, '{"refreshToken": "half-a-token-0123'), 'it is not JSON', 'Log in again'],
        [() => writeFile(file, '[]'), 'it is no object', 'Log in again'],
        [
          () => writeFile(file, JSON.stringify({ ...good, version: 2 })),
          'another version (2)',
          'Update crm-ready',
        ],
        [() => writeFile(file, JSON.stringify({ ...good, version: 'x' })), 'another version', 'Log in again'],
        [
          () => writeFile(file, JSON.stringify({ ...good, accessToken: 7 })),
          'no text under "accessToken"',
          'Log in',
        ],
        [
          () => writeFile(file, JSON.stringify({ ...good, accessToken: null, refreshToken: null })),
          'there is no token in it',
          'Log in again',
        ],
        [
          () => writeFile(file, JSON.stringify({ ...good, expiresAt: 'soon' })),
          '"expiresAt" is no time',
          'Log in',
        ],
        [
          () => writeFile(file, JSON.stringify({ ...good, tokenUrl: 'https://evil.example/token' })),
          'for another token endpoint',
          'log in again',
        ],
        [
          () => writeFile(file, JSON.stringify({ ...good, clientId: 'other' })),
          'for another client id',
          'log in again',
        ],
      ];
      for (const [spoil, says, hint] of cases) {
        await spoil();
        const asked = sandbox.requests.length;
        const { code, stdout, stderr } = await crmReady(['check', ...at, ...small], common);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain(says);
        expect(stderr).toContain(hint);
        for (const secret of [good.accessToken, good.refreshToken, 'half-a-token'])
          expect(stderr).not.toContain(secret);
        expect(sandbox.requests).toHaveLength(asked);
        await chmod(file, 0o600);
      }
      await change({});
    }));

  it('--report json=FILE, where FILE has the tokens', () =>
    loggedIn(async ({ at, common, file, sandbox }) => {
      const asked = sandbox.requests.length;
      const text = await readFile(file, 'utf8');
      for (const named of [[], ['--token-file', file]]) {
        const words = ['check', ...at, ...named, '--only', 'user.name', '--report', `json=${file}`];
        const { code, stderr } = await crmReady(words, common);
        const says = `would overwrite the token file ${file} that is read: name another file`;
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(says) });
        expect(await readFile(file, 'utf8')).toBe(text);
      }
      expect(sandbox.requests).toHaveLength(asked);
    }));

  it('--token-file', () =>
    loggedIn(async ({ at, common }) => {
      const work = await folder();
      await mkdir(join(work, 'sub'));
      const key = ['--profile', 'profiles/reference-api-key.yaml'];
      const cases: [string[], string][] = [
        [[...at, '--token-file', join(work, 'none.json')], 'there is no such file'],
        [[...at, '--token-file', join(work, 'sub')], 'is a folder'],
        [[...key, '--token-file', join(work, 'none.json')], 'does not sign in with an authorization code'],
        [[...key, '--on-new-token', 'cat'], 'does not sign in with an authorization code'],
      ];
      for (const [words, says] of cases) {
        const ended = await crmReady(['check', ...words], common);
        expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
      }
    }));
});
