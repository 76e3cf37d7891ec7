import { parsePhoneNumber } from '../../crm/phone.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { formats } from './formats.ts';
import { type Matrix, shareFound, smallestSet } from './matrix.ts';

interface Facts {
  matrix: Matrix;
  /** 0 to 1; null: only E.164 could be stored, or nothing else could be measured. */
  share: number | null;
  /** The fewest further formats that find the rest, in App Connect's notation; null: no choice does. */
  extraFormats: string[] | null;
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
  links: [links.contactMatching, links.e164],
  operations: ['findContact'],
  needs: ['phone matrix'],
  async observe({ profile }, have): Promise<Facts> {
    const matrix = have['phone matrix'];
    const extra = smallestSet(matrix);
    const code = parsePhoneNumber(matrix.stored[0]?.text ?? '', profile.region).countryCode ?? 1;
    return {
      matrix,
      share: shareFound(matrix),
      extraFormats: extra?.flatMap((format) => formats[format].notation(code) ?? []) ?? null,
    };
  },
  judge({ matrix, share, extraFormats }) {
    const others = matrix.stored.filter(({ format }) => format !== 'e164').length;
    if (others === 0) return { verdict: 'not-applicable', summary: 'the CRM accepts only E.164' };
    if (share === null)
      return { verdict: 'inconclusive', summary: 'the other formats could not be asked for' };
    const found = Math.round(share * others);
    if (share === 1)
      return { verdict: 'pass', summary: `finds ${found} of ${others} stored formats by E.164`, share };
    const rest = extraFormats
      ? `${extraFormats.length} more ${extraFormats.length === 1 ? 'format finds' : 'formats find'} the rest`
      : 'no choice of formats finds the rest';
    return {
      verdict: 'warn',
      summary: `finds ${found} of ${others} stored formats by E.164; ${rest}`,
      expected: `${others} of ${others}`,
      observed: `${found} of ${others}`,
      share,
    };
  },
});
