import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/checks/index.ts';
import { crmReady, parseReport, start } from './command.ts';

describe.concurrent('crm-ready explain', () => {
  it('lookup.any-format', async () => {
    const { code, stdout, stderr } = await crmReady('explain lookup.any-format');
    const definition = catalogue.find(({ id }) => id === 'lookup.any-format');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = stdout.replace(/\s+/g, ' ');
    for (const part of [
      definition?.title,
      definition?.why,
      definition?.remedy.vendor,
      definition?.remedy.integrator,
    ])
      expect(text).toContain(part);
    for (const part of [
      'a should',
      'weight 9',
      'decides Call pop',
      definition?.judged.pass,
      '--fault search-exact',
    ])
      expect(text).toContain(part);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it.each([
    ['activity.message', 'message-refused'],
    ['activity.update', 'error-500-on-update'],
    ['lookup.any-format', 'search-never-indexed'],
  ])('%s shows no command that does not let it fail', async (id, fault) => {
    const { stdout } = await crmReady(`explain ${id}`);
    expect(stdout).toContain(`crm-ready demo --only ${id} --fault `);
    expect(stdout).not.toContain(fault);
  });

  it('lookup.settle shows a command that waits for the index', async () => {
    const [, line = ''] = /crm-ready (demo .*)/.exec((await crmReady('explain lookup.settle')).stdout) ?? [];
    const { stderr, stdout } = await crmReady(`${line} --report json`);
    expect(stderr).toContain('this takes up to half a minute');
    expect(parseReport(stdout).checks.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['lookup.settle', 'warn'],
    ]);
  });

  it('--list', async () => {
    const { code, stdout } = await crmReady('explain --list');
    expect(code).toBe(0);
    expect(stdout.match(/^ {4}[a-z]+\.[a-z0-9-]+/gm)?.map((id) => id.trim())).toEqual(
      catalogue.map(({ id }) => id),
    );
  });

  it.each([
    ['explain lookup.anyformat', 'Did you mean lookup.any-format?'],
    ['explain any-formt', 'Did you mean lookup.any-format?'],
    ['explain weather', 'crm-ready explain --list lists them.'],
    ['explain', 'explain what?'],
  ])('%s', async (line, says) => {
    const { code, stdout, stderr } = await crmReady(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});

it.each(catalogue)('it is said in words how $id is judged', ({ judged: { asks: _asks, ...verdicts } }) => {
  expect(Object.keys(verdicts)).not.toEqual([]);
});

it('who has seen enough of the list closes it, and nobody complains', async () => {
  const { child, ended } = start('explain --list');
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});
