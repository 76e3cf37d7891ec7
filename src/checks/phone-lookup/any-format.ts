import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { formatsDiffer, gaps, isAnswered, type Matrix, shareFound, smallestSet, withHits } from './matrix.ts';

interface Facts {
  matrix: Matrix;
  /** 0 to 1; null: only E.164 could be stored, or nothing else could be measured. */
  share: number | null;
  /** The fewest further formats that find what can be found, in App Connect's notation. */
  extraFormats: string[];
  /** Whether these hold for some numbers of the country only. Absent in older reports. */
  formatsDiffer?: boolean;
  /** Stored numbers that no format finds. */
  unreachable: string[];
}

export function anyFormatFacts(matrix: Matrix): Facts {
  const { formats, differ, unreachable } = smallestSet(matrix);
  return {
    matrix,
    share: shareFound(matrix),
    extraFormats: formats,
    formatsDiffer: differ,
    unreachable: unreachable.map((row) => matrix.stored[row]?.text ?? ''),
  };
}

export default defineCheck({
  id: 'lookup.any-format',
  item: 'phone-lookup',
  level: 'should',
  title: 'finds by E.164 the contacts that are stored in other formats',
  why: 'Address books are full of (415) 555-0123: what the search does not find is a caller without a name.',
  remedy: {
    vendor: 'Keep a normalised copy of each number (E.164) and search in that.',
    integrator: 'Search in several formats, each one more request: only connectors with code can.',
  },
  judged: {
    asks: 'One contact for each stored form (E.164, digits with country code, national digits, `(415) 555-0123`, `415-555-0123`, `415.555.0123`, `415 555 0123`, and one with an extension), each with a number of its own; with `--lookup essential` E.164, digits, `(415) 555-0123` and `415-555-0123`. Each is asked for in E.164. What that misses is asked for again when the settle time is over, and only then in the other forms. A form that the CRM refuses to store is left out, if it takes another contact in E.164 after that.',
    pass: 'E.164 finds all of them, and all were answered',
    warn: 'E.164 finds some or none; the row earns the share that is found. The fewest further formats that find the rest are named: up to three and the call pop works with adapter code, else it works with a caution',
    inconclusive:
      'E.164 finds all that could be stored and asked for, but not all could: there was trouble, or the CRM refused another contact in E.164 as well (a limit of the plan, names that are alike). The refusal is quoted',
    notApplicable:
      'the CRM stores E.164 only: it refuses every other form, and takes one more contact in E.164',
  },
  links: [links.contactMatching, links.e164],
  operations: ['findContact'],
  needs: ['phone matrix', 'search that tells'],
  async observe(_context, have): Promise<Facts> {
    return anyFormatFacts(withHits(have['phone matrix']));
  },
  judge({ matrix, share, extraFormats, formatsDiffer: differ = false, unreachable }) {
    const { stored, cells, notStored } = matrix;
    const isOther = ({ format }: { format: string }) => format !== 'e164';
    if (!stored.some(isOther)) {
      const silent = notStored.find(({ refused }) => !refused);
      if (silent) {
        return { verdict: 'inconclusive', summary: `other formats could not be stored: ${silent.reason}` };
      }
      return { verdict: 'not-applicable', summary: 'the CRM accepts only E.164' };
    }
    if (share === null)
      return { verdict: 'inconclusive', summary: 'the other formats could not be asked for' };
    const others = stored.filter((row, index) => isOther(row) && isAnswered(cells[index]?.[0])).length;
    const found = Math.round(share * others);
    const finds = `finds ${found} of ${others} stored formats by E.164`;
    const unknown = gaps(matrix)
      .map((gap) => `; ${gap}`)
      .join('');
    if (share === 1 && unknown !== '') return { verdict: 'inconclusive', summary: finds + unknown };
    if (share === 1) return { verdict: 'pass', summary: finds, share };
    return {
      verdict: 'warn',
      summary: `${finds}; ${recovery(extraFormats, unreachable)}${differ ? `; ${formatsDiffer}` : ''}${unknown}`,
      expected: `${others} of ${others}`,
      observed: `${found} of ${others}: a user would miss ${Math.round((1 - share) * 100)} % of the numbers that are written as people write them`,
      share,
      ...(extraFormats.length === 0 && {
        remedy: {
          integrator: 'None in the search: write numbers into the CRM in E.164, as far as it lets you.',
        },
      }),
    };
  },
});

function recovery({ length }: readonly string[], unreachable: readonly string[]): string {
  const more = `${length} more ${length === 1 ? 'format finds' : 'formats find'}`;
  if (length === 0) return 'no choice of formats finds the rest';
  return unreachable.length === 0 ? `${more} the rest` : `${more} all but ${unreachable.join(', ')}`;
}
