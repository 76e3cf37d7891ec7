import { describe, expect, it } from 'vitest';
import { parseWaivers } from '../../src/report/waivers.ts';
import { waive, withoutWaivers } from '../../src/verdict/waive.ts';
import { check, checks, report } from '../reporters/sample.ts';

const known = ['lookup.any-format', 'lookup.e164', 'user.name'];
const read = (text: string) => parseWaivers(text, 'waivers.yaml', known);

describe('a file of waivers', () => {
  it('is a list of ids, each with a reason and a last day', () => {
    const entries = read(
      'waivers:\n  - id: user.name\n    reason: Known, ticket 12.\n    expires: 2030-06-30\n  - { id: lookup.e164, reason: x, expires: "2030-01-01" }\n',
    );
    expect(entries).toEqual([
      { id: 'user.name', reason: 'Known, ticket 12.', expires: '2030-06-30', at: { line: 2, column: 9 } },
      { id: 'lookup.e164', reason: 'x', expires: '2030-01-01', at: { line: 5, column: 11 } },
    ]);
  });

  it.each([
    [
      'an unknown id',
      '- { id: lookup.anyformat, reason: x, expires: 2030-01-01 }',
      '2:11',
      'did you mean `lookup.any-format`?',
    ],
    [
      'an id that is like no other',
      '- { id: weather, reason: x, expires: 2030-01-01 }',
      '2:11',
      'crm-ready explain --list',
    ],
    ['no reason', '- { id: user.name, expires: 2030-01-01 }', '2:5', '`reason` is missing'],
    [
      'an empty reason',
      '- { id: user.name, reason: "", expires: 2030-01-01 }',
      '2:30',
      '`reason` is missing',
    ],
    ['no last day', '- { id: user.name, reason: x }', '2:5', '`expires` is missing'],
    [
      'a day that is none',
      '- { id: user.name, reason: x, expires: 2030-02-30 }',
      '2:42',
      '`2030-02-30` is no day',
    ],
    ['a day in another form', '- { id: user.name, reason: x, expires: 30.6.2030 }', '2:42', 'YYYY-MM-DD'],
    [
      'a misspelt key',
      '- { id: user.name, reasn: x, reason: y, expires: 2030-01-01 }',
      '2:22',
      'did you mean `reason`?',
    ],
    ['a number for an id', '- { id: 5, reason: x, expires: 2030-01-01 }', '2:11', '`id` is no text'],
    ['no map', '- user.name', '2:5', 'this is no waiver'],
    ['an id twice', '- &a { id: user.name, reason: x, expires: 2030-01-01 }\n  - *a', '2:14', 'waived twice'],
  ])('with %s is refused with the place and the next step', (_, entry, at, says) => {
    expect(() => read(`waivers:\n  ${entry}\n`)).toThrow(`waivers.yaml:${at}  `);
    expect(() => read(`waivers:\n  ${entry}\n`)).toThrow(says);
  });

  it.each([
    ['is empty', ''],
    ['is a list', '- id: user.name'],
    ['has another key at the top', 'waiver: []'],
    ['is not YAML', 'waivers: ['],
  ])('that %s is refused', (_, text) => {
    expect(() => read(text)).toThrow('waivers.yaml:1:');
  });
});

describe('a waived finding', () => {
  const bad = report(
    checks({ 'user.name': { verdict: 'fail', summary: 'no name' }, 'user.id': { verdict: 'pass' } }),
  );
  const entry = (id: string, expires = '2030-06-30') => ({
    id,
    reason: 'agreed',
    expires,
    at: { line: 1, column: 1 },
  });

  it('stays visible, out of the score, with the reason and the day', () => {
    const { report: waived, spent } = waive(bad, [entry('user.name')], '2030-06-30');
    const found = waived.checks.find(({ id }) => id === 'user.name');
    expect(found).toMatchObject({
      verdict: 'waived',
      earned: null,
      summary: 'no name; waived until 2030-06-30: agreed',
      waiver: { verdict: 'fail', summary: 'no name', reason: 'agreed', expires: '2030-06-30' },
    });
    expect({ spent, before: bad.score, after: waived.score }).toMatchObject({ spent: [], after: 100 });
    expect(bad.score).toBeLessThan(100);
    expect(waived.features.connect.cautions.join()).toContain('user.name is waived');
  });

  it('can be had back as it was', () => {
    const { report: waived } = waive(bad, [entry('user.name')], '2026-01-01');
    expect(withoutWaivers(waived)).toEqual(bad);
    expect(waive(waived, [entry('user.name')], '2026-01-01').report).toEqual(waived);
  });

  it('is one no longer on the day after', () => {
    const { report: same, spent } = waive(bad, [entry('user.name')], '2030-07-01');
    expect(same.checks.find(({ id }) => id === 'user.name')?.verdict).toBe('fail');
    expect(spent).toEqual([
      { id: 'user.name', why: 'expired', text: 'the waiver of user.name expired on 2030-06-30' },
    ]);
  });

  it('is not needed where the requirement is met, or not asked at all', () => {
    const { spent } = waive(bad, [entry('user.id'), entry('auth.alternative')], '2026-01-01');
    expect(spent.map(({ id, why }) => [id, why])).toEqual([
      ['user.id', 'not needed'],
      ['auth.alternative', 'not needed'],
    ]);
  });

  it('waits where the requirement could not be measured, or was left out by --only', () => {
    const open = report([check('user.name', { verdict: 'inconclusive' })]);
    open.run = { ...open.run, only: ['user.name'] };
    const { report: same, spent } = waive(open, [entry('user.name'), entry('user.id')], '2026-01-01');
    expect([spent, same.checks[0]?.verdict]).toEqual([[], 'inconclusive']);
  });
});
