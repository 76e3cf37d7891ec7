import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'lookup.fields',
  item: 'phone-lookup',
  level: 'must',
  title: 'returns the id and the name of a contact that is found',
  why: 'The name is what pops up, the id is where the call is logged.',
  remedy: {
    vendor: 'Return id and name with each record of the search.',
    integrator:
      'Map the right fields (item.idPath, item.namePath), or fetch each record in a connector with code.',
  },
  judged: {
    pass: 'the contact that is found has an id and a name',
    fail: 'one of them is missing',
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['lookup by E.164', 'created contact'],
  async observe(_context, have) {
    const { contact } = have['lookup by E.164'];
    if (!contact) {
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'lookup.e164',
        reason: 'no contact was found to look at',
      });
    }
    return {
      id: contact.id !== null,
      name: contact.name !== null && contact.name.trim() !== '',
      asWritten: contact.name === have['created contact'].name,
      gaps: [contact.gaps.id, contact.gaps.name].filter((gap) => gap !== undefined),
    };
  },
  judge({ id, name, asWritten, gaps }) {
    const expected = 'an id and a name';
    const missing = [...(id ? [] : ['id']), ...(name ? [] : ['name'])];
    if (missing.length > 0) {
      return {
        verdict: 'fail',
        summary: `no ${missing.join(' and no ')} with the contact`,
        expected,
        observed: [`without ${missing.join(' and ')}`, ...gaps].join('; '),
      };
    }
    return {
      verdict: 'pass',
      summary: asWritten ? 'id and name, as written' : 'id and name; the name is not quite as written',
    };
  },
});
