import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { oidcClient, oidcRedirectUri, startOidcServer } from '../auth/oidc-server.ts';
import { crmReady, folder, parseReport } from './command.ts';

vi.spyOn(console, 'warn').mockImplementation(() => {});
vi.spyOn(console, 'info').mockImplementation(() => {});

const chromium = '/usr/bin/chromium';
const env = { CLIENT_SECRET: oidcClient.secret, PASSWORD: 'correct-horse-7-battery' };

/** A profile of oidc-provider with its own login pages. */
async function profileOf(url: string, more: object = {}): Promise<string> {
  const profile = {
    crmReady: 1,
    meta: { name: 'oidc' },
    secrets: ['CLIENT_SECRET', 'PASSWORD'],
    auth: {
      type: 'oauth',
      authUrl: `${url}/auth`,
      tokenUrl: `${url}/token`,
      clientId: oidcClient.id,
      clientSecret: '{{ secrets.CLIENT_SECRET }}',
      redirectUri: oidcRedirectUri,
      scope: 'openid',
      loginPages: [
        { fill: { login: 'dana', password: '{{ secrets.PASSWORD }}' }, submit: 'Sign-in' },
        { submit: 'Continue', optional: true },
      ],
      ...more,
    },
    requestDefaults: { baseUrl: url },
    operations: {
      getUserInfo: { url: '/me', responseMapping: { idPath: 'body.sub', namePath: 'body.sub' } },
    },
  };
  const file = join(await folder(), 'profile.json');
  await writeFile(file, JSON.stringify(profile));
  return file;
}

describe('a profile that describes its login pages', () => {
  it('is checked without a person, codes included', async () => {
    const profile = await profileOf(await startOidcServer());
    const { stdout } = await crmReady(['check', '-p', profile, '--only', 'oauth', '--report', 'json'], {
      env,
    });
    const { checks } = parseReport(stdout);
    const verdicts = Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      'oauth.authorize': 'pass',
      'oauth.state': 'pass',
      'oauth.code-exchange': 'pass',
      'oauth.refresh': 'pass',
      'auth.accepted': 'pass',
    });
    expect(stdout).not.toContain(env.PASSWORD);
  });

  it('that do not fit says so in the report, and blames no requirement', async () => {
    const loginPages = [{ fill: { user: 'dana' } }];
    const profile = await profileOf(await startOidcServer(), { loginPages });
    const words = ['check', '-p', profile, '--only', 'oauth.code-exchange,user.name', '--report', 'json'];
    const { stdout } = await crmReady(words, { env });
    for (const { verdict, summary } of parseReport(stdout).checks) {
      expect(verdict).toBe('inconclusive');
      expect(summary).toContain('no form with a field "user": there is form 1 (fields login, password');
    }
  });

  it('is logged in to by `login` without a person', async () => {
    const config = await folder();
    const profile = await profileOf(await startOidcServer());
    const ended = await crmReady(['login', '-p', profile], { env: { ...env, XDG_CONFIG_HOME: config } });
    expect(ended).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Logged in to oidc.'),
    });
    expect(await readdir(join(config, 'crm-ready', 'tokens'))).toHaveLength(1);
  });

  it.each([
    [['--browser', '/nowhere/chromium'], {}, 'there is none at /nowhere/chromium'],
    [[], { CHROME_PATH: '/nowhere/chrome' }, 'there is none at /nowhere/chrome'],
  ])('and needs a browser says where it looked for one: %j %j', async (words, more, says) => {
    const profile = await profileOf('http://127.0.0.1:9', { loginScripts: true });
    for (const command of ['check', 'login']) {
      const ended = await crmReady([command, '-p', profile, ...words], { env: { ...env, ...more } });
      expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(says) });
      expect(ended.stderr).toContain('CHROME_PATH');
    }
  });

  it('and needs a browser says what to install, where playwright-core is missing', async () => {
    const resolve = `export async function resolve(name,context,next){if(name==="playwright-core")throw new Error("not installed");return next(name,context)}`;
    const hook = `import{register}from"node:module";register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(resolve)}`)})`;
    const profile = await profileOf('http://127.0.0.1:9', { loginScripts: true });
    const { code, stdout, stderr } = await crmReady(['check', '-p', profile, '--browser', process.execPath], {
      env: { ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('playwright-core is not installed');
    expect(stderr).toContain('npm install playwright-core');
  });

  it.skipIf(!existsSync(chromium))('is checked by a real browser where --browser names one', async () => {
    const profile = await profileOf(await startOidcServer());
    const words = ['check', '-p', profile, '--only', 'oauth.code-exchange', '--report', 'json'];
    const { stdout, stderr } = await crmReady([...words, '--browser', chromium], { env });
    expect(parseReport(stdout).checks[0]).toMatchObject({ verdict: 'pass' });
    expect(stdout + stderr).not.toContain(env.PASSWORD);
  });
});
