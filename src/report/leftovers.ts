import type { Leftover, Report } from './types.ts';

/** Why a record without an id is left where it could not be found again either. */
export const notFoundAgain = 'it may have been created, but the CRM gave no id and it cannot be found';

/** Whether nobody knows that it is in the CRM at all. */
export function isUnsure({ reason }: Leftover): boolean {
  return reason === notFoundAgain;
}

/** `crm-ready demo` takes its CRM with it when it ends. */
export function isDemo({ command }: { command?: string[] }): boolean {
  return command?.[0] === 'demo';
}

/** What can be done about the records that a run left in the CRM; `crm-ready clean` is named where it can help. */
export function adviceOnLeftovers({ leftovers, run }: Pick<Report, 'leftovers' | 'run'>): string {
  const [records, them, names] =
    leftovers.length === 1 ? ['record', 'it', 'name'] : ['records', 'them', 'names'];
  if (isDemo(run)) return `Nothing is to be done: the CRM of the demo is gone, and the ${records} with it.`;
  const byHand = `by hand: search for the ${names}.`;
  const reachable = leftovers.filter(canBeCleaned);
  if (reachable.length === 0) return `Remove ${them} ${byHand}`;
  const missing = [...new Set(reachable.flatMap(undescribed))];
  const first = missing.length === 0 ? '' : `Add ${missing.join(', ')} to the profile. `;
  return reachable.length === leftovers.length
    ? `${first}Remove ${them} with \`crm-ready clean\`, or ${byHand}`
    : `${first}Remove what can be found with \`crm-ready clean\`, the rest ${byHand}`;
}

/** By its id, or by what leads to it (a number, the list of a contact), unless that was tried; nothing leads to messages. */
function canBeCleaned(leftover: Leftover): boolean {
  return leftover.id !== null || (leftover.kind !== 'message log' && !isUnsure(leftover));
}

/** The operation without which `crm-ready clean` would only say the same again. */
function undescribed({ reason }: Leftover): string[] {
  const [, operation] = /^the profile describes no (delete\w+)$/.exec(reason) ?? [];
  return operation === undefined ? [] : [operation];
}
