import { setImmediate as turn } from 'node:timers/promises';
import { type ConnectTiming, type Network, since } from './connect.ts';
import { currentContext } from './context.ts';
import type { Passage } from './door.ts';
import type { Limits } from './limits.ts';
import { acceptEncoding, type ReadAnswer, readAnswer } from './read-answer.ts';
import type { Recorder } from './recorder.ts';
import { askedThrough, HttpTrouble, troubleFrom } from './trouble.ts';
import type { HttpRequest, NamedProxy, SendOptions, TransportOptions } from './types.ts';
import { type WireUrl, wireUrl } from './wire-url.ts';

/** What every request of a run shares. */
export interface Surroundings {
  options: TransportOptions;
  network: Network;
  limits: Limits;
  recorder: Recorder;
}

/** One request that is sent once. */
export interface Attempt {
  request: HttpRequest;
  options: SendOptions;
  passage: Passage;
  /** From 1. */
  number: number;
  /** See `Exchange.chain`. */
  chain: number;
}

/**
 * Sends a request once, when the limits let it through, and records the exchange.
 * @returns the result and the exchange's id; a time-out, a broken connection and the like are results
 * @throws {HttpTrouble} when it was not sent at all
 */
export async function sendOnce(
  { options, network, limits, recorder }: Surroundings,
  attempt: Attempt,
): Promise<{ result: ReadAnswer | HttpTrouble; id: number }> {
  const url = wireUrl(attempt.request.url);
  const context = currentContext();
  const safe = isSafe(attempt.request.method.toUpperCase());
  // What is created, more questions wait for than for the answer to one of them.
  const leave = await limits.enter(attempt.passage, !safe);
  const id = recorder.next();
  const startedAt = new Date().toISOString();
  const timing = { startedAt: performance.now(), dnsMs: null, connectMs: null, firstByteMs: null };
  const request = complete(attempt.request, url, options.userAgent);
  try {
    const leftMs = attempt.options.toTheEnd ? null : safe ? 0 : graceMs;
    const outcome = await ask(request, url, network, options, attempt.passage, leftMs, timing);
    const result = outcome instanceof HttpTrouble ? outcome.about(id) : outcome;
    const { startedAt: start, ...marks } = timing;
    recorder.record(
      {
        id,
        check: context?.check ?? null,
        intent: attempt.options.intent,
        startedAt,
        request,
        result,
        timing: { ...marks, totalMs: since(start) },
        attempt: attempt.number,
        chain: attempt.chain,
      },
      attempt.options,
    );
    return { result, id };
  } finally {
    leave();
    if (context) {
      context.chain = Math.max(context.chain, attempt.chain);
      context.exchanges.add(id);
    }
  }
}

type Timing = ConnectTiming & { firstByteMs: number | null };

/**
 * How long a request that changes something may still take when the run is stopped, in milliseconds: its answer tells
 * what must be removed, or has the refresh token that takes the place of the one that it spent.
 */
const graceMs = 10_000;

/** RFC 9110 section 9.2.1. */
function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}

/** The network's part: a request, one time-out over everything, and the whole answer. */
async function ask(
  request: HttpRequest,
  url: WireUrl,
  network: Network,
  { timeoutMs, maxBytes = 16 * 1024 * 1024 }: TransportOptions,
  { signal, closing }: Passage,
  leftMs: number | null,
  timing: Timing,
): Promise<ReadAnswer | HttpTrouble> {
  const controller = new AbortController();
  const { host } = url.server;
  const cancel = () => controller.abort(signal.reason ?? closing.reason);
  let grace: NodeJS.Timeout | undefined;
  const stop = () => {
    if (leftMs === 0) cancel();
    else if (leftMs !== null) grace = setTimeout(cancel, leftMs);
  };
  const timer = setTimeout(
    () => controller.abort(timedOut(host, timeoutMs, network.proxyOf(url.server))),
    timeoutMs,
  );
  signal.addEventListener('abort', stop, { once: true });
  closing.addEventListener('abort', cancel, { once: true });
  // undici notices an abort during connecting only when the connection is made.
  const aborted = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  const answered = async () => {
    const response = await network.timed(timing, () =>
      // Over a connection that the server is just closing a request is lost: a read is sent again, a creation cannot be.
      network.dispatcherFor(url.server, isSafe(request.method)).request({
        origin: url.server.origin,
        path: url.path,
        method: request.method,
        headers: request.headers,
        body: request.body === undefined || request.body === '' ? null : request.body,
        signal: controller.signal,
        // App Connect sends a GET with a body and keeps the connection, after which undici would close it: a CRM far
        // away would be dialled anew for every read. After a HEAD some servers send a body that nobody reads.
        reset: request.method === 'HEAD',
      }),
    );
    timing.firstByteMs = since(timing.startedAt);
    const answer = await readAnswer(response, maxBytes, host);
    // undici frees the connection a moment after the body has ended; a request sent before that opens another one.
    await turn();
    return answer;
  };
  try {
    return await Promise.race([answered(), aborted]);
  } catch (error) {
    const secure = url.server.protocol === 'https:';
    return troubleFrom(error, host, { via: network.proxyOf(url.server), secure });
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    signal.removeEventListener('abort', stop);
    closing.removeEventListener('abort', cancel);
  }
}

function timedOut(host: string, timeoutMs: number, proxy: NamedProxy | null): HttpTrouble {
  return new HttpTrouble(
    'timeout',
    `${host} did not answer within ${timeoutMs / 1000} s: check that it can be reached, or raise \`requestDefaults.timeoutSeconds\`.${askedThrough(proxy)}`,
  );
}

/** The request with the headers that every request has. */
function complete(request: HttpRequest, url: WireUrl, userAgent: string): HttpRequest {
  const own = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
  const added = Object.entries({ 'user-agent': userAgent, 'accept-encoding': acceptEncoding });
  return {
    ...request,
    method: request.method.toUpperCase(),
    url: url.href,
    headers: { ...request.headers, ...Object.fromEntries(added.filter(([name]) => !own.has(name))) },
  };
}
