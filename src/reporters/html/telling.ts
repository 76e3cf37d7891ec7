import { matrixIn } from '../../report/matrix.ts';
import type { CheckResult } from '../../report/types.ts';
import type { Exchange } from './curl.ts';

/**
 * Of the exchanges behind a verdict the few that show it best, in the order in which they were sent. A verdict may rest
 * on a hundred searches or twenty polls that look alike: one of each kind is enough. They are those that carry a number
 * that was not found, or the status that the finding names; where there are none, the later ones, but no mere redirects.
 */
export function tellingExchanges(
  check: CheckResult,
  exchanges: ReadonlyMap<number, Exchange>,
  most = 6,
): Exchange[] {
  const all = check.exchanges.flatMap((id) => exchanges.get(id) ?? []);
  if (all.length <= most) return all;
  const numbers = missedNumbers(check);
  const statuses = new Set((check.observed ?? '').match(/\b[1-5]\d\d\b/g));
  const rank = (exchange: Exchange) =>
    (numbers.some((number) => carries(exchange, number)) ? 4 : 0) +
    (statuses.has(String(exchange.response?.status)) ? 2 : 0) -
    (isRedirect(exchange) ? 1 : 0);

  const ofEachKind = new Map<string, Exchange>();
  for (const exchange of all) {
    const known = ofEachKind.get(kindOf(exchange));
    // Of a poll the last answer counts; of requests that differ the first, which is how App Connect asks.
    if (known === undefined || rank(exchange) > rank(known) || isRepeated(known, exchange))
      ofEachKind.set(kindOf(exchange), exchange);
  }
  const ranked = [...ofEachKind.values()].sort((a, b) => rank(b) - rank(a) || b.id - a.id);
  const named = ranked.filter((exchange) => rank(exchange) > 0);
  const answers = ranked.filter((exchange) => rank(exchange) >= 0);
  const chosen = [named, answers, ranked].find(({ length }) => length > 0) ?? [];
  return chosen.slice(0, most).sort((a, b) => a.id - b.id);
}

function isRedirect({ response }: Exchange): boolean {
  return response !== undefined && response.status >= 300 && response.status < 400;
}

function isRepeated(earlier: Exchange, later: Exchange): boolean {
  return JSON.stringify(earlier.request) === JSON.stringify(later.request);
}

/** Purpose, method, path and how it ended: exchanges of one kind differ in their parameters only. */
function kindOf({ intent, request, response, error }: Exchange): string {
  const [path] = request.url.split('?');
  return `${intent} ${request.method} ${path} ${response?.status ?? error?.code}`;
}

/** E.164 numbers of the first row that E.164 did not find, and of those that the finding names. */
function missedNumbers({ facts, observed }: CheckResult): string[] {
  const matrix = matrixIn(facts);
  const row = matrix?.cells.findIndex(([first]) => first === 'miss') ?? -1;
  const number = matrix?.stored[row]?.e164;
  return [...(number ? [number] : []), ...((observed ?? '').match(/\+\d{8,15}/g) ?? [])];
}

function carries({ request }: Exchange, number: string): boolean {
  return request.url.includes(encodeURIComponent(number)) || request.url.includes(number);
}
