import type { Misplaced } from '../operation/types.ts';
import type { Judgement } from '../report/types.ts';

/** How `judged.inconclusive` of the requirements says it. */
export const misplacedText =
  'the path in the profile finds nothing, and a key of the very name in which it ends holds a value elsewhere in the answer: the profile is wrong, most likely; the path is named';

/**
 * A mapping that finds nothing, while a key of the very name that its path ends in holds a value elsewhere in the
 * answer: a slip of the profile, most likely, which is no word about the CRM, and nothing that its vendor could change.
 * @param what was not found: the id, the name
 * @param of whom or which record
 */
export function judgeMisplaced(misplaced: readonly Misplaced[], what: string, of: string): Judgement {
  const change = misplaced.map(({ key, path }) => `change ${key} to ${path}`).join(', and ');
  return {
    verdict: 'inconclusive',
    summary: `the profile looks for ${what} in the wrong place, it seems: ${change}`,
    remedy: { vendor: '', integrator: `C${change.slice(1)}, if that is ${what} of ${of}.` },
  };
}
