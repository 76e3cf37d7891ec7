import { setMaxListeners } from 'node:events';
import type { Clock } from '../checks/define-check.ts';
import type { Transport } from '../http/types.ts';

/**
 * The real clock. Once `signal` is aborted every sleep ends, and later ones end at once.
 * @param waits is told of every longer wait
 * @param transport whose budget of requests decides whether waiting can still tell anything
 */
export function systemClock(
  signal: AbortSignal,
  { waits, transport }: { waits?: Clock['waits']; transport?: Transport } = {},
): Clock {
  // One sleep for each contact that is waited for: more than the ten at which Node suspects a leak.
  setMaxListeners(0, signal);
  return {
    now: () => Date.now(),
    sleep: (ms) =>
      new Promise((resolve) => {
        if (signal.aborted || ms <= 0) return resolve();
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
      }),
    get cancelled() {
      return signal.aborted;
    },
    get budgetSpent() {
      return transport?.budgetSpent ?? false;
    },
    ...(waits && { waits }),
  };
}

/** A search index may lag behind a deletion as well; longer than this is not waited, unless it was seen to lag more. */
export const longestWaitSeconds = 10;

/** Pauses between questions, in milliseconds: the first, how each grows, and the longest. */
interface Pauses {
  first: number;
  factor: number;
  longest: number;
  /** Seconds at which it is asked in any case; until then no pause is longer than one. */
  mark?: number;
}

/** To measure how long something takes. */
const closely: Pauses = { first: 250, factor: 2, longest: 5000 };
/** The same, to tell what takes longer than so many seconds from what does not. */
export const closelyUntil = (mark: number): Pauses => ({ ...closely, mark });
/** To be sure that it is not there, with few questions. */
export const sparingly: Pauses = { first: 1000, factor: 4, longest: 20_000 };

/**
 * Asks until the answer is content or the limit is over, with pauses that grow; the last question is asked at the
 * limit. @returns the last answer, seconds waited, and how often was asked
 */
export async function poll<T>(
  clock: Clock,
  limitSeconds: number,
  ask: () => Promise<T>,
  content: (answer: T) => boolean,
  { first, factor, longest, mark = 0 }: Pauses = closely,
): Promise<{ answer: T; seconds: number; asked: number }> {
  const start = clock.now();
  const elapsed = () => (clock.now() - start) / 1000;
  let over: (() => void) | undefined;
  try {
    for (let asked = 1, pause = first; ; asked++, pause *= factor) {
      // Spent before the question: only then is it known that the answer to it is the last.
      const { budgetSpent } = clock;
      const answer = await ask();
      if (content(answer) || elapsed() >= limitSeconds || clock.cancelled || budgetSpent)
        return { answer, seconds: elapsed(), asked };
      if (clock.budgetSpent) continue;
      over ??= clock.waits?.('what was written to show', start + limitSeconds * 1000);
      const early = elapsed() < mark;
      pause = Math.min(pause, early ? 1000 : longest);
      const until = early ? Math.min(mark, limitSeconds) : limitSeconds;
      await clock.sleep(Math.min(pause, Math.max(1, (until - elapsed()) * 1000)));
    }
  } finally {
    over?.();
  }
}
