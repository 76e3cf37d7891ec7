import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { credentialsOf, folder, parseReport, root, steady } from '../cli/command.ts';
import { commandsIn } from '../reporters/github-runner.ts';
import { inBash } from './shell.ts';

interface Action {
  inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  outputs: Record<string, { description: string; value: string }>;
  runs: {
    using: string;
    steps: {
      id?: string;
      shell?: string;
      if?: string;
      uses?: string;
      env?: Record<string, string>;
      run?: string;
    }[];
  };
}

const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as Action;
const page = await readFile(join(root, 'docs/ci.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );

/** A repository with a profile in it, and the reference CRM that it describes. */
async function repository(
  faults: string[] = [],
): Promise<{ cwd: string; sandbox: Sandbox; env: Record<string, string> }> {
  const [cwd, sandbox] = [await folder(), await startSandbox({ faults })];
  const profile = await readFile(join(root, 'profiles/reference-api-key.yaml'), 'utf8');
  await writeFile(join(cwd, 'acme.yaml'), profile.replace(/port: \d+/, `port: ${sandbox.port}`));
  return { cwd, sandbox, env: credentialsOf(sandbox) };
}

/** The check step of the action as the runner starts it: inputs by the environment, defaults where none is given. */
async function runAction(inputs: Record<string, string>, faults: string[] = []) {
  const { cwd, sandbox, env } = await repository(faults);
  const [step] = action.runs.steps;
  const given = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? '';
      return [name, inputs[input] ?? action.inputs[input]?.default ?? ''];
    }),
  );
  const files = { GITHUB_OUTPUT: join(cwd, 'outputs'), GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
  for (const file of Object.values(files)) await writeFile(file, '');
  try {
    const ended = await inBash(step?.run ?? '', cwd, { ...env, ...given, ...files, GITHUB_WORKSPACE: cwd });
    const outputs = Object.fromEntries(
      (await readFile(files.GITHUB_OUTPUT, 'utf8')).split('\n').flatMap((line) => {
        const at = line.indexOf('=');
        return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
      }),
    );
    return { ...ended, cwd, outputs, summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8') };
  } finally {
    await sandbox.close();
  }
}

describe('action.yml', () => {
  it('is a composite action of which every input, output and step is described', () => {
    expect(action.runs.using).toBe('composite');
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(description).toMatch(/\.$/);
    for (const { run, shell, uses } of action.runs.steps) expect(run ? shell : uses).toBeTruthy();
    const [step] = action.runs.steps;
    for (const { value } of Object.values(action.outputs))
      expect(value).toMatch(new RegExp(`^\\$\\{\\{ steps\\.${step?.id}\\.outputs\\.[a-z]+ \\}\\}$`));
    // An input that stood in the script would be part of it.
    expect(action.runs.steps.map(({ run }) => run ?? '').join()).not.toContain('${{');
  });

  it('starts the version that it belongs to, as docs/ci.md does', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(action.inputs.command?.default).toBe(`npx --yes crm-ready@${version}`);
    const pinned = [...page.matchAll(/crm-ready@v?([\d.]+)/g)].map(([, each]) => each);
    expect(new Set(pinned)).toEqual(new Set([version]));
  });

  it('names in docs/ci.md every input and every output', () => {
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(page).toContain(`\`${name}\``);
  });

  it('checks, annotates, sums up, writes every report, and tells the result', async () => {
    const { code, stdout, outputs, summary, cwd } = await runAction({
      profile: 'acme.yaml',
      args: `--lookup essential ${steady}`,
      require: 'connect,call-pop',
      'max-unmeasured': '10',
    });
    expect(code).toBe(0);
    const report = parseReport(await readFile(join(cwd, 'crm-ready-report/report.json'), 'utf8'));
    expect(outputs).toEqual({
      overall: report.overall,
      score: String(report.score),
      measured: String(report.measuredPercent),
      report: 'crm-ready-report/report.json',
    });
    expect((await readdir(join(cwd, 'crm-ready-report'))).sort()).toEqual([
      'badge.json',
      'junit.xml',
      'report.html',
      'report.json',
      'report.md',
      'report.sarif',
      'vendor.html',
    ]);
    expect(commandsIn(stdout).at(-1)?.properties.title).toContain('Reference CRM');
    for (const { properties } of commandsIn(stdout).slice(0, -2)) expect(properties.file).toBe('acme.yaml');
    expect(summary).toMatch(/^# Reference CRM/);
  });

  it('fails where the gate does not hold, with the outputs all the same', async () => {
    const args = `--lookup essential ${steady}`;
    const { code, stderr, outputs } = await runAction({ profile: 'acme.yaml', args }, [
      'user-ok-for-wrong-token',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('Gate: does not hold: 1 must fails (user.validates).');
    expect(outputs.overall).toBe('partly-ready');
  });

  it('a wrong input is refused by crm-ready, and cannot become a command', async () => {
    const { code, stderr, outputs, cwd } = await runAction({
      profile: 'acme.yaml',
      args: '--lookup essential; touch owned $(touch owned) `touch owned`',
      require: 'connect"; touch owned; "',
    });
    expect([code, outputs]).toEqual([2, {}]);
    expect(stderr).not.toBe('');
    expect(await readdir(cwd)).not.toContain('owned');
  });
});

describe('docs/ci.md', () => {
  it('shows workflows and waivers that are YAML', () => {
    const [waivers, workflow, gitlab, ...rest] = blocks('yaml').map((text) => parse(text));
    expect(rest).toEqual([]);
    expect(waivers.waivers[0]).toEqual({
      id: 'lookup.shared',
      reason: expect.any(String),
      expires: '2027-03-31',
    });
    const step = workflow.jobs.check.steps.find(({ id }: { id?: string }) => id === 'crm');
    for (const input of Object.keys(step.with)) expect(Object.keys(action.inputs)).toContain(input);
    expect(gitlab.crm.artifacts.reports.junit).toBe('report/junit.xml');
  });

  it('the waivers of the page are taken', async () => {
    const { parseWaivers } = await import('../../src/report/waivers.ts');
    const { catalogue } = await import('../../src/checks/index.ts');
    const ids = catalogue.map(({ id }) => id);
    expect(parseWaivers(blocks('yaml')[0] ?? '', 'waivers.yaml', ids)).toHaveLength(1);
  });

  it('the script of the GitLab job runs, and leaves what its artifacts name', async () => {
    const { crm } = parse(blocks('yaml')[2] ?? '');
    const { cwd, sandbox, env } = await repository();
    try {
      const { code, stdout } = await inBash(crm.script.join('\n'), cwd, {
        ...env,
        CI: 'true',
        GITLAB_CI: 'true',
      });
      expect([code, stdout]).toEqual([0, expect.stringContaining('What your users will be able to do')]);
      expect((await readdir(join(cwd, 'report'))).sort()).toEqual([
        'junit.xml',
        'report.html',
        'report.json',
      ]);
    } finally {
      await sandbox.close();
    }
  });

  it('the script of the Jenkins stage runs against a baseline, and tells the exit code', async () => {
    const [, script = ''] = /script: '''\n([\s\S]*?)'''/.exec(blocks('groovy')[0] ?? '') ?? [];
    const { cwd, sandbox, env } = await repository();
    const made = await inBash(
      'npx --yes crm-ready@0.1.0 check --profile acme.yaml --report json=baseline.json',
      cwd,
      env,
    );
    await sandbox.close();
    expect(made.code).toBe(0);
    const worse = await repository(['user-ok-for-wrong-token']);
    try {
      await copyFile(join(cwd, 'baseline.json'), join(worse.cwd, 'baseline.json'));
      // In a Groovy text of three quotes, two backslashes are one.
      const { code, stderr } = await inBash(script.replaceAll('\\\\', '\\'), worse.cwd, worse.env);
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/worse than the baseline of .* \(user\.validates\)/),
      ]);
      expect(await readdir(join(worse.cwd, 'report'))).toContain('junit.xml');
    } finally {
      await worse.sandbox.close();
    }
  });
});
