import { describe, expect, it } from 'vitest';
import { CATALOGUE_VERSION } from '../../src/checks/index.ts';
import type { Report } from '../../src/report/types.ts';
import { judgeAgain } from '../../src/verdict/judge-again.ts';
import { waive } from '../../src/verdict/waive.ts';
import { checkSandbox } from '../harness.ts';
import { check, report } from '../reporters/sample.ts';

const { report: saved } = await checkSandbox(['search-exact', 'update-ignored', 'user-ok-for-wrong-token']);
/** As it comes back from a file. */
const fromFile = () => JSON.parse(JSON.stringify(saved)) as Report;
const verdicts = ({ checks }: Report) => checks.map(({ id, verdict, summary }) => [id, verdict, summary]);

describe('a saved report, judged again by the catalogue that made it,', () => {
  it('says the same of every requirement', () => {
    const again = judgeAgain(fromFile());
    expect(verdicts(again)).toEqual(verdicts(saved));
    const { checks: _, notes: _notes, ...rest } = again;
    const { checks: _checks, notes: _before, ...before } = saved;
    expect(rest).toEqual(before);
    expect(new Set(saved.checks.map(({ verdict }) => verdict))).toEqual(
      new Set(['pass', 'warn', 'fail', 'blocked', 'not-applicable']),
    );
  });

  it('waits for what its kind of credential has, where little was asked', async () => {
    const few = await checkSandbox([], { file: 'profiles/reference-api-key.yaml', only: ['auth.accepted'] });
    const waits = { state: 'unknown', because: ['auth.alternative', 'user.name', 'user.id'] };
    expect(few.report.profile.signIn).toBe('alternative');
    expect(few.report.features.connect).toMatchObject(waits);
    expect(judgeAgain(few.report).features).toEqual(few.report.features);
    const waiver = {
      id: 'auth.accepted',
      reason: 'known',
      expires: '2999-12-31',
      at: { line: 1, column: 1 },
    };
    const failing = few.report.checks.map((each) => ({ ...each, verdict: 'fail' as const }));
    const waived = waive({ ...few.report, checks: failing }, [waiver], '2026-01-01').report;
    expect(waived.features.connect).toMatchObject(waits);
  });

  it('gets back verdicts, texts, weights and score that somebody changed', () => {
    const forged = fromFile();
    forged.score = 100;
    forged.overall = 'ready';
    for (const each of forged.checks) {
      if (each.facts === null) continue;
      Object.assign(each, { verdict: 'pass', earned: 1, summary: 'fine', weight: 0, why: '' });
    }
    const again = judgeAgain(forged);
    expect([verdicts(again), again.score, again.overall]).toEqual([
      verdicts(saved),
      saved.score,
      saved.overall,
    ]);
  });

  it('names what has no facts, and keeps its verdict', () => {
    const { notes } = judgeAgain(fromFile());
    expect(notes).toEqual([
      `Judged again from the facts of catalogue ${CATALOGUE_VERSION} under catalogue ${CATALOGUE_VERSION}.`,
      expect.stringMatching(/verdicts are those of the run, for want of facts: .*activity\.update-keeps/),
    ]);
    expect(judgeAgain(judgeAgain(fromFile())).notes).toEqual(notes);
  });
});

describe('what cannot be judged again keeps its verdict:', () => {
  it.each([
    ['facts of another shape', { verdict: 'fail', facts: 'who knows' }],
    ['facts that are null', { verdict: 'blocked', facts: null }],
  ] as const)('%s', (_, said) => {
    const again = judgeAgain(report([check('lookup.any-format', said), check('user.name')]));
    expect(again.checks[0]).toMatchObject({
      verdict: said.verdict,
      summary: 'finds 8 of 8 stored formats by E.164',
    });
    expect(again.notes.join('\n')).toContain('for want of facts: lookup.any-format');
  });

  it('what was cancelled in the middle', () => {
    const cut = fromFile();
    cut.run.ended = 'interrupted';
    const name = cut.checks.find(({ id }) => id === 'user.name');
    if (!name) throw new Error('The reference CRM is asked for a name.');
    Object.assign(name, { verdict: 'inconclusive', earned: null, summary: 'the run was stopped' });
    expect(judgeAgain(cut).checks.find(({ id }) => id === 'user.name')?.verdict).toBe('inconclusive');
  });

  it('a requirement that is no longer in the catalogue', () => {
    const again = judgeAgain(report([{ ...check('user.name'), id: 'user.shoe-size', facts: { size: 42 } }]));
    expect(again.checks[0]?.verdict).toBe('pass');
    expect(again.notes.join('\n')).toContain(
      'no longer in the catalogue, and kept as they were: user.shoe-size',
    );
  });

  it('a waiver belongs to the old verdict, and is undone', () => {
    const waiver = {
      reason: 'r',
      expires: '2030-01-01',
      verdict: 'fail',
      summary: 'no name',
      earned: 0,
    } as const;
    const again = judgeAgain(report([check('user.name', { verdict: 'waived', waiver })]));
    expect(again.checks[0]).toMatchObject({ verdict: 'fail', summary: 'no name' });
    expect(again.checks[0]).not.toHaveProperty('waiver');
  });
});
