import type { Decision } from './gate.ts';

export interface Outcome extends BesideTheGate {
  /** What the gate says of the report; null when there was no report. */
  gate: Decision['state'] | null;
}

/** What outweighs the gate, whatever it says. */
export interface BesideTheGate {
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
  const other = outweighing(outcome);
  if (other) return other.code;
  if (outcome.gate === 'fails') return 1;
  return outcome.gate === 'holds' ? 0 : 3;
}

/** What decides the exit code in the gate's place, and a sentence that says so; null: nothing does. */
export function outweighing({
  usage,
  leftoverDeletionFailed,
  interrupted,
}: BesideTheGate): { code: 2 | 4 | 130; sentence: string } | null {
  const because = (code: 2 | 4 | 130, why: string) => ({
    code,
    sentence: `Exit code ${code} all the same: ${why}.`,
  });
  if (usage) return because(2, 'the problem above has to be seen to');
  if (leftoverDeletionFailed) return because(4, 'test records may be left in the CRM');
  return interrupted ? because(130, 'the run was interrupted') : null;
}
