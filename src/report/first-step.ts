import { essentialFeatures } from './findings.ts';
import { type CheckResult, featureIds, type Report } from './types.ts';

/**
 * The requirements whose remedies help most: a failing must before a must that needs adapter code, before anything
 * else that loses score; among these the one that an essential feature waits for, then the one on which most
 * features and requirements depend.
 * @param count at most so many; fewer where less is lost
 */
export function firstSteps(report: Pick<Report, 'checks' | 'features'>, count: number): CheckResult[] {
  const ranked = report.checks
    .filter((check) => check.level !== 'info' && (check.verdict === 'fail' || check.verdict === 'warn'))
    .map((check) => ({ check, rank: rankOf(check, report) }));
  // A stable sort: among equals the order of the checklist decides.
  ranked.sort((a, b) => compareRanks(b.rank, a.rank));
  return ranked.slice(0, count).map(({ check }) => check);
}

/** The requirement whose remedy helps most, or null when nothing is lost. */
export function firstStep(report: Pick<Report, 'checks' | 'features'>): CheckResult | null {
  return firstSteps(report, 1)[0] ?? null;
}

function rankOf(check: CheckResult, { checks, features }: Pick<Report, 'checks' | 'features'>): number[] {
  const blocked = checks.filter((other) => other.blockedBy === check.id).map((other) => other.id);
  const waiting = featureIds.filter((id) =>
    features[id].because.some((because) => because === check.id || blocked.includes(because)),
  );
  const essential = waiting.filter((id) => essentialFeatures.some((other) => other === id));
  const isMust = check.level === 'must';
  return [
    isMust && check.verdict === 'fail' ? 1 : 0,
    waiting.length > 0 ? 1 : 0,
    essential.length,
    waiting.length,
    blocked.length,
    check.weight * (1 - (check.earned ?? 1)),
  ];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
