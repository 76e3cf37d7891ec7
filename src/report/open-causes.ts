import { isUnmeasured } from './findings.ts';
import type { CheckResult } from './types.ts';

/** One reason for which requirements are not measured. */
export interface OpenCause {
  /** The requirement at the root of it: the first that says so. */
  root: CheckResult;
  /** All that are not measured for this reason, the root among them where it is not measured itself. */
  open: CheckResult[];
}

/**
 * Why requirements are not measured, the reason that costs most first. One that is blocked by another has the reason of
 * that one, however long the chain is.
 */
export function openCauses(checks: readonly CheckResult[]): OpenCause[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const causes = new Map<string, OpenCause>();
  for (const check of checks.filter(({ verdict }) => isUnmeasured(verdict))) {
    const root = rootOf(check, byId);
    const reason = `${root.verdict} ${root.summary}`;
    const cause = causes.get(reason) ?? { root, open: [] };
    cause.open.push(check);
    causes.set(reason, cause);
  }
  return [...causes.values()].sort((a, b) => b.open.length - a.open.length);
}

/** What is met or out blocks nothing any more: then the reason is the check's own. */
function rootOf(check: CheckResult, byId: ReadonlyMap<string, CheckResult>): CheckResult {
  const seen = new Set<CheckResult>();
  let root = check;
  while (root.verdict === 'blocked' && root.blockedBy !== null && !seen.has(root)) {
    seen.add(root);
    const blocker = byId.get(root.blockedBy);
    if (blocker === undefined || blocker.verdict === 'pass' || blocker.verdict === 'not-applicable') break;
    root = blocker;
  }
  return root;
}
