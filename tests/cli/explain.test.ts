import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/checks/index.ts';
import { crmReady, start } from './command.ts';

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
