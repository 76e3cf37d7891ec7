import type { Misplaced } from '../../operation/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeMisplaced, misplacedText } from '../misplaced.ts';
import { Unanswerable } from '../unanswerable.ts';

interface Facts {
  id: boolean;
  name: boolean;
  /** null: a fixture of the profile has no name to compare with. */
  asWritten: boolean | null;
  /** Why one of them was not found. */
  gaps: string[];
  /** What stands elsewhere in the record. Absent in older reports. */
  misplaced?: { id?: Misplaced; name?: Misplaced };
}

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
    inconclusive: misplacedText,
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['lookup by E.164', 'created contact'],
  async observe(_context, have): Promise<Facts> {
    const { contact } = have['lookup by E.164'];
    if (!contact) {
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'lookup.e164',
        reason: 'no contact was found to look at',
      });
    }
    const { gaps } = contact;
    const { name: written } = have['created contact'];
    return {
      id: contact.id !== null,
      name: contact.name !== null && contact.name.trim() !== '',
      asWritten: written === '' ? null : contact.name === written,
      gaps: [gaps.id, gaps.name].flatMap((gap) => gap?.why ?? []),
      misplaced: {
        ...(gaps.id?.misplaced && { id: gaps.id.misplaced }),
        ...(gaps.name?.misplaced && { name: gaps.name.misplaced }),
      },
    };
  },
  judge({ id, name, asWritten, gaps, misplaced = {} }) {
    const expected = 'an id and a name';
    const found = { id, name };
    const missing = (['id', 'name'] as const).filter((field) => !found[field]);
    if (missing.length > 0) {
      const observed = [`without ${missing.join(' and ')}`, ...gaps].join('; ');
      const slips = missing.flatMap((field) => misplaced[field] ?? []);
      if (slips.length === missing.length)
        return {
          ...judgeMisplaced(slips, `the ${missing.join(' and the ')}`, 'the contact'),
          expected,
          observed,
        };
      return {
        verdict: 'fail',
        summary: `no ${missing.join(' and no ')} with the contact`,
        expected,
        observed,
      };
    }
    const compared = { true: ', as written', false: '; the name is not quite as written', null: '' };
    return { verdict: 'pass', summary: `id and name${compared[`${asWritten}`]}` };
  },
});
