import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checks, report } from '../reporters/sample.ts';
import { crmReady, folder, parseReport, root, steady } from './command.ts';
import { startCountingServer } from './counting-server.ts';

const esc = '\u001b';
/** The reference profile at a server that nobody should ask. */
const check = 'check --profile profiles/reference-api-key.yaml --only user.name';
const env = { REFERENCE_API_KEY: 'a-key-of-nobody' };

describe.concurrent('what goes where', () => {
  it('demo --report json', async () => {
    const { code, stdout, stderr } = await crmReady(`demo --report json ${steady}`);
    expect(code).toBe(0);
    const report = parseReport(stdout);
    expect(report.overall).toBe('ready');
    expect(report.checks.length).toBeGreaterThan(30);
    expect(stdout.startsWith('{') && stdout.endsWith('}\n')).toBe(true);
    // Who is told that something will be written is told so beside the document.
    expect(stderr).toContain('will be created');
  });

  it.each([
    ['demo --report json=FILE', []],
    ['demo --report json=FILE --report console', ['--report', 'console']],
  ])('%s', async (_line, screen) => {
    const out = await folder();
    const file = join(out, 'deep', 'report.json');
    const { stdout } = await crmReady([
      'demo',
      '--only',
      'current-user',
      '--report',
      `json=${file}`,
      ...screen,
    ]);
    const report = parseReport(await readFile(file, 'utf8'));
    expect(stdout).toContain(`${report.checks.length} checks`);
    for (const { id } of report.checks) expect(stdout).toContain(id);
    // Written under another name first: nothing of that is left.
    expect(await readdir(join(out, 'deep'))).toEqual(['report.json']);
  });

  it('demo --report json=LINK writes where the link leads, and leaves the link', async () => {
    const out = await folder();
    await writeFile(join(out, 'monday.json'), '');
    await symlink('monday.json', join(out, 'latest.json'));
    await crmReady(['demo', '--only', 'user.name', '--report', `json=${join(out, 'latest.json')}`]);
    expect(await readlink(join(out, 'latest.json'))).toBe('monday.json');
    expect(parseReport(await readFile(join(out, 'monday.json'), 'utf8')).run.only).toEqual(['user.name']);
  });

  it('demo, without a terminal, prints no ANSI codes and no progress', async () => {
    const { stdout, stderr } = await crmReady('demo --only user.name', { env: { TERM: 'xterm-256color' } });
    expect(stdout).toContain('user.name');
    expect(stdout + stderr).not.toContain(esc);
    expect(stdout + stderr).not.toContain('\r');
    // `--only user.name` creates nothing, so there is only the decision to tell beside the report.
    expect(stderr).toMatch(/^Gate: [^\n]+\n$/);
  });

  it('FORCE_COLOR=1 demo is coloured, and NO_COLOR=1 has the last word', async () => {
    const coloured = await crmReady('demo --only user.name', { env: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain(`${esc}[`);
    const plain = await crmReady('demo --only user.name', { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(plain.stdout).toContain('user.name');
    expect(plain.stdout).not.toContain(esc);
  });
});

describe.concurrent('a file that is read is not written to, and stays as it was:', () => {
  const profile = 'profiles/reference-api-key.yaml';

  /** @param name of the file that is named twice @param args without the report */
  async function kept(name: string, text: string, args: (file: string) => string[], what: string) {
    const out = await folder();
    const file = join(out, name);
    await writeFile(file, text);
    await symlink(name, join(out, 'link'));
    const server = await startCountingServer();
    try {
      for (const written of [file, join(out, 'link')]) {
        const line = [...args(file), '--var', `port=${server.port}`, '--report', `json=${written}`];
        const { code, stdout, stderr } = await crmReady(line, { env });
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toBe(
          `crm-ready: --report json=${written} would overwrite the ${what} ${file} that is read: name another file\n`,
        );
        expect(await readFile(file, 'utf8')).toBe(text);
      }
      expect(server.requests).toEqual([]);
    } finally {
      await server.close();
    }
  }
  const saved = JSON.stringify(report(checks({ 'user.name': { verdict: 'fail' } })));
  const only = check.split(' ');

  it('the profile', async () => {
    const text = await readFile(join(root, profile), 'utf8');
    await kept('crm.yaml', text, (file) => ['check', '--profile', file], 'profile');
  });

  it.each([
    ['-e', 'crm.env', 'OTHER=value\n', 'environment file'],
    [
      '--waivers',
      'waivers.yaml',
      'waivers: [{ id: user.name, reason: known, expires: 2999-12-31 }]\n',
      'waivers file',
    ],
    ['--baseline', 'old.json', saved, 'baseline'],
    ['--against', 'old.json', saved, 'saved report'],
  ])('that of %s', async (option, name, text, what) => {
    await kept(name, text, (file) => [...only, option, file], what);
  });

  it.each(['--client-cert', '--client-key'] as const)('that of %s', async (option) => {
    const certificates = join(root, 'tests/http/certificates');
    const files = { '--client-cert': 'client.pem', '--client-key': 'client-key.pem' };
    const text = await readFile(join(certificates, files[option]), 'utf8');
    const pair = (own: string) =>
      Object.entries(files).flatMap(([name, file]) => [
        name,
        name === option ? own : join(certificates, file),
      ]);
    const what = option === '--client-cert' ? 'client certificate' : 'client key';
    await kept(files[option], text, (file) => [...only, ...pair(file)], what);
  });
});

describe.concurrent('a report that cannot be given is refused before anything is sent', () => {
  async function refused(args: string[]): Promise<string> {
    const server = await startCountingServer();
    try {
      const { code, stdout, stderr } = await crmReady(
        [...check.split(' '), '--var', `port=${server.port}`, ...args],
        { env },
      );
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(server.requests).toEqual([]);
      return stderr;
    } finally {
      await server.close();
    }
  }

  it('--report jsno', async () => {
    expect(await refused(['--report', 'jsno'])).toMatch(/no format "jsno"[\s\S]*Did you mean json\?/);
  });

  it('--report json=', async () => {
    expect(await refused(['--report', 'json='])).toContain('expected a file after the =');
  });

  it('--report json --report console', async () => {
    const stderr = await refused(['--report', 'json', '--report', 'console']);
    expect(stderr).toMatch(/only one report can go to stdout[\s\S]*--report json=report\.json/);
  });

  it('--report json=FILE/report.json, where FILE is no folder', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    const stderr = await refused(['--report', `json=${file}/report.json`]);
    expect(stderr).toContain(`the report cannot be written to ${file}/report.json`);
    expect(stderr).toContain('Expected a folder that can be written');
  });

  it('--report json=FOLDER', async () => {
    const there = join(await folder(), 'reports');
    await mkdir(there);
    const stderr = await refused(['--report', `json=${there}`]);
    expect(stderr).toContain('that is a folder');
    expect(stderr).toContain(`Name a file: ${there}/report.json`);
  });

  it('--report json=FILE --report html=FILE', async () => {
    const out = await folder();
    const stderr = await refused(['--report', `json=${out}/report`, '--report', `html=${out}/./report`]);
    expect(stderr).toContain('two reports cannot be written to one file');
  });

  it('--report json=LINK/report --report html=FOLDER/report, where the link leads to the folder', async () => {
    const out = await folder();
    await mkdir(join(out, 'there'));
    await symlink('there', join(out, 'link'));
    const stderr = await refused(['--report', `json=${out}/link/r`, '--report', `html=${out}/there/r`]);
    expect(stderr).toContain('two reports cannot be written to one file');
  });

  it('--report json=PIPE, which would be replaced by a file', async () => {
    const pipe = join(await folder(), 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    expect(await refused(['--report', `json=${pipe}`])).toContain('that is no ordinary file');
  });

  it.runIf(process.platform === 'linux')('--report json=/proc/reports/report.json', async () => {
    const stderr = await refused(['--report', 'json=/proc/reports/report.json']);
    expect(stderr).toContain('Expected a folder that can be written: /proc/reports');
  });

  it('(the same command with a good report asks the server)', async () => {
    const server = await startCountingServer();
    try {
      await crmReady([...check.split(' '), '--var', `port=${server.port}`], { env });
      expect(server.requests).not.toEqual([]);
    } finally {
      await server.close();
    }
  });
});
