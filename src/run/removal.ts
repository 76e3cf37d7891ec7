import { lasting } from '../auth/lasting.ts';
import type { OAuthClient } from '../auth/oauth/client.ts';
import { silentAuthorizer } from '../auth/oauth/grants.ts';
import type { Session } from '../auth/session.ts';
import { signInAgain } from '../auth/sign-in.ts';
import type { Leftover } from '../report/types.ts';
import { type CleanUp, cleanUp, longestWait } from './clean-up.ts';
import { systemClock } from './clock.ts';
import { isOpen } from './ledger.ts';
import type { RunOptions } from './options.ts';
import type { Kit } from './specimens/kit.ts';

/**
 * Removes what the run created, or says why not; never throws. Neither a budget nor a deadline nor Ctrl-C may leave
 * test data behind.
 */
export async function removeEverything(kit: Kit, options: RunOptions): Promise<CleanUp> {
  const made = kit.ledger.entries.filter(isOpen);
  if (made.length === 0 && !kit.ledger.entries.some(({ state }) => state === 'refused'))
    return { deleted: 0, leftovers: [], failed: false };
  if (options.keep) {
    return {
      deleted: 0,
      failed: false,
      leftovers: made.map((entry) => leftover(entry, 'kept, as --keep asks')),
    };
  }
  const { progress } = options;
  if (made.length > 0) progress.phase(`removing ${made.length} records that this run created`);
  const { transport } = kit.operations;
  try {
    const lag = (await kit.peek('lookup by E.164'))?.afterSeconds ?? 0;
    return await transport.cleanUp(secondsFor(made.length, lag, kit, options), async () => {
      const crm = await kit.get('crm');
      // A clock of its own: the run's may have been stopped, and a lagging index must be waited for all the same.
      const clock = systemClock(new AbortController().signal, { waits: progress.waiting });
      return cleanUp(crm.through(lasting(crm.session, () => anew(kit, crm.session))), kit.ledger, clock, lag);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { deleted: 0, failed: true, leftovers: made.map((entry) => leftover(entry, reason)) };
  }
}

/** Another session of the same user, where nobody is needed for it. */
async function anew({ operations, get }: Kit, session: Session): Promise<Session | null> {
  const signedIn = await get('sign-in');
  const silent = (client: OAuthClient) => silentAuthorizer(operations.transport, client);
  const again = await signInAgain(operations, { ...signedIn, session }, silent);
  return again.kind === 'session' ? again.session : null;
}

/** A look, the deletion, and a look whether it is gone. */
const requestsPerRecord = 3;

/**
 * What it may take at most: a minute, as long as so many requests take within the limits of the profile, and what the
 * index lags, for the logs and then for the contacts.
 */
function secondsFor(records: number, lag: number, { profile, operations }: Kit, options: RunOptions): number {
  const { requestsPerSecond = Number.POSITIVE_INFINITY, concurrency } = profile.limits;
  const { exchanges } = operations.transport;
  const slowest = Math.max(0, ...exchanges.map(({ timing }) => timing.totalMs)) / 1000;
  const perRequest = Math.max(1 / requestsPerSecond, slowest / (options.concurrency ?? concurrency));
  return Math.ceil(60 + records * requestsPerRecord * perRequest + 2 * longestWait(lag));
}

function leftover({ kind, id, name }: Kit['ledger']['entries'][number], reason: string): Leftover {
  return { kind, id: id === null ? null : String(id), name, reason };
}
