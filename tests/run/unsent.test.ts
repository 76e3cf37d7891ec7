import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/types.ts';
import { judgeAgain } from '../../src/verdict/judge-again.ts';
import { checkSandbox } from '../harness.ts';

const file = 'profiles/reference-api-key.yaml';
const spent = (most: number) => ({
  verdict: 'inconclusive',
  summary: expect.stringMatching(`^not measured: All ${most} requests of this run are used up`),
  blockedBy: null,
});

describe('a run that may send no more', () => {
  it.each([20, 30, 40, 60])('of %i requests says of the CRM only what it has seen', async (most) => {
    const { report } = await checkSandbox([], { file, maxRequests: most });
    // This CRM is without a fault: whatever is said of it beside praise is wrong.
    const open = report.checks.filter(({ verdict }) => !['pass', 'not-applicable'].includes(verdict));
    const others = open.filter(({ id }) => !['auth.alternative', 'logout.endpoint'].includes(id));
    expect(others.length).toBeGreaterThan(0);
    for (const check of others) expect(check).toMatchObject(spent(most));
  });

  it('blames no requirement that had no turn', async () => {
    const { checks } = await checkSandbox([], { only: ['lookup.none'], maxRequests: 3 });
    expect(checks.get('lookup.none')).toMatchObject(spent(3));
  });

  it('marks the searches that were not sent as not asked', async () => {
    const { checks } = await checkSandbox(['search-exact'], {
      file,
      only: ['phone-lookup'],
      maxRequests: 50,
    });
    const { facts } = checks.get('lookup.any-format') ?? {};
    const { matrix } = facts as { matrix: { cells: string[][] } };
    expect(matrix.cells.flat()).toContain('hit');
    expect(matrix.cells.flat()).toContain('not-asked');
    expect(matrix.cells.flat()).not.toContain('trouble');
    expect(checks.get('lookup.any-format')).toMatchObject(spent(50));
  });

  it('is judged again as it was', async () => {
    const { report } = await checkSandbox([], { file, maxRequests: 40 });
    const verdicts = ({ checks }: Report) => checks.map(({ id, verdict, summary }) => [id, verdict, summary]);
    expect(verdicts(judgeAgain(report))).toEqual(verdicts(report));
  });

  it('for want of time asks nothing, and says so', async () => {
    const { report } = await checkSandbox([], { file, deadlineSeconds: 0.001, latencyMs: 50 });
    const said = report.checks
      .filter(({ verdict }) => !['pass', 'not-applicable'].includes(verdict))
      .filter(({ id }) => !['auth.alternative', 'logout.endpoint'].includes(id));
    expect(said.length).toBeGreaterThan(50);
    for (const check of said) {
      expect(check).toMatchObject({
        verdict: 'inconclusive',
        summary: expect.stringMatching(
          /^not measured: The time for this run is over|^the run was stopped before this could be measured$/,
        ),
        blockedBy: null,
      });
    }
  });
});
