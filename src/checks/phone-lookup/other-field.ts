import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, type OutcomeFacts } from '../outcome-facts.ts';
import { type Cell, isAnswered } from './matrix.ts';

interface Facts {
  created: OutcomeFacts;
  bySecond: Cell;
  byFirst: Cell;
}

export default defineCheck({
  id: 'lookup.other-field',
  item: 'phone-lookup',
  level: 'should',
  title: 'finds a number that is kept in a second phone field (mobile, home)',
  why: 'People call from their mobile phones; a search that looks at the office number alone does not know them.',
  remedy: {
    vendor: 'Let the phone search look at every phone field.',
    integrator: 'Search each field: several requests in the profile (`requests`), or one with "or".',
  },
  judged: {
    asks: "A contact with two numbers: the profile's `createContact` writes `secondPhoneNumber` into the second phone field. It is looked for by the second, and where that finds nobody by the first.",
    pass: 'found by its second number',
    warn: 'found by its first number only',
    notDescribed: 'the profile does not write `secondPhoneNumber` anywhere',
  },
  links: [links.contactMatching],
  operations: ['findContact', 'createContact'],
  needs: ['second phone'],
  writes: true,
  async observe(_context, have): Promise<Facts> {
    const { created, bySecond, byFirst } = have['second phone'];
    return { created, bySecond, byFirst };
  },
  judge({ created, bySecond, byFirst }) {
    const expected = 'the contact, by its second number';
    if (created.kind !== 'ok') {
      const remedy = {
        vendor: 'Take a contact with two phone numbers, and search both.',
        integrator: 'Check the field into which the profile writes `secondPhoneNumber`.',
      };
      return { ...judgeFailure(created, 'a contact with two numbers', expected), remedy };
    }
    if (bySecond === 'hit') return { verdict: 'pass', summary: 'found by its second number' };
    if (!isAnswered(bySecond) || byFirst !== 'hit') {
      return { verdict: 'inconclusive', summary: 'the contact is found by neither of its numbers' };
    }
    return {
      verdict: 'warn',
      summary: 'not found by its second number',
      expected,
      observed: 'nobody; by its first number it is found',
    };
  },
});
