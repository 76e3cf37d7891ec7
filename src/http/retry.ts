import type { ReadAnswer } from './read-answer.ts';
import { HttpTrouble } from './trouble.ts';
import type { SendOptions } from './types.ts';

/** What a request came to. */
export type Result = ReadAnswer | HttpTrouble;

/** All waits of one request together; a longer Retry-After makes the 429 the answer. */
const longestWaitMs = 60_000;
/** Repeats after 502, 503, 504 and broken connections. */
const repeatsOfReads = 2;
/** Repeats after 429 that does not say when to ask again. Where it does, one of ten side by side may be put off many times. */
const repeatsOfRefusals = 5;
/** A shorter wait is none. */
const shortestWaitMs = 1000;

/**
 * 429 (RFC 6585 section 4), or a 403 with Retry-After: how GitHub and gateways such as Mashery's say the same.
 * @param expectsRefusal who sends a wrong credential is told so, and when to try again
 */
export function isRateLimit(
  { status, headers }: Pick<ReadAnswer, 'status' | 'headers'>,
  expectsRefusal = false,
): boolean {
  return status === 429 || (status === 403 && headers['retry-after'] !== undefined && !expectsRefusal);
}

/**
 * Whether to ask again. After a 429 nothing was done, so that even a create may be repeated (RFC 6585 section 4);
 * after anything else only a read.
 * @param attempt from 1
 * @param waitedMs for this request so far
 * @returns milliseconds to wait first; null: this is the result
 */
export function repeatAfter(
  result: Result,
  { repeat, expectsRefusal = false }: Pick<SendOptions, 'repeat' | 'expectsRefusal'>,
  attempt: number,
  waitedMs: number,
  now: () => number = Date.now,
): number | null {
  const refused = !(result instanceof HttpTrouble) && isRateLimit(result, expectsRefusal);
  if (!refused && !(repeat === 'read' && isPassing(result))) return null;
  const asked = result instanceof HttpTrouble ? null : retryAfterMs(result.headers['retry-after'], now());
  const isPutOff = refused && asked !== null && asked >= shortestWaitMs;
  if (!isPutOff && attempt > (refused ? repeatsOfRefusals : repeatsOfReads)) return null;
  const backOff = (refused ? 1000 : 250) * 2 ** (attempt - 1);
  const delay = asked ?? backOff;
  return waitedMs + delay > longestWaitMs ? null : delay;
}

function isPassing(result: Result): boolean {
  if (result instanceof HttpTrouble) return result.code === 'connection-lost';
  return result.status === 502 || result.status === 503 || result.status === 504;
}

/**
 * RFC 9110 section 10.2.3: seconds or an HTTP date.
 * @returns milliseconds from `now`, not negative; null when the header is missing or neither of both
 */
export function retryAfterMs(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
