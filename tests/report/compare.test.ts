import { describe, expect, it } from 'vitest';
import { type ChangeKind, compareReports, standing } from '../../src/report/compare.ts';
import type { CheckResult, Verdict } from '../../src/report/types.ts';
import { check, report, type Said } from '../reporters/sample.ts';

const id = 'lookup.any-format';
const waiver = { reason: 'r', expires: '2030-01-01', verdict: 'fail', summary: 's', earned: 0 } as const;

function kindOf(before: Said | null, after: Said | null): ChangeKind {
  const checks = (said: Said | null): CheckResult[] => [
    check('user.name'),
    ...(said ? [check(id, said)] : []),
  ];
  const { changes } = compareReports(report(checks(before)), report(checks(after)));
  expect(changes.length).toBeLessThan(2);
  return changes[0]?.kind ?? 'same';
}

describe('between two reports a requirement is', () => {
  it.each<[ChangeKind, string, Said | null, Said | null]>([
    ['worse', 'pass, then fail', { verdict: 'pass' }, { verdict: 'fail' }],
    ['worse', 'pass, then warn', { verdict: 'pass' }, { verdict: 'warn' }],
    ['worse', 'warn, then fail', { verdict: 'warn' }, { verdict: 'fail' }],
    ['worse', 'a smaller share', { verdict: 'warn', share: 0.8 }, { verdict: 'warn', share: 0.3 }],
    ['better', 'fail, then pass', { verdict: 'fail' }, { verdict: 'pass' }],
    ['better', 'a larger share', { verdict: 'warn', share: 0.3 }, { verdict: 'warn', share: 0.8 }],
    ['same', 'fail, then fail', { verdict: 'fail' }, { verdict: 'fail' }],
    ['same', 'blocked, then inconclusive', { verdict: 'blocked' }, { verdict: 'inconclusive' }],
    ['unmeasured', 'pass, then inconclusive', { verdict: 'pass' }, { verdict: 'inconclusive' }],
    ['unmeasured', 'fail, then blocked', { verdict: 'fail' }, { verdict: 'blocked' }],
    ['measured', 'inconclusive, then fail', { verdict: 'inconclusive' }, { verdict: 'fail' }],
    ['new', 'not asked, then pass', null, { verdict: 'pass' }],
    ['new', 'not applicable, then fail', { verdict: 'not-applicable' }, { verdict: 'fail' }],
    ['gone', 'pass, then not asked', { verdict: 'pass' }, null],
    ['gone', 'fail, then not applicable', { verdict: 'fail' }, { verdict: 'not-applicable' }],
    ['waived', 'pass, then a fail that is waived', { verdict: 'pass' }, { verdict: 'waived', waiver }],
    ['same', 'waived, then waived', { verdict: 'waived', waiver }, { verdict: 'waived', waiver }],
    [
      'same',
      'a fail that was waived, and is no longer',
      { verdict: 'waived', waiver },
      { verdict: 'fail', share: 0 },
    ],
    ['better', 'a fail that was waived, then pass', { verdict: 'waived', waiver }, { verdict: 'pass' }],
  ])('%s: %s', (kind, _, before, after) => {
    expect(kindOf(before, after)).toBe(kind);
  });

  it('neither better nor worse where it is shown for information only', () => {
    const [before, after] = (['pass', 'fail'] as Verdict[]).map((verdict) =>
      report([check('lookup.speed', { verdict })]),
    );
    expect(before && after && compareReports(before, after).changes).toEqual([]);
  });
});

describe('a comparison', () => {
  const one = (verdict: Verdict) => report([check('lookup.e164', { verdict }), check('user.name')]);

  it('fails where something is worse, and cannot tell where something that was met is not measured', () => {
    expect(standing(compareReports(one('pass'), one('fail')))).toBe('fails');
    expect(standing(compareReports(one('pass'), one('inconclusive')))).toBe('cannot tell');
    // What failed before cannot have got worse.
    expect(standing(compareReports(one('fail'), one('inconclusive')))).toBe('holds');
    expect(standing(compareReports(one('fail'), one('pass')))).toBe('holds');
  });

  it('warns where the two may not be comparable', () => {
    const other = one('pass');
    other.profile = { ...other.profile, host: 'https://other.example' };
    other.catalogueVersion = 2;
    expect(compareReports(one('pass'), other).notes).toEqual([
      'These are reports of different CRMs.',
      expect.stringContaining('--judge'),
    ]);
    const edited = one('pass');
    edited.profile = { ...edited.profile, hash: '0'.repeat(64) };
    expect(compareReports(one('pass'), edited).notes).toEqual([
      expect.stringContaining('profile has changed'),
    ]);
  });

  it('takes a CRM on this machine for the same one on another port', () => {
    const [before, after] = [8080, 9090].map((port) => {
      const local = one('pass');
      local.profile = { ...local.profile, host: `http://127.0.0.1:${port}` };
      return local;
    });
    expect(before && after && compareReports(before, after).notes).toEqual([]);
  });
});
