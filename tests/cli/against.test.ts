import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { credentialsOf, crmReady, folder, parseReport, root, steady } from './command.ts';
import { startCountingServer } from './counting-server.ts';

const profile = join(root, 'profiles/reference-api-key.yaml');

describe('a finding is asked again', () => {
  it('with the command that the report itself names: STILL, FIXED, COULD NOT MEASURE', async () => {
    const out = await folder();
    const file = join(out, 'report.json');
    const broken = await startSandbox({ faults: ['user-ok-for-wrong-token'] });
    const first = await crmReady(
      `check --profile ${profile} --var port=${broken.port} --only current-user --report json=${file} --report markdown ${steady}`,
      { env: credentialsOf(broken), cwd: out },
    );
    expect(first.code).toBe(1);
    const saved = parseReport(await readFile(file, 'utf8'));
    const [line = ''] = first.stdout.match(/^crm-ready check .*--only user\.validates .*$/m) ?? [];
    expect(line).toBe(
      `crm-ready check --profile ${profile} --var port=${broken.port} --only user.validates --against ${file}`,
    );
    const words = line.replace(/^crm-ready /, '');
    const again = (port: number, env: Record<string, string>) =>
      crmReady(words.replace(`port=${broken.port}`, `port=${port}`), { env, cwd: out });

    const still = await again(broken.port, credentialsOf(broken));
    expect([still.code, still.stderr]).toEqual([
      1,
      expect.stringMatching(/^user\.validates: STILL \(was not met, is not met: .+\)$/m),
    ]);
    await broken.close();

    const mended = await startSandbox();
    const fixed = await again(mended.port, credentialsOf(mended));
    await mended.close();
    expect([fixed.code, fixed.stderr]).toEqual([
      0,
      expect.stringMatching(/^user\.validates: FIXED \(was not met, is met: .+\)$/m),
    ]);
    // Just that requirement: nothing else was asked.
    expect(fixed.stdout).toContain('1 check,');

    const nobody = await startCountingServer();
    await nobody.close();
    const silent = await again(nobody.port, credentialsOf(mended));
    expect([silent.code, silent.stderr]).toEqual([
      3,
      expect.stringMatching(/^user\.validates: COULD NOT MEASURE \(was not met, is .+\)$/m),
    ]);
    expect(saved.run.command).toEqual(['check', '--profile', profile, '--var', `port=${broken.port}`]);
  });

  it('without --only, everything that the report finds fault with', async () => {
    const file = join(await folder(), 'report.json');
    await crmReady(
      `demo --fault update-ignored --only activity --report json=${file} --report badge ${steady}`,
    );
    const { code, stderr } = await crmReady(`demo --against ${file} --report badge ${steady}`);
    const saved = parseReport(await readFile(file, 'utf8'));
    const found = saved.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
    const said = stderr
      .split('\n')
      .flatMap((line) => /^(\S+): ([A-Z ]+) \(/.exec(line)?.slice(1, 3).join(' ') ?? []);
    expect(said).toEqual(found.map(({ id }) => `${id} FIXED`));
    expect(found.length).toBeGreaterThan(1);
    expect(code).toBe(0);
  });

  it('says last of all where something else decides the exit code', async () => {
    const file = join(await folder(), 'report.json');
    const line = 'demo --fault contact-not-saved --only lookup.e164';
    await crmReady(`${line} --report json=${file} --report badge ${steady}`);
    const { code, stderr } = await crmReady(`${line} --against ${file} --report badge ${steady}`);
    expect(code).toBe(4);
    expect(stderr.trimEnd().split('\n').slice(-2)).toEqual([
      expect.stringMatching(/^lookup\.e164: STILL /),
      'Exit code 4 all the same: test records may be left in the CRM.',
    ]);
  });

  it('takes no gate', async () => {
    const { code, stderr } = await crmReady(`check --profile ${profile} --against x.json --fail-under 50`);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--against says what has become of each finding'),
    ]);
  });

  it('a secret that was set with --var is not in the command', async () => {
    const { commandOf } = await import('../../src/cli/command-words.ts');
    const given = { profile: 'a.yaml', var: ['port=80', 'apiKey=abc', 'user_password=x=y'], lookup: 'full' };
    expect(commandOf(given).slice(3)).toEqual([
      '--var',
      'port=80',
      '--var',
      'apiKey=…',
      '--var',
      'user_password=…',
    ]);
  });
});
