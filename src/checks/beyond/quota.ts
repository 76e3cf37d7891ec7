import type { Exchange } from '../../http/types.ts';
import type { OperationName, Profile } from '../../profile/types.ts';

export interface LimitHeader {
  name: string;
  /** As it came last. */
  value: string;
}

const speaksOfLimits = /rate-?limit|^retry-after$|limit-info$|(limit|remaining|quota|usage)$/i;

/** The headers of the answers that speak of a limit, each with its last value. */
export function limitHeaders(exchanges: readonly Exchange[]): LimitHeader[] {
  const seen = new Map<string, string>();
  for (const { response } of exchanges) {
    for (const [name, value] of Object.entries(response?.headers ?? {}))
      if (speaksOfLimits.test(name)) seen.set(name, value);
  }
  return [...seen].map(([name, value]) => ({ name, value })).sort((a, b) => a.name.localeCompare(b.name));
}

const secondsOf = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/**
 * Requests in a day by the tightest limit whose window is told: `RateLimit-Policy` (`"a";q=100;w=60`, also the older
 * `100;w=60`), Salesforce's `Sforce-Limit-Info`, headers that have the window in their name
 * (`X-RateLimit-Limit-Minute`, `X-HubSpot-RateLimit-Daily`), and those beside which another header tells it
 * (`X-RateLimit-Limit` and `X-RateLimit-Interval-Seconds`). null: no header tells it.
 */
export function dailyQuota(headers: readonly LimitHeader[]): number | null {
  const quotas = headers.flatMap(({ name, value }): number[] => {
    if (/^ratelimit-policy$/i.test(name)) return value.split(',').flatMap(policyQuota);
    const used = /api-usage=\d+\/(\d+)/.exec(value)?.[1];
    if (used !== undefined) return [Number(used)];
    if (/remaining|reset|retry|used/i.test(name) || lengthName.test(name) || !/^\d+$/.test(value)) return [];
    const window = windowIn(name) ?? windowBeside(name, headers);
    return window === null ? [] : [perDay(Number(value), window)];
  });
  return quotas.length === 0 ? null : Math.min(...quotas);
}

function policyQuota(policy: string): number[] {
  const quota = /;\s*q=(\d+)/.exec(policy)?.[1] ?? /^\s*(\d+)\s*;/.exec(policy)?.[1];
  const window = Number(/;\s*w=(\d+)/.exec(policy)?.[1] ?? 0);
  return quota === undefined || window === 0 ? [] : [perDay(Number(quota), window)];
}

function windowIn(name: string): number | null {
  const word = /second|minute|hour|dai?ly|day/i.exec(name)?.[0].toLowerCase();
  if (word === undefined) return null;
  return word === 'second' || word === 'minute' || word === 'hour' ? secondsOf[word] : secondsOf.day;
}

/** The name of a header that tells how long a window is. */
const lengthName = /[-_]?(interval|window|period)/i;

/** The window of a limit in a header of its own, in seconds where its name does not say in what. */
function windowBeside(limit: string, headers: readonly LimitHeader[]): number | null {
  const beside = headers.find(({ name, value }) => {
    const [stem = ''] = name.split(lengthName);
    const limits = [stem, `${stem}-limit`, `${stem}-max`];
    return stem !== name && Number(value) > 0 && limits.includes(limit);
  });
  if (!beside) return null;
  const unit = /milli/i.test(beside.name) ? 0.001 : (windowIn(beside.name) ?? 1);
  return Number(beside.value) * unit;
}

function perDay(quota: number, windowSeconds: number): number {
  return (quota * secondsOf.day) / windowSeconds;
}

/**
 * Requests that App Connect makes for one call, by the profile: the lookup, the log, then the recording link and the AI
 * note, each as a read and an update of the record. Steps that `when` may leave out are counted.
 */
export function requestsPerCall({ operations }: Profile): number {
  const cost = (name: OperationName): number => {
    const operation = operations[name];
    if (!operation || operation.kind === 'notSupported') return 0;
    return operation.steps.length + (operation.kind === 'search' ? operation.requests.length : 0);
  };
  return cost('findContact') + cost('createCallLog') + 2 * (cost('getCallLog') + cost('updateCallLog'));
}
