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
  links: [links.contactMatching, links.e164],
  operations: ['findContact'],
  needs: ['lookup by E.164', 'search that tells'],
  async observe(_context, have) {
    return lookupFacts(have['lookup by E.164']);
  },
  judge: (facts) => judgeLookup(facts, 'the contact with this number'),
});
