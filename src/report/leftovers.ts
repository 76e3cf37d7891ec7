import type { Leftover, Report } from './types.ts';

/** Why a record without an id is left where it could not be found again either. */
export const notFoundAgain = 'it may have been created, but the CRM gave no id and it cannot be found';

/** `crm-ready demo` takes its CRM with it when it ends. */
export function isDemo({ command }: { command?: string[] }): boolean {
  return command?.[0] === 'demo';
}

/** What can be done about the records that a run left in the CRM; `crm-ready clean` is named where it can help. */
export function adviceOnLeftovers({ leftovers, run }: Pick<Report, 'leftovers' | 'run'>): string {
  if (isDemo(run)) return 'Nothing is to be done: the CRM of the demo is gone, and they with it.';
  const reachable = leftovers.filter(canBeCleaned);
  if (reachable.length === 0) return 'Remove them by hand: search for the names.';
  if (reachable.length === leftovers.length)
    return 'Remove them with `crm-ready clean`, or by hand: search for the names.';
  return 'Remove what can be found with `crm-ready clean`, the rest by hand: search for the names.';
}

/** By its id, or by what leads to it (a number, the list of a contact), unless that was tried; nothing leads to messages. */
function canBeCleaned({ kind, id, reason }: Leftover): boolean {
  return id !== null || (kind !== 'message log' && reason !== notFoundAgain);
}
