import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeLookup, lookupFacts } from '../phone-lookup/lookup-facts.ts';

export default defineCheck({
  id: 'contact.found',
  item: 'contact-create',
  level: 'must',
  title: 'finds a new contact by its number, with the very query that the profile uses',
  why: 'A contact that the next call does not find is created again, and again.',
  remedy: {
    vendor: 'Make the phone search find what was just created, in the form in which it was created.',
    integrator: 'Create the number in the form that the search finds.',
  },
  judged: {
    asks: 'The same search as lookup.e164.',
    pass: "the profile's own query finds the contact within the settle time",
    fail: 'it does not, or only with a raw `+`',
    inconclusive: 'no answer of the search can be read, as in lookup.e164',
  },
  links: [links.createContact, links.contactMatching],
  operations: ['createContact', 'findContact'],
  needs: ['lookup by E.164', 'unknown number', 'search that tells'],
  writes: true,
  async observe(_context, have) {
    return lookupFacts(have['lookup by E.164'], have['unknown number']);
  },
  judge(facts) {
    // Proxy mode sends %2B: a search that understands only a raw plus does not find what App Connect asks for.
    if (facts.foundBy === 'raw +') {
      return {
        verdict: 'fail',
        summary: "not found by the profile's own query (see lookup.plus)",
        expected: 'the new contact in the answer',
        observed: 'nobody for %2B; found with a raw +',
        remedy: {
          vendor: 'Decode the query once, and do not take the decoded plus for a space.',
          integrator: 'Search by digits without the plus.',
        },
      };
    }
    return judgeLookup(facts, 'the new contact');
  },
});
