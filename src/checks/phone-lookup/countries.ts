import type { Judgement } from '../../report/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { isAnswered, type Matrix } from './matrix.ts';

export default defineCheck({
  id: 'lookup.countries',
  item: 'phone-lookup',
  level: 'should',
  title: 'finds numbers of other countries by E.164, also where they are stored with a trunk zero',
  why: 'Callers from abroad arrive as +44…; many a CRM has them as 020 …, and some know their own country only.',
  remedy: {
    vendor: 'Read each number with the country of its contact, and keep E.164 beside it.',
    integrator: 'A connector with code can search the national writing of the country that calls as well.',
  },
  judged: {
    asks: 'A contact each for Britain, Germany, France, Australia and Sweden (without the own country), its number written as it is there, with the trunk zero; asked for by E.164. Where that finds nobody, a second contact with the number in E.164. Left out by `--lookup essential`.',
    pass: 'all are found',
    warn: 'some are not, or a country is not accepted; each is named',
    inconclusive:
      'a contact could not be created or asked for: trouble, or the CRM refuses one with a number of its own country as well',
  },
  links: [links.contactMatching, links.e164],
  operations: ['findContact', 'createContact'],
  needs: ['country matrix'],
  writes: true,
  async observe(_context, have): Promise<{ matrix: Matrix }> {
    return { matrix: have['country matrix'] };
  },
  judge({ matrix: { stored, cells, notStored } }): Judgement {
    const expected = 'every number that the CRM stores, found by E.164';
    const answered = stored.flatMap((number, row) => {
      const cell = cells[row]?.[0];
      return isAnswered(cell) ? [{ ...number, found: cell === 'hit' }] : [];
    });
    const refused = notStored.filter(({ format, refused: byCrm }) => byCrm && format === 'e164');
    const missed = answered.filter(({ found }) => !found);
    if (missed.length > 0 || refused.length > 0) {
      const said = [
        ...missed.map(({ region, text, e164 }) =>
          text === e164 ? `${region} ${text} not found` : `${region} ${text} not found by ${e164}`,
        ),
        ...refused.map(({ region, text, reason }) => `${region} ${text} not accepted (${reason})`),
      ];
      const regions = [...new Set([...missed, ...refused].map(({ region }) => region))];
      const found = answered.length - missed.length;
      return {
        verdict: 'warn',
        summary: `finds ${found} of ${answered.length + refused.length} numbers of other countries; not all of ${regions.join(', ')}`,
        expected,
        observed: said.join('; '),
        ...(missed.length === 0 && {
          remedy: {
            vendor: 'Take numbers of other countries, in E.164.',
            integrator: 'None; tell users that contacts from abroad cannot be created from a call.',
          },
        }),
      };
    }
    const open = notStored.find(({ refused: byCrm }) => !byCrm);
    if (open) {
      const { region, text, reason } = open;
      return {
        verdict: 'inconclusive',
        summary: `not all numbers of other countries could be stored: ${region} ${text}: ${reason}`,
      };
    }
    if (answered.length < stored.length) {
      return { verdict: 'inconclusive', summary: 'not all numbers of other countries could be asked for' };
    }
    const regions = [...new Set(stored.map(({ region }) => region))];
    return { verdict: 'pass', summary: `finds all ${stored.length} numbers of ${regions.join(', ')}` };
  },
});
