import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crmReady, root } from './command.ts';

const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };

describe.concurrent('the command line explains itself', () => {
  it.each(['--version', '-V'])('%s', async (line) => {
    expect(await crmReady(line)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('--help', async () => {
    const { code, stdout, stderr } = await crmReady('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of ['check', 'demo', 'sandbox', 'plan', 'login', 'clean', 'report', 'explain'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  it('check --help', async () => {
    const { code, stdout } = await crmReady('check --help');
    expect(code).toBe(0);
    for (const option of [
      '--profile',
      '--report',
      '--only',
      '--deadline',
      '--read-only',
      '--keep',
      '--yes',
      '--token-file',
      '--on-new-token',
      '--browser',
      '--client-cert',
      '--client-key',
      '--fail-under',
      '--waivers',
    ])
      expect(stdout).toContain(option);
    for (const exit of ['0 ', '1 ', '2 ', '3 ', '4 ', '130 '])
      expect(stdout).toMatch(new RegExp(`^.*\\b${exit}.*`, 'm'));
    expect(stdout).not.toContain('default: []');
    // A console of 80 columns shows it without a line that is broken twice.
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('login --help', async () => {
    const { code, stdout } = await crmReady('login --help');
    expect(code).toBe(0);
    for (const option of [
      '--redirect-uri',
      '--paste',
      '--no-browser',
      '--timeout',
      '--token-file',
      '--on-new-token',
      '--status',
      '--forget',
    ])
      expect(stdout).toContain(option);
    for (const exit of ['0 ', '2 ', '3 ']) expect(stdout).toMatch(new RegExp(`^.*\\b${exit}.*`, 'm'));
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('frobnicate', async () => {
    const { code, stdout, stderr } = await crmReady('frobnicate');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("unknown command 'frobnicate'");
    expect(stderr).toContain('crm-ready --help');
  });

  it('chekc', async () => {
    expect((await crmReady('chekc')).stderr).toContain('Did you mean check?');
  });

  it('check', async () => {
    const { code, stderr } = await crmReady('check');
    expect(code).toBe(2);
    expect(stderr).toContain("required option '-p, --profile <file>'");
  });

  it.each([
    ['demo --red-only', 'Did you mean --read-only?'],
    ['demo --timeout soon', 'Expected a number of seconds'],
    ['demo --deadline 0', 'Expected a number of seconds above 0'],
    ['demo --concurrency 0', 'Expected a whole number from 1'],
    ['demo --max-requests 2.5', 'Expected a whole number from 1'],
    ['sandbox --port 70000', 'Expected a whole number from 0 to 65535'],
    ['check -p profiles/reference.yaml -e nowhere.env', '-e nowhere.env: there is no such file'],
    ['check -p profiles/reference.yaml --env-from nowhere.env', '-e nowhere.env: there is no such file'],
    ['plan -p profiles/reference.yaml --env-from=nowhere.env', '-e nowhere.env: there is no such file'],
    ['login -p profiles/reference.yaml -e tests', '-e tests: this is a folder, not a file'],
    ['clean -e README.md/x', '-e README.md/x: a part of the path is not a folder'],
    ['check --profile profiles/reference.yaml --var port', 'expected name=value'],
  ])('%s', async (line, says) => {
    const { code, stdout, stderr } = await crmReady(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  it.each(['check', 'plan', 'login', 'clean'])('%s --help recommends no --env-file', async (command) => {
    const { stdout } = await crmReady(`${command} --help`);
    expect(stdout).toContain('-e, --env-from <file>');
    expect(stdout).not.toContain('--env-file');
  });

  it('check --profile profiles/reference.yaml --env-file nowhere.env', async () => {
    // Node looks at this option before any script does, and has an exit code of its own for it.
    const { code, stdout, stderr } = await crmReady(
      'check -p profiles/reference.yaml --env-file nowhere.env',
    );
    expect([2, 9]).toContain(code);
    expect(stdout).toBe('');
    expect(stderr).toContain('nowhere.env');
  });
});
