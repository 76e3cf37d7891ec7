import type { IncomingMessage, ServerResponse } from 'node:http';
import { activityRoutes } from './activities.ts';
import { contactRoutes } from './contacts.ts';
import { identify, isLetIn, refuse, type TokenLookup } from './credential.ts';
import type { FaultSwitch } from './faults.ts';
import { type Answer, dispatch, parseObject, Refusal, readText, sendAnswer } from './http.ts';
import { messageRoutes } from './messages.ts';
import type { Store } from './store.ts';
import { userRoutes } from './user.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** The REST API under `/api`. Answers everything, its own failures with a 500. */
export function createApi(
  store: Store,
  apiKey: string,
  isLiveToken: TokenLookup,
  fault: FaultSwitch,
): Handler {
  const routes = [
    ...userRoutes(fault),
    ...contactRoutes(store, fault),
    ...activityRoutes(store, fault),
    ...messageRoutes(store, fault),
  ];
  let reads = 0;
  let requests = 0;

  async function answer(request: IncomingMessage, url: URL): Promise<Answer> {
    const path = url.pathname.slice('/api'.length);
    const { method = 'GET', headers } = request;
    const text = await readText(request);
    if (method === 'GET' && fault('rate-limited')) {
      reads += 1;
      if (reads % 5 === 0) {
        throw new Refusal(429, 'too_many_requests', 'Too many requests.', {
          headers: { 'retry-after': '0' },
        });
      }
    }
    const caller = await identify(headers, apiKey, isLiveToken, fault);
    if (!isLetIn(caller, path, fault)) return refuse(caller, fault);
    if (method === 'GET' && text !== '' && fault('refuses-get-body')) {
      throw new Refusal(400, 'unexpected_body', 'A GET has no body.');
    }
    return dispatch(routes, {
      method,
      path,
      params: {},
      rawQuery: url.search.slice(1),
      query: url.searchParams,
      body: parseObject(text),
      caller,
    });
  }

  return async (request, response, url) => {
    requests += 1;
    for (const [name, value] of Object.entries(limitHeaders(requests))) response.setHeader(name, value);
    try {
      sendAnswer(response, await answer(request, url));
    } catch (error) {
      if (response.destroyed) return;
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal(500, 'internal_error', error instanceof Error ? error.message : String(error));
      sendAnswer(response, refusal.answer());
    }
  };
}

/** Told, and never enforced: see the fault `rate-limited`. */
const dailyQuota = 50_000;
const secondsOfDay = 86_400;

/** The fields of draft-ietf-httpapi-ratelimit-headers: what is allowed in a day, and what is left of it. */
function limitHeaders(requests: number): Record<string, string> {
  const left = Math.max(0, dailyQuota - requests);
  return {
    'RateLimit-Policy': `"day";q=${dailyQuota};w=${secondsOfDay}`,
    RateLimit: `"day";r=${left};t=${secondsOfDay}`,
  };
}
