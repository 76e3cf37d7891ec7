import { setTimeout as timeout } from 'node:timers/promises';

/** Waits `ms` milliseconds. @throws the signal's reason, when it is aborted */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export const waitFor: Wait = async (ms, signal) => {
  try {
    await timeout(ms, undefined, { signal });
  } catch {
    throw signal.reason;
  }
};
