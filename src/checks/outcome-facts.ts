import type { Outcome } from '../operation/types.ts';
import type { Judgement } from '../report/types.ts';
import type { Miss } from './unanswerable.ts';

/** An outcome as plain data for a report: no values, no bodies. */
export interface OutcomeFacts {
  kind: Outcome<unknown>['kind'];
  status: number | null;
  /** What the CRM said, or what went wrong, in a line. */
  message: string;
  /** `unreadable`: what the CRM says is wrong, where it says so; the message is our own. */
  said?: string;
  /** A 2xx that only the profile's success predicate tells from a success. */
  unmasked: boolean;
  exchange: number | null;
}

export function outcomeFacts(outcome: Outcome<unknown>): OutcomeFacts {
  switch (outcome.kind) {
    case 'ok':
      return { ...base, kind: 'ok', status: outcome.answer.status, exchange: outcome.answer.exchange };
    case 'refused': {
      const { answer, status, message } = outcome;
      return { kind: 'refused', status, message, unmasked: answer.unmasked, exchange: answer.exchange };
    }
    case 'unreadable': {
      const { answer, reason } = outcome;
      return {
        ...base,
        kind: 'unreadable',
        status: answer.status,
        message: reason,
        ...(answer.said && { said: answer.said }),
        exchange: answer.exchange,
      };
    }
    case 'trouble': {
      const { status, message, exchange } = outcome;
      return { ...base, kind: 'trouble', status, message, exchange };
    }
    case 'not-described':
      return { ...base, kind: 'not-described', message: `the profile does not say how: add ${outcome.key}` };
    case 'not-supported':
      return { ...base, kind: 'not-supported', message: outcome.reason };
  }
}

const base = { status: null, message: '', unmasked: false, exchange: null };

/**
 * Bad input, asked fairly: a 5xx is trouble, unless it repeats while a good request right after it succeeds.
 * Then the CRM has answered, if badly.
 */
export async function askWithBadInput<T>(
  ask: () => Promise<Outcome<T>>,
  askGood: () => Promise<Outcome<unknown>>,
): Promise<{ outcome: Outcome<T>; facts: OutcomeFacts }> {
  const outcome = await ask();
  if (!isServerError(outcome)) return { outcome, facts: outcomeFacts(outcome) };
  const again = await ask();
  const good = await askGood();
  const facts = outcomeFacts(again);
  if (!isServerError(again) || again.status !== outcome.status || good.kind !== 'ok')
    return { outcome: again, facts };
  return { outcome: again, facts: { ...facts, kind: 'refused' } };
}

function isServerError(outcome: Outcome<unknown>): outcome is Extract<Outcome<unknown>, { kind: 'trouble' }> {
  return outcome.kind === 'trouble' && outcome.status !== null && outcome.status >= 500;
}

/** `HTTP 404 "no such record"`: how an operation was answered, in a line. */
export function answered(facts: OutcomeFacts): string {
  const { kind, status, message } = facts;
  if (status === null) return message;
  if (kind === 'unreadable') return `${answeredWith(status, facts.said)}: ${message}`;
  // A 5xx names its status itself, and keeps it where the trouble was taken for an answer. Of other trouble we speak.
  const named = `HTTP ${status}`;
  if (message.startsWith(named)) return answeredWith(status, message.slice(named.length).trim());
  return kind === 'trouble' ? message : answeredWith(status, message);
}

/** Only the CRM's own words stand in quotation marks. */
function answeredWith(status: number | null, said = ''): string {
  return `HTTP ${status} ${quoted(said)}`.trim();
}

/** A judgement on an operation that did not go through, where going through is what is required. */
export function judgeFailure(facts: OutcomeFacts, doing: string, expected: string): Judgement {
  const observed = answered(facts);
  switch (facts.kind) {
    case 'trouble':
      return {
        verdict: 'inconclusive',
        summary: `${doing} could not be measured: ${observed}`,
        expected,
        observed,
      };
    case 'not-described':
      return { verdict: 'not-described', summary: facts.message };
    case 'not-supported':
      return {
        verdict: 'fail',
        summary: `not supported: ${facts.message}`,
        expected,
        observed: facts.message,
      };
    case 'unreadable':
      return {
        verdict: 'fail',
        summary: `the answer cannot be read: ${facts.said ? answeredWith(facts.status, facts.said) : facts.message}`,
        expected,
        observed,
      };
    default:
      return { verdict: 'fail', summary: `${doing} was refused: ${observed}`, expected, observed };
  }
}

function quoted(text: string): string {
  return text === '' ? '' : `"${text}"`;
}

/**
 * A judgement on a request that was to show whether a credential is accepted, and did not go through. Only 401, 403 and
 * an error in a 2xx speak of the credential; another 4xx may as well be a wrong URL in the profile.
 */
export function judgeRefusedCredential(facts: OutcomeFacts, doing: string, expected: string): Judgement {
  const { kind, status, unmasked } = facts;
  const other4xx = status !== null && status >= 400 && status < 500 && status !== 401 && status !== 403;
  const judgement = judgeFailure(facts, doing, expected);
  if (kind !== 'refused' || unmasked || !other4xx) return judgement;
  const where = 'check the URL of getUserInfo in the profile (of findContact, where there is none)';
  return {
    ...judgement,
    verdict: 'inconclusive',
    summary: `answered ${judgement.observed}, which says nothing of the credential: ${where}`,
  };
}

/** What stands in the way when an operation that others build on did not go through. */
export function missFrom(facts: OutcomeFacts, by: string): Miss {
  // It did go through: only an id can be missing.
  if (facts.kind === 'ok') return { verdict: 'blocked', by, reason: 'no id was found in the answer' };
  return { verdict: 'blocked', by, reason: facts.message || `HTTP ${facts.status ?? ''}`.trim() };
}
