import { isFinding, isUnmeasured } from '../report/findings.ts';
import type { CheckResult, Report } from '../report/types.ts';
import type { WaiverEntry } from '../report/waivers.ts';
import { summarise } from './judge.ts';

/** A waiver that must go: its day has passed, or there is nothing left to waive. */
export interface SpentWaiver {
  id: string;
  why: 'expired' | 'not needed';
  /** In a few words, for a person. */
  text: string;
}

export interface Waived {
  report: Report;
  spent: SpentWaiver[];
}

/**
 * The report with these findings waived: they stay visible, out of the score. Where a requirement could not be
 * measured, its waiver waits; where nothing is to be waived, or the day has passed, it is spent.
 * @param today `YYYY-MM-DD`, UTC
 */
export function waive(report: Report, waivers: readonly WaiverEntry[], today: string): Waived {
  const before = withoutWaivers(report);
  const byId = new Map(before.checks.map((check) => [check.id, check]));
  const spent: SpentWaiver[] = [];
  const holding = new Map<string, WaiverEntry>();
  for (const waiver of waivers) {
    const { id, expires } = waiver;
    const check = byId.get(id);
    if (expires < today)
      spent.push({ id, why: 'expired', text: `the waiver of ${id} expired on ${expires}` });
    else if (check && isFinding(check)) holding.set(id, waiver);
    else if (isSettled(check, report))
      spent.push({ id, why: 'not needed', text: `the waiver of ${id} is no longer needed` });
  }
  const checks = before.checks.map((check) => waivedBy(check, holding.get(check.id)));
  return { report: { ...before, ...summarise(checks, report.profile.signIn), checks }, spent };
}

/** The report as it was judged, before anybody waived anything. */
export function withoutWaivers(report: Report): Report {
  if (!report.checks.some(({ waiver }) => waiver)) return report;
  const checks = report.checks.map(({ waiver, ...check }): CheckResult => {
    if (!waiver) return check;
    const { verdict, summary, earned } = waiver;
    return { ...check, verdict, summary, earned };
  });
  return { ...report, ...summarise(checks, report.profile.signIn), checks };
}

/** Whether the report can tell that there is nothing to waive. What was left out by `--only` tells nothing. */
function isSettled(check: CheckResult | undefined, { run }: Report): boolean {
  return check === undefined ? run.only === null : !isUnmeasured(check.verdict);
}

function waivedBy(check: CheckResult, waiver: WaiverEntry | undefined): CheckResult {
  const { verdict, summary, earned } = check;
  if (!waiver || (verdict !== 'fail' && verdict !== 'warn')) return check;
  const { reason, expires } = waiver;
  return {
    ...check,
    verdict: 'waived',
    summary: `${summary}; waived until ${expires}: ${reason}`,
    earned: null,
    waiver: { reason, expires, verdict, summary, earned },
  };
}
