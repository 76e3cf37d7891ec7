import type { Leftover } from '../report/types.ts';
import { type CleanUp, cleanUp } from './clean-up.ts';
import { systemClock } from './clock.ts';
import type { RunOptions } from './options.ts';
import type { Kit } from './specimens/kit.ts';

/** Removes what the run created, or says why not; never throws. */
export async function removeEverything(kit: Kit, { keep, progress }: RunOptions): Promise<CleanUp> {
  const made = kit.ledger.entries.filter(({ state }) => state === 'announced' || state === 'created');
  if (made.length === 0) return { deleted: 0, leftovers: [], failed: false };
  if (keep) {
    return {
      deleted: 0,
      failed: false,
      leftovers: made.map((entry) => leftover(entry, 'kept, as --keep asks')),
    };
  }
  progress.phase(`removing ${made.length} records that this run created`);
  try {
    const crm = await kit.get('crm');
    // A clock of its own: the run's may have been stopped, and a lagging index must be waited for all the same.
    const clock = systemClock(new AbortController().signal, progress.waiting);
    const lag = (await kit.peek('lookup by E.164'))?.afterSeconds ?? 0;
    return await cleanUp(crm, kit.ledger, clock, lag);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { deleted: 0, failed: true, leftovers: made.map((entry) => leftover(entry, reason)) };
  }
}

function leftover({ kind, id, name }: Kit['ledger']['entries'][number], reason: string): Leftover {
  return { kind, id: id === null ? null : String(id), name, reason };
}
