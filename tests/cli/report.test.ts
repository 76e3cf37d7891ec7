import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparisonReporters } from '../../src/reporters/comparison/index.ts';
import { reporters } from '../../src/reporters/index.ts';
import { overviewReporters } from '../../src/reporters/overview/index.ts';
import { commandsIn } from '../reporters/github-runner.ts';
import { checks, report, type Said } from '../reporters/sample.ts';
import { crmReady, folder, parseReport } from './command.ts';

let out: string;
const save = async (name: string, said: Record<string, Said>) =>
  writeFile(join(out, name), JSON.stringify(report(checks(said))));
const run = (line: string, env: Record<string, string> = {}) => crmReady(line, { cwd: out, env });

beforeAll(async () => {
  out = await folder();
  await save('good.json', {});
  await save('bad.json', { 'lookup.e164': { verdict: 'fail', summary: 'not found' } });
  await save('open.json', { 'lookup.e164': { verdict: 'inconclusive', summary: 'no answer' } });
  await writeFile(join(out, 'half.json'), JSON.stringify(report(checks())).slice(0, 900));
  await writeFile(join(out, 'newer.json'), JSON.stringify({ ...report(checks()), schemaVersion: 7 }));
  await writeFile(join(out, 'other.json'), '{"hello":"world"}');
});

describe.concurrent('crm-ready report FILE', () => {
  it.each(Object.keys(reporters))('shows a saved report as %s, the same as the run would', async (format) => {
    const shown = await run(`report bad.json --report ${format}`);
    expect({ code: shown.code, stderr: shown.stderr }).toEqual({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/lookup\.e164|not ready/);
    await run(`report bad.json --report ${format}=${format}.out --report badge`);
    expect(shown.stdout).toBe(await readFile(join(out, `${format}.out`), 'utf8'));
  });

  it('--judge says what it could not judge, for want of facts', async () => {
    const { code, stdout } = await run('report good.json --judge --report json');
    expect(code).toBe(0);
    expect(parseReport(stdout).notes.join('\n')).toContain('for want of facts: oauth.authorize');
  });

  it.each([
    ['report', 'which report?', 'crm-ready report FILE'],
    ['report nowhere.json', 'there is no such file', 'check --report json=FILE'],
    ['report half.json', 'its JSON breaks off', 'run the check again'],
    ['report newer.json', 'schema version 7', 'Update crm-ready'],
    ['report other.json', 'no report of crm-ready', 'check --report json=FILE'],
    ['report good.json --report markdwn', 'no format "markdwn"', 'Did you mean markdown?'],
    ['report merge good.json half.json', 'its JSON breaks off', 'run the check again'],
    ['report merge good.json --report junit', 'no format "junit"', 'Formats: console, markdown, html, json'],
    ['report compare good.json other.json', 'no report of crm-ready', 'check --report json=FILE'],
    ['report compare good.json', "missing required argument 'new'", 'crm-ready --help'],
    ['demo --only user.name --against half.json', 'its JSON breaks off', 'run the check again'],
    ['demo --against good.json', 'good.json finds no fault with anything', '--only ID'],
  ])('%s is refused with what to do', async (line, says, next) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).toContain(next);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe.concurrent('a report that is read is not written to:', () => {
  it.each([
    ['report FILE', 'report'],
    ['report good.json --baseline FILE', 'baseline'],
    ['report merge good.json FILE', 'report'],
    ['report compare FILE good.json', 'report'],
    ['report compare good.json FILE', 'report'],
  ])('%s --report html=FILE', async (line, what) => {
    const file = join(await folder(), 'r.json');
    const text = JSON.stringify(report(checks()));
    await writeFile(file, text);
    const ended = await run(`${line.replace('FILE', file)} --report html=${file}`);
    expect(ended).toEqual({
      code: 2,
      stdout: '',
      stderr: `crm-ready: --report html=${file} would overwrite the ${what} ${file} that is read: name another file\n`,
    });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('(a report that is not there is said to be missing)', async () => {
    const { stderr } = await run('report nowhere.json --report html=nowhere.json');
    expect(stderr).toContain('there is no such file');
  });
});

describe.concurrent('crm-ready report merge', () => {
  it.each(Object.keys(overviewReporters))('puts many CRMs on one page: %s', async (format) => {
    const { code, stdout } = await run(`report merge good.json bad.json open.json --report ${format}`);
    expect(code).toBe(0);
    expect(stdout.match(/Acme CRM/g)?.length).toBeGreaterThanOrEqual(3);
    expect(stdout).toContain('lookup.e164');
    if (format === 'json') expect(JSON.parse(stdout).kind).toBe('crm-ready overview');
  });
});

describe.concurrent('crm-ready report compare', () => {
  it.each([
    [0, 'good.json good.json', 'Nothing is worse, 0 better.'],
    [0, 'bad.json good.json', 'Nothing is worse, 1 better.'],
    [1, 'good.json bad.json', '1 worse, 0 better.'],
    [3, 'good.json open.json', 'cannot be told'],
  ])('%i: %s', async (code, files, says) => {
    const ended = await run(`report compare ${files}`);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({
      code,
      stdout: expect.stringContaining(says),
    });
    for (const format of ['markdown', 'html'])
      expect((await run(`report compare ${files} --report ${format}`)).stdout).toContain(says);
    const { changes } = JSON.parse((await run(`report compare ${files} -r json`)).stdout);
    expect(changes.map(({ id }: { id: string }) => id)).toEqual(
      files === 'good.json good.json' ? [] : ['lookup.e164'],
    );
  });
});

describe.concurrent('for GitHub', () => {
  it('annotations stand beside the report on stdout, and the summary goes where the runner reads it', async () => {
    const summary = join(out, 'summary.md');
    await writeFile(summary, 'from an earlier step\n');
    const { code, stdout } = await run('report bad.json --report console --report github', {
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(code).toBe(0);
    expect(stdout).toContain('Find by phone number');
    expect(commandsIn(stdout).map(({ command }) => command)).toEqual(['error', 'notice']);
    expect(await readFile(summary, 'utf8')).toMatch(/^from an earlier step\n# Acme CRM: not ready/);
  });

  it('a summary that cannot be written is told before anything else is done', async () => {
    await mkdir(join(out, 'folder'));
    const { code, stdout, stderr } = await run('report bad.json --report github', {
      GITHUB_STEP_SUMMARY: join(out, 'folder'),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the summary of the job cannot be written');
  });
});

it.each([
  ['check', reporters],
  ['demo', reporters],
  ['report', reporters],
  ['report merge', overviewReporters],
  ['report compare', comparisonReporters],
])('%s --list-reports lists every format, and wants nothing else', async (command, formats) => {
  const { code, stdout, stderr } = await run(`${command} --list-reports`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = Object.entries(formats).map(([name, { title }]) =>
    expect.stringMatching(`^${name} +${title}`),
  );
  expect(stdout.trimEnd().split('\n')).toEqual(lines);
});
