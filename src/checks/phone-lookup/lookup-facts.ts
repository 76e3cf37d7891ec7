import type { Judgement } from '../../report/types.ts';
import type { Lookup } from '../needs.ts';
import { judgeFailure } from '../outcome-facts.ts';

export type LookupFacts = Pick<
  Lookup,
  'phoneNumber' | 'found' | 'foundBy' | 'afterSeconds' | 'waitedSeconds' | 'asked' | 'others' | 'last'
> &
  // Not in older reports.
  Partial<Pick<Lookup, 'storedAs'>>;

/** What a report says of a lookup: how it ended, never whom it found. */
export function lookupFacts(lookup: Lookup): LookupFacts {
  const { phoneNumber, storedAs, found, foundBy, afterSeconds, waitedSeconds, asked, others, last } = lookup;
  return { phoneNumber, storedAs, found, foundBy, afterSeconds, waitedSeconds, asked, others, last };
}

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
  if (facts.last.kind !== 'ok') return judgeFailure(facts.last, 'the search', expected);
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
