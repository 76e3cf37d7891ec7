import { isAllowedHost } from './allowed-hosts.ts';
import { type Attempt, type Surroundings, sendOnce } from './attempt.ts';
import { createNetwork } from './connect.ts';
import { currentContext, noteUnsent } from './context.ts';
import { createDoor } from './door.ts';
import { createLimits } from './limits.ts';
import { isLoopbackHost } from './loopback.ts';
import { parseJson, type ReadAnswer } from './read-answer.ts';
import { createRecorder } from './recorder.ts';
import { type Hop, maxRedirects, redirectOf } from './redirects.ts';
import { repeatAfter } from './retry.ts';
import { HttpTrouble } from './trouble.ts';
import type {
  HttpAnswer,
  HttpRequest,
  SendOptions,
  Transport,
  TransportOptions,
  TroubleCode,
} from './types.ts';
import { type Wait, waitFor } from './wait.ts';
import { wireUrl } from './wire-url.ts';

/**
 * The one way out of a run: sends requests within the run's limits and records each as an exchange.
 * @param wait how to wait between attempts, for tests
 */
export function createTransport(options: TransportOptions, wait: Wait = waitFor): Transport {
  const door = createDoor();
  const surroundings: Surroundings = {
    options,
    network: createNetwork(options),
    limits: createLimits(options, wait),
    recorder: createRecorder(options.redaction),
  };
  const { recorder, network } = surroundings;
  return {
    send: (request, sendOptions) => send(surroundings, wait, door.passage(), request, sendOptions),
    exchanges: recorder.exchanges,
    redaction: options.redaction,
    get budgetSpent() {
      return surroundings.limits.spent(door.passage());
    },
    cancel: (reason) => door.shut(reason),
    async cleanUp(seconds, work) {
      const done = door.openForCleanUp(seconds);
      try {
        return await work();
      } finally {
        done();
      }
    },
    async close() {
      door.close();
      await network.close();
    },
  };
}

/** Sends a request and, if asked to, what its redirects lead to. */
async function send(
  surroundings: Surroundings,
  wait: Wait,
  passage: Attempt['passage'],
  request: HttpRequest,
  options: SendOptions,
): Promise<HttpAnswer> {
  let hop: Hop = { request, credentialHeaders: options.credentialHeaders ?? [] };
  // Read before the limits make it wait: what ends meanwhile is nothing that this request depended on.
  let chain = currentContext()?.chain ?? 0;
  let last: number | null = null;
  for (let redirects = 0; ; redirects++) {
    try {
      guard(hop, surroundings.options, options, redirects > 0);
      const sent = await repeatedly(surroundings, wait, {
        request: hop.request,
        options,
        passage,
        number: 1,
        chain: chain + 1,
      });
      ({ chain } = sent);
      last = sent.id;
      const answer = toAnswer(sent.answer, hop.request.url, sent.id);
      const next = isFollowed(options.followRedirects, answer, hop) ? redirectOf(hop, sent.answer) : null;
      if (next === null) return answer;
      if (redirects === maxRedirects) throw tooManyRedirects(request.url);
      if (next.request.body !== undefined) guardBody(hop, next, surroundings.options);
      hop = withoutSecrets(hop, next, surroundings.options);
    } catch (error) {
      if (error instanceof HttpTrouble && ofTheRun.includes(error.code)) noteUnsent(error.message);
      // What follows from an answer is shown by that answer.
      throw error instanceof HttpTrouble && error.exchange === null && last !== null
        ? error.about(last)
        : error;
    }
  }
}

/** Troubles that are the run's own, and say nothing of the CRM. */
const ofTheRun: readonly TroubleCode[] = ['request-budget', 'deadline', 'cancelled'];

function isFollowed(
  which: SendOptions['followRedirects'] = false,
  answer: HttpAnswer,
  { request: { method } }: Hop,
): boolean {
  if (typeof which === 'boolean') return which;
  // What a DELETE, a PUT or a PATCH would do at an address that an answer names is nothing that anybody asked for.
  if (!['GET', 'HEAD', 'POST'].includes(method.toUpperCase())) return isSamePlace(answer);
  if ([301, 307, 308].includes(answer.status)) return true;
  return typeof which === 'function' && [302, 303].includes(answer.status) && which(answer);
}

/** Whether a record is said to have moved to another host or base path, or to an address with a slash at its end. */
function isSamePlace({ status, headers: { location }, url }: HttpAnswer): boolean {
  if (![301, 307, 308].includes(status) || location === undefined || !URL.canParse(location, url))
    return false;
  const last = (address: URL) => address.pathname.replace(/\/+$/, '').split('/').at(-1);
  return last(new URL(location, url)) === last(new URL(url));
}

/** Sends a request until it has an answer that stands. */
async function repeatedly(
  surroundings: Surroundings,
  wait: Wait,
  first: Attempt,
): Promise<{ answer: ReadAnswer; id: number; chain: number }> {
  let waitedMs = 0;
  for (
    let attempt = first;
    ;
    attempt = { ...attempt, number: attempt.number + 1, chain: attempt.chain + 1 }
  ) {
    const { result, id } = await sendOnce(surroundings, attempt);
    const delay = surroundings.limits.spent(attempt.passage)
      ? null
      : repeatAfter(result, attempt.options, attempt.number, waitedMs);
    if (delay === null) {
      if (result instanceof HttpTrouble) throw result;
      return { answer: result, id, chain: attempt.chain };
    }
    waitedMs += delay;
    await wait(delay, attempt.passage.signal);
  }
}

/** What must not be sent at all. */
function guard(
  { request, credentialHeaders }: Hop,
  { allowPlainHttp, allowedHosts, redaction }: TransportOptions,
  { asBrowser, urlFromAnswer = false }: SendOptions,
  redirected: boolean,
): void {
  const { server } = wireUrl(request.url);
  if (server.protocol === 'http:' && !allowPlainHttp && !isLoopbackHost(server.hostname)) {
    throw new HttpTrouble(
      'plain-http',
      `${server.host} would be asked over plain http, where anybody on the way can read along: use https, or allow plain http.`,
    );
  }
  if (asBrowser || isAllowedHost(server, allowedHosts)) return;
  // A credential in the query, the body or a header of the operation's own is one too.
  const texts = [request.url, request.body ?? '', ...Object.values(request.headers)];
  if (urlFromAnswer || credentialHeaders.length > 0 || texts.some((text) => redaction.has(text)))
    throw notNamed(server, redirected || urlFromAnswer);
}

/** What a redirect leads to, without headers of the operation's own that hold a secret, where it leaves the host. */
function withoutSecrets(from: Hop, to: Hop, { redaction }: TransportOptions): Hop {
  if (new URL(from.request.url).host === new URL(to.request.url).host) return to;
  const headers = Object.entries(to.request.headers).filter(([, value]) => !redaction.has(value));
  return { ...to, request: { ...to.request, headers: Object.fromEntries(headers) } };
}

/** The body of a request may have a secret in it, such as that of an OAuth client. */
function guardBody(from: Hop, to: Hop, options: TransportOptions): void {
  const server = new URL(to.request.url);
  if (server.host !== new URL(from.request.url).host && !isAllowedHost(server, options.allowedHosts)) {
    throw notNamed(server, true);
  }
}

function notNamed(server: URL, redirected: boolean): HttpTrouble {
  const why = redirected ? 'A redirect leads' : 'The request would take a credential';
  return new HttpTrouble(
    'host-not-named',
    `${why} to ${server.host}, a host that the profile does not name: add it to \`hosts\` or \`allowHosts\` if it belongs to the CRM.`,
  );
}

function tooManyRedirects(url: string): HttpTrouble {
  return new HttpTrouble(
    'too-many-redirects',
    `${new URL(url).host} redirects more than ${maxRedirects} times: give the URL where the redirects end.`,
  );
}

function toAnswer({ status, headers, text }: ReadAnswer, url: string, exchange: number): HttpAnswer {
  return { status, headers, text, json: parseJson(text), url: wireUrl(url).href, exchange };
}
