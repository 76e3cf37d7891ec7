/** Questions that every report asks of the results. */

import type { CheckResult, FeatureId, Verdict } from './types.ts';

/** The features without which nobody would use App Connect. */
export const essentialFeatures = ['connect', 'call-pop', 'log-calls'] as const satisfies readonly FeatureId[];

/** With less than this measured, nothing is said about the whole. */
export const requiredMeasuredPercent = 80;

/** The gate of the exit code: a must that fails, whatever its feature does. */
export function isFailedMust(check: CheckResult): boolean {
  return check.level === 'must' && check.verdict === 'fail';
}

/** There is an answer that counts. */
export function isMeasured(verdict: Verdict): verdict is 'pass' | 'warn' | 'fail' {
  return verdict === 'pass' || verdict === 'warn' || verdict === 'fail';
}

/** Measured and shown, and not judged. */
export function isForInformation(check: CheckResult): boolean {
  return check.level === 'info' && isMeasured(check.verdict);
}

/** Verdicts that leave a question open: it was to be measured, and was not. */
export function isUnmeasured(verdict: Verdict): verdict is 'blocked' | 'not-described' | 'inconclusive' {
  return verdict === 'blocked' || verdict === 'not-described' || verdict === 'inconclusive';
}

/** What a reader must hear of: a requirement that is not met, or met with a loss. */
export function isFinding(check: CheckResult): boolean {
  return check.level !== 'info' && (check.verdict === 'fail' || check.verdict === 'warn');
}

/** How bad it is: a must that is not met, what else costs something, what is open or accepted, what is well. */
export type Severity = 'error' | 'warning' | 'notice' | 'none';

export function severityOf(check: CheckResult): Severity {
  if (isFailedMust(check)) return 'error';
  if (isFinding(check)) return 'warning';
  if (check.level !== 'info' && (isUnmeasured(check.verdict) || check.verdict === 'waived')) return 'notice';
  return 'none';
}
