import type { Passage } from './door.ts';
import { HttpTrouble } from './trouble.ts';
import type { TransportOptions } from './types.ts';
import type { Wait } from './wait.ts';

/** How much of a CRM a run may use at once, in a second and in all. */
export interface Limits {
  /**
   * Waits until a request may be sent.
   * @param first before those that wait already and are not first themselves
   * @returns to be called when it has ended
   * @throws {HttpTrouble} `request-budget`, or what the passage was closed for
   */
  enter(passage: Passage, first: boolean): Promise<() => void>;
  /** Whether another request may be sent at all. */
  spent(passage: Passage): boolean;
}

export type LimitOptions = Pick<
  TransportOptions,
  'concurrency' | 'requestsPerSecond' | 'maxRequests' | 'maxRequestsIn'
>;

export function createLimits(options: LimitOptions, wait: Wait): Limits {
  const slots = createSlots(Math.max(1, Math.floor(options.concurrency)));
  const pace = createPace(options.requestsPerSecond, wait);
  const { maxRequests: budget = Number.POSITIVE_INFINITY, maxRequestsIn: named = 'the limit' } = options;
  let used = 0;
  // Clean-up is never short of requests: test data must not be left behind for want of them.
  const spent = ({ cleanUp }: Passage) => !cleanUp && used >= budget;
  return {
    spent,
    async enter(passage, first) {
      passage.signal.throwIfAborted();
      if (spent(passage)) {
        throw new HttpTrouble(
          'request-budget',
          `All ${budget} requests of this run are used up, clean-up and logout aside: raise ${named}.`,
        );
      }
      used += 1;
      const leave = await slots.take(passage.signal, first);
      try {
        await pace(passage.signal);
        // The run may have been cancelled in the moment in which the turn came.
        passage.signal.throwIfAborted();
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
  };
}

/** A semaphore: of those who are first, and then of the others, first come first served. */
function createSlots(count: number): { take(signal: AbortSignal, first: boolean): Promise<() => void> } {
  let free = count;
  const [ahead, behind]: [(() => void)[], (() => void)[]] = [[], []];
  const leave = () => {
    const next = ahead.shift() ?? behind.shift();
    if (next) next();
    else free += 1;
  };
  return {
    take(signal, first) {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(leave);
      }
      const queue = first ? ahead : behind;
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          queue.splice(queue.indexOf(enter), 1);
          reject(signal.reason);
        };
        const enter = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(leave);
        };
        queue.push(enter);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}

/** In no interval of a second more starts than allowed; below one per second, the interval is longer. */
function createPace(perSecond: number | undefined, wait: Wait): (signal: AbortSignal) => Promise<void> {
  if (perSecond === undefined || !(perSecond > 0)) return () => Promise.resolve();
  const count = Math.max(1, Math.floor(perSecond));
  const intervalMs = (count / perSecond) * 1000;
  const starts: number[] = [];
  return async (signal) => {
    const now = performance.now();
    while (starts.length > count && (starts[0] ?? now) + intervalMs < now) starts.shift();
    const oldest = starts.at(-count);
    const start = oldest === undefined ? now : Math.max(now, oldest + intervalMs);
    // Taken before the wait, so that two who wait do not wait for the same moment.
    starts.push(start);
    if (start <= now) return;
    try {
      await wait(start - now, signal);
    } catch (error) {
      // Who gives up leaves the place to the next: clean-up does not wait for what is not sent.
      starts.splice(starts.indexOf(start), 1);
      throw error;
    }
  };
}
