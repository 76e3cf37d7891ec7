import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { missFrom } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { gaps, type Matrix, type SearchClass, searchClass, smallestSet } from './matrix.ts';

interface Facts {
  class: SearchClass;
  /** How many formats must be asked, E.164 among them. */
  formats: number;
  /** Every stored format came back as E.164. */
  normalisedOnWrite: boolean;
}

/** @param tail whether a number was found by another that only ends alike */
function classFacts(matrix: Matrix, tail: boolean): Facts {
  const others = matrix.stored.filter(({ format }) => format !== 'e164');
  return {
    class: searchClass(matrix, tail),
    formats: 1 + smallestSet(matrix).formats.length,
    normalisedOnWrite: others.length > 0 && others.every(({ kept, e164 }) => kept === e164),
  };
}

export default defineCheck({
  id: 'lookup.class',
  item: 'phone-lookup',
  level: 'info',
  title: 'tells how the search compares numbers',
  why: 'One word says what an integrator has to build: nothing, a filter, or a search in several formats.',
  remedy: {
    vendor: 'Compare numbers, not texts.',
    integrator: 'See lookup.recoverable for the formats to search.',
  },
  judged: {
    asks: 'Nothing more.',
    pass: 'always. *Normalising*: E.164 finds every stored form. *Suffix or substring*: a number is found by a part of it, or by another that ends alike. *Exact*: only by the very text, or the very digits. *Unusable*: by nothing, or everybody by everything',
    inconclusive:
      'one of the forms could not be stored or asked for (a rate limit, trouble, a refusal that is not due to the form)',
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['phone matrix', 'negative controls', 'everybody', 'lookup by E.164'],
  async observe(_context, have): Promise<Facts> {
    const { last } = have['lookup by E.164'];
    // Nobody in an answer that cannot be read is not nobody.
    if (last.kind !== 'ok') throw new Unanswerable(missFrom(last, 'lookup.e164'));
    const open = gaps(have['phone matrix']);
    if (open.length > 0 && !have.everybody) {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: open.join('; ') });
    }
    const tail = have['negative controls'].some((control) => control.tail && control.count > 0);
    const facts = classFacts(have['phone matrix'], tail);
    return have.everybody ? { ...facts, class: 'unusable' } : facts;
  },
  judge({ class: found, formats, normalisedOnWrite }) {
    const needed = `${formats} ${formats === 1 ? 'format' : 'formats'} needed`;
    const says: Record<SearchClass, string> = {
      normalising: normalisedOnWrite
        ? 'normalising: numbers are stored as E.164, however they are written'
        : 'normalising: numbers are compared, however they are written',
      'suffix or substring': `suffix or substring: the end or a part of a number is compared, ${needed}`,
      exact: `exact: texts are compared, ${needed}`,
      unusable: 'unusable: a number leads to nobody, or to everybody',
    };
    return { verdict: 'pass', summary: says[found] };
  },
});
