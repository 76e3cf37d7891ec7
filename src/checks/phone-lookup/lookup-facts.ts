import type { Judgement } from '../../report/types.ts';
import { judgeFailure, type OutcomeFacts } from '../outcome-facts.ts';
import type { Lookup, UnknownNumber } from './specimens.ts';

export type LookupFacts = Pick<
  Lookup,
  'phoneNumber' | 'found' | 'foundBy' | 'afterSeconds' | 'waitedSeconds' | 'asked' | 'others' | 'last'
> &
  // Not in older reports.
  Partial<Pick<Lookup, 'storedAs'> & { otherRead: boolean }>;

/** What a report says of a lookup: how it ended, never whom it found. */
export function lookupFacts(lookup: Lookup, { answer }: UnknownNumber): LookupFacts {
  const { phoneNumber, storedAs, found, foundBy, afterSeconds, waitedSeconds, asked, others, last } = lookup;
  const otherRead = answer.kind === 'ok';
  return {
    phoneNumber,
    storedAs,
    found,
    foundBy,
    afterSeconds,
    waitedSeconds,
    asked,
    others,
    last,
    otherRead,
  };
}

/**
 * A search that did not go through. An answer that cannot be read is the CRM's fault only where the profile reads
 * another: else it may be the profile that is wrong, or a page of somebody who stands before the CRM.
 */
export function judgeSearch(
  facts: OutcomeFacts,
  doing: string,
  expected: string,
  otherRead: boolean,
): Judgement {
  const judged = judgeFailure(facts, doing, expected);
  return facts.kind === 'unreadable' && !otherRead ? { ...judged, verdict: 'inconclusive' } : judged;
}

/** What can be done about a search that is refused, whatever it would find. */
const refusedSearch = {
  vendor:
    'Answer a search by E.164 with the contacts that have the number; say in a refusal what is wrong with it.',
  integrator:
    'Check the address and the parameters of the search in the profile (`findContact`) against what the refusal says.',
};

/** Found, or not found although it was waited for. */
export function judgeLookup(facts: LookupFacts, what: string): Judgement {
  const expected = `${what} in the answer`;
  if (facts.found) {
    const raw = facts.foundBy === 'raw +' ? ', but only with a raw + (see lookup.plus)' : '';
    return {
      verdict: 'pass',
      summary: `found ${(facts.afterSeconds ?? 0) < 0.5 ? 'at once' : `after ${seconds(facts.afterSeconds ?? 0)}`}${raw}`,
    };
  }
  const { phoneNumber, storedAs = phoneNumber } = facts;
  if (storedAs !== phoneNumber && (facts.last.kind === 'ok' || facts.last.status === 404)) {
    return {
      verdict: 'inconclusive',
      summary: `not found, but it is stored as ${storedAs}: name a contact under fixtures.contacts that is stored in E.164`,
    };
  }
  if (facts.last.kind !== 'ok') {
    const judged = judgeSearch(facts.last, 'the search', expected, facts.otherRead ?? true);
    return facts.last.kind === 'refused' ? { ...judged, remedy: refusedSearch } : judged;
  }
  const strangers =
    facts.others > 0 ? `${facts.others} other ${facts.others === 1 ? 'contact' : 'contacts'}` : 'nobody';
  return {
    verdict: 'fail',
    summary: `not found within ${seconds(facts.waitedSeconds)}`,
    expected,
    observed: `${strangers} for ${phoneNumber}, asked ${facts.asked} times`,
  };
}

function seconds(value: number): string {
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} s`;
}
