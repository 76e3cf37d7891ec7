import type { CheckResult } from '../report/types.ts';

/** App Connect's setting for overriding formats has room for this many. */
const roomForFormats = 3;

/**
 * What `lookup.any-format` means for a call pop, read from its facts `{ share, extraFormats, unreachable }`.
 * Null for every other requirement, for one whose facts say nothing, and where nothing is missed.
 */
export function judgeFormats(
  check: CheckResult,
): { missedPercent: number; fewFormatsRecoverTheRest: boolean } | null {
  if (check.id !== 'lookup.any-format' || (check.verdict !== 'warn' && check.verdict !== 'fail')) return null;
  const { facts } = check;
  if (typeof facts !== 'object' || facts === null) return null;
  if (!('share' in facts) || typeof facts.share !== 'number' || !(facts.share < 1)) return null;
  const extra = lengthOf(facts, 'extraFormats');
  return {
    missedPercent: Math.min(100, Math.max(1, Math.round((1 - facts.share) * 100))),
    fewFormatsRecoverTheRest: extra >= 1 && extra <= roomForFormats && lengthOf(facts, 'unreachable') === 0,
  };
}

function lengthOf(facts: object, name: string): number {
  const list = (facts as Record<string, unknown>)[name];
  return Array.isArray(list) ? list.length : 0;
}
