import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { missFrom } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import type { Cell } from './matrix.ts';

export default defineCheck({
  id: 'lookup.plus',
  item: 'phone-lookup',
  level: 'must',
  title: 'understands a percent-encoded plus (%2B)',
  why: "Proxy mode sends +1415… as %2B1415…; some of App Connect's connectors send the plus as it is, which many servers read as a space.",
  remedy: {
    vendor: 'Decode the query once, and do not take the decoded plus for a space.',
    integrator: 'Search by digits without the plus.',
  },
  judged: {
    asks: 'The same search as lookup.e164, and once with a `+` that stands in the URL as it is.',
    pass: '`%2B` finds the contact; whether a raw `+` does too is shown',
    fail: 'only a raw `+` finds it',
    notApplicable: 'the search carries no plus in its URL',
  },
  links: [links.contactMatching, links.urlEncoding],
  operations: ['findContact'],
  needs: ['lookup by E.164', 'raw plus', 'search that tells'],
  async observe(_context, have): Promise<{ encoded: boolean; raw: Cell }> {
    const { found, foundBy, plusInUrl, last } = have['lookup by E.164'];
    const raw = have['raw plus'];
    if (last.kind !== 'ok') throw new Unanswerable(missFrom(last, 'lookup.e164'));
    if (!plusInUrl || raw === null) {
      throw new Unanswerable({
        verdict: 'not-applicable',
        by: null,
        reason: 'the search carries no plus in its URL',
      });
    }
    if (!found) {
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'lookup.e164',
        reason: 'the contact is not found by E.164 at all',
      });
    }
    return { encoded: foundBy === '%2B', raw };
  },
  judge({ encoded, raw }) {
    const rawSays =
      raw === 'hit'
        ? 'a raw + is understood too'
        : raw === 'miss'
          ? 'a raw + is read as a space'
          : `a raw +: ${raw}`;
    if (encoded) return { verdict: 'pass', summary: `%2B is understood; ${rawSays}` };
    return {
      verdict: 'fail',
      summary: '%2B is not understood',
      expected: 'the contact, for a number that begins with %2B',
      observed: 'nobody; with a raw + it is found',
    };
  },
});
