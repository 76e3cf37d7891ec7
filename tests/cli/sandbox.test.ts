import { describe, expect, it } from 'vitest';
import { faults } from '../../src/sandbox/faults.ts';
import { type CommandOptions, crmReady, parseReport, type Running, start, steady, until } from './command.ts';

/** `crm-ready sandbox …`, once it listens. */
async function sandbox(args: string[]): Promise<Running & { port: string; env: Record<string, string> }> {
  const running = start(['sandbox', '--port', '0', ...args]);
  await until('the sandbox listens', () => running.said.stdout.includes('Ctrl-C'));
  const { stdout } = running.said;
  const env = Object.fromEntries(
    [...stdout.matchAll(/(REFERENCE_\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
  return { ...running, env, port: /127\.0\.0\.1:(\d+)/.exec(stdout)?.[1] ?? '' };
}

async function stopped({ child, ended }: Running): Promise<number | null> {
  child.kill('SIGINT');
  return (await ended).code;
}

describe.concurrent('the reference CRM, served', () => {
  it('sandbox --port 0 serves what it prints how to check, until Ctrl-C', async () => {
    const running = await sandbox([]);
    const { stdout } = running.said;
    const [line] = /crm-ready (check .*)/.exec(stdout)?.slice(1) ?? [];
    expect(line).toBe(`check --profile profiles/reference.yaml --var port=${running.port}`);
    const options: CommandOptions = { env: running.env };
    const checked = await crmReady(`${line} --only oauth,current-user --report json`, options);
    expect(parseReport(checked.stdout).checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(checked.code).not.toBe(1);
    expect(await stopped(running)).toBe(0);
  });

  it('sandbox --port PORT, where it is taken', async () => {
    const running = await sandbox([]);
    try {
      const { code, stdout, stderr } = await crmReady(`sandbox --port ${running.port}`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/is taken[\s\S]*--port 0 for any/);
    } finally {
      await stopped(running);
    }
  });

  it('sandbox --latency 150 delays each answer', async () => {
    const running = await sandbox(['--latency', '150']);
    try {
      const before = performance.now();
      await fetch(`http://127.0.0.1:${running.port}/api/me`);
      expect(performance.now() - before).toBeGreaterThanOrEqual(145);
    } finally {
      await stopped(running);
    }
  });

  it('sandbox --list-faults', async () => {
    const { code, stdout, stderr } = await crmReady('sandbox --list-faults');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name, does } of faults)
      expect(stdout).toMatch(new RegExp(`^${name} +${does.replace(/[^\w ]/g, '.')}$`, 'm'));
    expect(stdout).toContain('lookup.any-format');
  });

  it('sandbox --fault nonsense', async () => {
    const { code, stdout, stderr } = await crmReady('sandbox --port 0 --fault nonsense');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/there is no fault "nonsense"[\s\S]*--list-faults/);
  });

  it('sandbox --fault serch-exact', async () => {
    const { code, stderr } = await crmReady('sandbox --port 0 --fault serch-exact');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean search-exact?');
  });
});

describe.concurrent('the demo', () => {
  it('demo', async () => {
    const { code, stdout } = await crmReady(`demo ${steady}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/READY · score 100 · measured 100 %/);
    expect(stdout).toContain('30 test records were created and removed.');
  });

  it('demo --fault update-ignored', async () => {
    const { code, stdout } = await crmReady(`demo --fault update-ignored --report json ${steady}`);
    expect(code).toBe(1);
    const report = parseReport(stdout);
    const failed = report.checks.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []));
    expect(failed).toEqual(['activity.update', 'activity.enrich']);
    expect(report.overall).toBe('partly-ready');
    expect(report.features['edit-logs'].state).toBe('does not work');
  });

  it('demo --fault nonsense', async () => {
    const { code, stdout, stderr } = await crmReady('demo --fault nonsense');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('there is no fault "nonsense"');
  });
});
