import { isFinding, isUnmeasured } from './findings.ts';
import { verdictTitles } from './titles.ts';
import type { CheckResult, Report, Verdict } from './types.ts';

/** What has become of a requirement since a report was saved. */
type Outcome = 'FIXED' | 'STILL' | 'NEW' | 'MET' | 'COULD NOT MEASURE';

export interface AskedAgain {
  id: string;
  outcome: Outcome;
  /** For a person: what it was, what it is. */
  text: string;
}

/** The requirements that a report finds fault with, waived ones too. */
export function findingsIn(report: Report): string[] {
  return report.checks.filter((check) => isFinding(real(check))).map(({ id }) => id);
}

/**
 * Holds each requirement of a new run against the report that was saved before.
 * @param wanted items and ids that were to be asked: one that was not, because the profile or the catalogue is another
 *   one now, is not passed over
 */
export function comparedWith(saved: Report, now: Report, wanted: readonly string[]): AskedAgain[] {
  const before = new Map(saved.checks.map((check) => [check.id, real(check)]));
  const asked = new Set(now.checks.map(({ id }) => id));
  const missed = wanted.flatMap((id): AskedAgain[] => {
    const was = before.get(id);
    if (asked.has(id) || was === undefined) return [];
    return [
      { id, outcome: 'COULD NOT MEASURE', text: `was ${verdictTitles[was.verdict]}, is not asked now` },
    ];
  });
  const compared = now.checks.map((check): AskedAgain => {
    const { id, verdict, summary } = real(check);
    const was = before.get(id);
    const past = was === undefined ? 'not asked' : verdictTitles[was.verdict];
    return {
      id,
      outcome: outcomeOf(was !== undefined && isFinding(was), real(check)),
      text: `was ${past}, is ${verdictTitles[verdict]}: ${summary}`,
    };
  });
  return [...compared, ...missed];
}

function outcomeOf(wasFinding: boolean, now: CheckResult): Outcome {
  if (isUnmeasured(now.verdict)) return 'COULD NOT MEASURE';
  if (isFinding(now)) return wasFinding ? 'STILL' : 'NEW';
  return wasFinding ? 'FIXED' : 'MET';
}

/** Without its waiver. */
function real(check: CheckResult): CheckResult {
  const { waiver } = check;
  if (!waiver) return check;
  const verdict: Verdict = waiver.verdict;
  return { ...check, verdict, summary: waiver.summary, earned: waiver.earned };
}
