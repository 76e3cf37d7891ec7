import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/types.ts';
import { type Decision, decide, type GateRules } from '../../src/verdict/gate.ts';
import { checks, report, type Said } from '../reporters/sample.ts';

const having = (said: Record<string, Said>): Report => report(checks(said));
const good = having({});
const failing = having({ 'user.validates': { verdict: 'fail' } });
const unmeasured = having({ 'user.validates': { verdict: 'inconclusive' } });
const lossy = having({ 'lookup.shared': { verdict: 'warn' }, 'activity.markup': { verdict: 'warn' } });
const noMessages = having({ 'activity.message': { verdict: 'fail' } });
const unasked = having({ 'activity.message': { verdict: 'not-described' } });
const unknown = having(
  Object.fromEntries(['lookup.e164', 'lookup.none'].map((id) => [id, { verdict: 'inconclusive' as const }])),
);

describe('the gate', () => {
  it.each<[string, Report, GateRules, Decision['state'], string]>([
    ['no must fails', good, {}, 'holds', 'Gate: holds: no must fails.'],
    ['a must fails', failing, {}, 'fails', 'Gate: does not hold: 1 must fails (user.validates).'],
    ['a should is missed', lossy, {}, 'holds', 'no must fails'],
    [
      'the score is high enough',
      lossy,
      { failUnder: 90 },
      'holds',
      `the score ${lossy.score} is at least 90`,
    ],
    ['the score is too low', lossy, { failUnder: 100 }, 'fails', `the score ${lossy.score} is under 100`],
    ['a feature works', noMessages, { require: ['call-pop'] }, 'fails', '1 must fails'],
    [
      'a feature does not work',
      noMessages,
      { require: ['log-messages'] },
      'fails',
      '"Log messages" does not work (activity.message)',
    ],
    [
      'a feature is unknown',
      unasked,
      { require: ['log-messages'] },
      'cannot tell',
      'whether "Log messages" works is unknown',
    ],
    ['enough is measured', unasked, { maxUnmeasured: 10 }, 'holds', '% is not measured, at most 10 %'],
    ['too little is measured', unasked, { maxUnmeasured: 0 }, 'fails', '% is not measured, more than 0 %'],
    [
      'as bad as the baseline',
      failing,
      { baseline: failing },
      'holds',
      'nothing got worse since the baseline of 2026-03-04',
    ],
    [
      'worse than the baseline',
      failing,
      { baseline: good },
      'fails',
      'worse than the baseline of 2026-03-04 (user.validates)',
    ],
    [
      'better than the baseline, but under the score',
      failing,
      { baseline: failing, failUnder: 100 },
      'fails',
      'is under 100',
    ],
    [
      'measured in the baseline, and not now',
      unasked,
      { baseline: good },
      'cannot tell',
      'measured in the baseline and not now (activity.message)',
    ],
    [
      'a must fails that the baseline had not measured',
      failing,
      { baseline: unmeasured },
      'fails',
      'musts fail that the baseline of 2026-03-04 had not measured (user.validates)',
    ],
    [
      'the baseline is of another CRM',
      failing,
      { baseline: { ...failing, profile: { ...failing.profile, host: 'https://crm.other.example' } } },
      'cannot tell',
      `the baseline is of another CRM (${failing.profile.name}, https://crm.other.example)`,
    ],
    [
      'the whole is unknown',
      unknown,
      {},
      'cannot tell',
      'Gate: cannot be told: what was measured does not tell whether Call pop works.',
    ],
  ])('where %s', (_, given, rules, state, says) => {
    const { state: decided, line } = decide(given, rules, []);
    expect({ decided, line }).toEqual({ decided: state, line: expect.stringContaining(says) });
    expect(line).not.toContain('\n');
  });

  it('fails for a waiver that is spent, however good the rest', () => {
    const spent = [
      { id: 'user.id', why: 'expired', text: 'the waiver of user.id expired on 2026-01-01' } as const,
    ];
    expect(decide(good, {}, spent)).toEqual({
      state: 'fails',
      line: 'Gate: does not hold: the waiver of user.id expired on 2026-01-01.',
    });
  });

  it('a failure outweighs what cannot be told, and every reason is named', () => {
    const { state, line } = decide(noMessages, { failUnder: 100, require: ['log-messages'] }, []);
    expect(state).toBe('fails');
    for (const reason of ['1 must fails', 'is under 100', '"Log messages" does not work'])
      expect(line).toContain(reason);
  });

  it('no option makes it milder, but for the baseline', () => {
    for (const rules of [
      { failUnder: 0 },
      { maxUnmeasured: 100 },
      { require: ['connect'] },
    ] satisfies GateRules[])
      expect(decide(failing, rules, []).state).toBe('fails');
  });
});
