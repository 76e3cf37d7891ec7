import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from './session.ts';

/** Milliseconds before each further try to renew a token: what a token endpoint is in trouble with may pass. */
const pauses = [1000, 3000];

/**
 * A session for what must be done, such as clean-up: where its token has expired and cannot be renewed, another session
 * takes its place.
 * @param signInAnew null: there is no way that needs nobody
 */
export function lasting(session: Session, signInAnew: () => Promise<Session | null>): Session {
  let current = session;
  let revival: Promise<Session> | undefined;
  let hopeless = false;
  const revived = async (ended: Session): Promise<Session> => {
    const atOnce = await ended.fresh({ atOnce: true });
    if (atOnce.ended() === null) return atOnce;
    const anew = await signInAnew();
    if (anew) return anew;
    for (const pause of pauses) {
      await delay(pause);
      const next = await ended.fresh({ atOnce: true });
      if (next.ended() === null) return next;
    }
    hopeless = true;
    return ended;
  };
  return {
    ...session,
    async fresh() {
      current = await current.fresh();
      if (current.ended() === null || hopeless) return current;
      revival ??= revived(current);
      current = await revival;
      revival = undefined;
      return current;
    },
  };
}
