import type { Decision } from './gate.ts';

export interface Outcome {
  /** What the gate says of the report; null when there was no report. */
  gate: Decision['state'] | null;
  /** A delete request was sent and did not remove the record. (No delete operation at all is not a failure.) */
  leftoverDeletionFailed?: boolean;
  interrupted?: boolean;
  /** The command line or the profile was wrong. */
  usage?: boolean;
}

/**
 * The process's exit code: 0 the gate holds (by itself: no must fails) · 1 it does not · 2 usage or profile · 3 could
 * not measure · 4 test data is left behind · 130 interrupted. Where several hold, the one that asks for action soonest:
 * 2, 4, 130, 1, 3, 0.
 */
export function exitCode(outcome: Outcome): 0 | 1 | 2 | 3 | 4 | 130 {
  if (outcome.usage) return 2;
  if (outcome.leftoverDeletionFailed) return 4;
  if (outcome.interrupted) return 130;
  if (outcome.gate === 'fails') return 1;
  return outcome.gate === 'holds' ? 0 : 3;
}
