import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeLookup, lookupFacts } from './lookup-facts.ts';

export default defineCheck({
  id: 'lookup.e164',
  item: 'phone-lookup',
  level: 'must',
  title: 'finds by E.164 the contact that was created with E.164',
  why: 'Every call arrives with an E.164 number: this search is the call pop.',
  remedy: {
    vendor: 'Let the phone search take E.164 and compare numbers, not texts.',
    integrator: 'Search in the form that the CRM keeps: a filter in the profile, or a connector with code.',
  },
  judged: {
    asks: '`findContact` with the number in E.164, again and again until the settle time is over. Where `%2B` finds nobody, a raw `+` is tried.',
    pass: 'the contact is in the answer; the seconds until then are shown',
    fail: 'it is not, or the search is refused',
    inconclusive:
      'no answer of the search can be read, neither to this number nor to one that nobody has: the mapping may be wrong. Or, with `--read-only`, the profile names no contact that is stored in E.164, and the one that it names is not found',
  },
  links: [links.contactMatching, links.e164],
  operations: ['findContact'],
  needs: ['lookup by E.164', 'unknown number', 'search that tells'],
  async observe(_context, have) {
    return lookupFacts(have['lookup by E.164'], have['unknown number']);
  },
  judge: (facts) => judgeLookup(facts, 'the contact with this number'),
});
