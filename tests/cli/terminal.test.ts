import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { cleanEnvironment, credentialsOf, marksIn, root, until } from './command.ts';

const terminal = 'script';
/** `script` of util-linux gives a command a terminal; elsewhere it has other options, or is not there. */
const { stdout: scriptVersion } = spawnSync(terminal, ['--version'], { encoding: 'utf8' });
const hasTerminal = /util-linux/.test(scriptVersion ?? '');
/** With `--only` most is not measured, and so the overall result is unknown. */
const onlyOne = 3;
const esc = '\u001b';

describe
  .skipIf(!hasTerminal)
  .concurrent(
    `on a terminal${hasTerminal ? '' : ' (skipped: there is no `script` of util-linux here)'}`,
    () => {
      it.each([
        ['n', 'no'],
        ['\u0003', 'Ctrl-C'],
      ])('%j (%s) to the question before the first write sends nothing', async (key) => {
        const { code, text, sandbox } = await onTerminal('', key);
        expect(text).toContain('At most 29 contacts, 9 call records and 1 message record will be created');
        expect(text).toContain(`(${new URL(sandbox.url).host})`);
        expect(text).toContain('Nothing was sent.');
        expect(code).toBe(130);
        expect(sandbox.requests).toEqual([]);
      });

      it('yes to the question lets it go on, with colours', async () => {
        const { code, text, sandbox } = await onTerminal('--only contact.create', 'y');
        expect(text).toContain('At most 1 contact will be created');
        expect(text).toContain('contact.create');
        expect(text).toContain(`${esc}[`);
        expect(code).toBe(onlyOne);
        expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
        expect(marksIn(sandbox)).toEqual([]);
      });

      it('--yes is told, and not asked', async () => {
        const { code, text } = await onTerminal('--only contact.create --yes', null);
        expect(text).toContain('At most 1 contact will be created');
        expect(text).not.toContain('Go on?');
        expect(code).toBe(onlyOne);
      });

      it('--read-only is not asked: nothing is written', async () => {
        const { text, sandbox } = await onTerminal('--only user.name --read-only', null);
        expect(text).not.toContain('Go on?');
        expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      });

      it('a terminal that says it has no columns is drawn on all the same', async () => {
        const { code, text } = await onTerminal('--only contact.create', 'y', {}, '0');
        expect(code).toBe(onlyOne);
        expect(text).toContain('contact.create');
        // A spinner that counts lines of no width writes without end.
        expect(text.length).toBeLessThan(50_000);
      });

      it('what will be created is told in lines that fit, broken at blanks', async () => {
        const { text } = await onTerminal('--only contact.create --yes', null, {}, '40');
        const [, first, second] = /(At most .*)\r?\n(.*)\r?\n/.exec(text) ?? [];
        expect(first).toMatch(/^At most 1 contact will be created in\b/);
        expect(Math.max(first?.length ?? 99, second?.trimEnd().length ?? 99)).toBeLessThanOrEqual(40);
      });

      it('NO_COLOR=1 keeps the report without colours', async () => {
        const { text } = await onTerminal('--only user.name', null, { NO_COLOR: '1' });
        const report = text.slice(text.indexOf('user.name'));
        expect(report).toContain('Rowan Okafor');
        expect(report).not.toContain(`${esc}[3`);
      });
    },
  );

/** Runs `check` on a terminal, and presses a key when it asks. */
async function onTerminal(
  args: string,
  key: string | null,
  env: Record<string, string> = {},
  columns = '100',
) {
  const sandbox = await startSandbox();
  const line = `stty cols ${columns}; '${process.execPath}' '${join(root, 'bin/crm-ready.js')}' check --profile profiles/reference-api-key.yaml --var port=${sandbox.port} ${args}`;
  const child = spawn(terminal, ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
    cwd: root,
    env: cleanEnvironment({ env: { TERM: 'xterm-256color', ...credentialsOf(sandbox), ...env } }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    // Whatever it is that does not end: not at the cost of all memory.
    if (text.length > 1_000_000) child.kill();
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  try {
    if (key !== null) {
      await until('it asks', () => text.includes('Go on?'));
      child.stdin.write(key);
    }
    const code = await ended;
    return { code, text, sandbox };
  } finally {
    child.kill();
    await sandbox.close();
  }
}
