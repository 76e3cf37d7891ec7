import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'contact.type',
  item: 'contact-create',
  level: 'info',
  title: 'tells the type of a contact',
  why: 'App Connect hands the type back with every log: CRMs that keep leads and contacts apart need it.',
  remedy: {
    vendor: 'Return the type of the record with each contact.',
    integrator: 'Give each request of the search its `type`, or map item.typePath.',
  },
  judged: {
    asks: '`typePath` of the creation and of the search, and the `type` of its requests.',
    pass: 'always: the types that were seen',
    notDescribed: 'none of them is there',
  },
  links: [links.createContact, links.contactMatching],
  operations: ['createContact'],
  needs: ['created contact', 'lookup by E.164'],
  writes: true,
  async observe({ profile }, have) {
    const { outcome } = have['created contact'];
    const created = outcome.kind === 'ok' ? outcome.value.type : null;
    const found = have['lookup by E.164'].contact?.type ?? null;
    const search = profile.operations.findContact;
    const declared = search?.kind === 'search' ? search.requests.flatMap(({ type }) => type ?? []) : [];
    if (created === null && found === null && declared.length === 0) {
      throw new Unanswerable({
        verdict: 'not-described',
        by: null,
        reason:
          'no type came back: add operations.createContact.responseMapping.typePath, or operations.findContact.responseMapping.item.typePath',
      });
    }
    return { created, found, declared };
  },
  judge({ created, found, declared }) {
    const said = [
      ...(created === null ? [] : [`created as ${created}`]),
      ...(found === null ? [] : [`found as ${found}`]),
      ...(declared.length === 0 ? [] : [`searched for: ${[...new Set(declared)].join(', ')}`]),
    ];
    return {
      verdict: 'pass',
      summary:
        created !== null && created === found ? [created, ...said.slice(2)].join('; ') : said.join('; '),
    };
  },
});
