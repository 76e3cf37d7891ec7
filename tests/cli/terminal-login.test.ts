import { spawn, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileFor } from '../secrets/command.ts';
import { type Front, html, json, startFront } from '../secrets/front.ts';
import { freePort } from './browser.ts';
import { cleanEnvironment, crmReady, folder, parseReport, root, until } from './command.ts';

const { stdout: scriptVersion } = spawnSync('script', ['--version'], { encoding: 'utf8' });
const hasTerminal = /util-linux/.test(scriptVersion ?? '');
const question = 'A person must log in to Reference CRM';

/** A CRM whose login page needs a person, and a profile of it with a loopback redirect URI. */
async function setUp(redirectUri: string): Promise<{ front: Front; file: string }> {
  const front = await startFront({
    accepts: ({ headers }) => headers.authorization === 'Bearer Access-0123456789',
    reply: (seen) => {
      if (seen.url.startsWith('/oauth/auth')) return html('<h1>Who are you?</h1>');
      if (seen.url !== '/oauth/token') return undefined;
      const good = seen.body.includes('code=Code-0123456789');
      return good
        ? json({ access_token: 'Access-0123456789', token_type: 'Bearer', expires_in: 3600 })
        : json({ error: 'invalid_grant' }, 400);
    },
  });
  const profile = profileFor(front.url, {
    meta: { name: 'reference', displayName: 'Reference CRM' },
    secrets: [],
    auth: {
      type: 'oauth',
      authUrl: `${front.url}/oauth/auth`,
      tokenUrl: `${front.url}/oauth/token`,
      clientId: 'client',
      redirectUri,
    },
  });
  const file = join(await folder(), 'profile.json');
  await writeFile(file, JSON.stringify(profile));
  return { front, file };
}

const checks = ['user.name', 'oauth.state', 'oauth.code-exchange'];

/** Runs `check` on a terminal, presses a key at the question, and acts once the address is shown. */
async function onTerminal(
  key: string,
  act: (address: string, type: (text: string) => void) => unknown,
  redirectUri: string,
) {
  const { front, file } = await setUp(redirectUri);
  const report = `${file}.report`;
  const line = `stty cols 100; '${process.execPath}' '${join(root, 'bin/crm-ready.js')}' check --profile ${file} --only ${checks.join(',')} --report json=${report}`;
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
    cwd: root,
    env: cleanEnvironment({ env: { TERM: 'xterm-256color', CI: '1' } }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  try {
    await until('it asks', () => text.includes(question));
    child.stdin.write(key);
    const address = () => /^ {2}(http\S+)\r?$/m.exec(text)?.[1];
    if (key === 'y') {
      await until('the address is shown', () => address() !== undefined);
      await act(address() ?? '', (typed) => child.stdin.write(typed));
    }
    await ended;
    const { checks: results } = parseReport(await readFile(report, 'utf8'));
    return { text, verdicts: Object.fromEntries(results.map(({ id, verdict }) => [id, verdict])) };
  } finally {
    child.kill();
    await front.close();
  }
}

const passed = { 'user.name': 'pass', 'oauth.state': 'pass', 'oauth.code-exchange': 'pass' };
const unmeasured = {
  'user.name': 'inconclusive',
  'oauth.state': 'inconclusive',
  'oauth.code-exchange': 'inconclusive',
};
const query = 'code=Code-0123456789&state=platform%3Dreference';

describe.skipIf(!hasTerminal)('a check that needs a person, on a terminal', () => {
  it('offers to log in, and takes the callback', async () => {
    const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    const { verdicts } = await onTerminal('y', () => fetch(`${redirectUri}?${query}`), redirectUri);
    expect(verdicts).toEqual(passed);
  });

  it('takes a pasted address, where nobody can listen on the redirect URI', async () => {
    const redirectUri = 'https://apps.example.com/redirect.html';
    const { verdicts, text } = await onTerminal(
      'y',
      (_address, type) => type(`${redirectUri}?${query}\n`),
      redirectUri,
    );
    expect(text).toContain('paste that address here');
    expect(verdicts).toEqual(passed);
  });

  it('waits for nobody after Ctrl-C, and reports', async () => {
    const { verdicts, text } = await onTerminal(
      'y',
      (_address, type) => type('\x03'),
      `http://127.0.0.1:${await freePort()}/callback`,
    );
    expect(text).toContain('Stopping');
    // The authorization is to blame for nothing: nobody finished it.
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['inconclusive']));
  });

  it('takes no for an answer', async () => {
    const { verdicts } = await onTerminal('n', () => {}, 'https://apps.example.com/redirect.html');
    expect(verdicts).toEqual(unmeasured);
  });
});

it('a check that needs a person, and no terminal, asks nobody', async () => {
  const { front, file } = await setUp('http://127.0.0.1:8765/callback');
  try {
    const words = ['check', '--profile', file, '--only', checks.join(','), '--report', 'json'];
    const { stdout, stderr } = await crmReady(words);
    const { checks: results } = parseReport(stdout);
    expect(Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]))).toEqual(unmeasured);
    expect(results.map(({ summary }) => summary).join()).toContain('crm-ready login');
    expect(stderr).not.toContain(question);
  } finally {
    await front.close();
  }
});
