import { matrixIn } from '../../report/matrix.ts';
import type { CheckResult } from '../../report/types.ts';
import type { Exchange } from './curl.ts';

/**
 * Of the exchanges behind a verdict the few that show it best, in the order in which they were sent. A verdict may rest
 * on a hundred searches or twenty polls that look alike: one of each kind is enough. They are those on which it was
 * judged, by the facts, and those that carry a number that was not found, or the status that the finding names where the
 * facts do not tell whose it is; where it names none, all from the first that was judged on, but no mere redirects.
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
  const judged = new Set(exchangesIn(check.facts));
  const isJudged = ({ id }: Exchange) => judged.has(id);
  const hasStatus = ({ response }: Exchange) => statuses.has(String(response?.status));
  const whose = all.some((exchange) => isJudged(exchange) && hasStatus(exchange)) ? isJudged : hasStatus;
  const rank = (exchange: Exchange) =>
    (isJudged(exchange) ? 8 : 0) +
    (numbers.some((number) => carries(exchange, number)) ? 4 : 0) +
    (whose(exchange) ? 2 : 0) -
    (isRedirect(exchange) ? 1 : 0);

  const ofEachKind = new Map<string, Exchange>();
  for (const exchange of all) {
    const known = ofEachKind.get(kindOf(exchange));
    // Of a poll the last answer counts; of requests that differ the first, which is how App Connect asks.
    const more = known === undefined ? 1 : rank(exchange) - rank(known);
    if (known === undefined || more > 0 || (more === 0 && isRepeated(known, exchange)))
      ofEachKind.set(kindOf(exchange), exchange);
  }
  const ranked = [...ofEachKind.values()].sort((a, b) => rank(b) - rank(a) || b.id - a.id);
  const named = numbers.length + statuses.size > 0 ? ranked.filter((exchange) => rank(exchange) > 0) : [];
  const begins = all.find(isJudged)?.id ?? 0;
  const answers = ranked.filter((exchange) => rank(exchange) >= 0 && exchange.id >= begins);
  const chosen = [named, answers, ranked].find(({ length }) => length > 0) ?? [];
  return chosen.slice(0, most).sort((a, b) => a.id - b.id);
}

/** Ids of the exchanges that facts name: `exchange`, at any depth. */
function exchangesIn(facts: unknown): number[] {
  if (typeof facts !== 'object' || facts === null) return [];
  return Object.entries(facts).flatMap(([key, value]) =>
    key === 'exchange' && typeof value === 'number' ? [value] : exchangesIn(value),
  );
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
