import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { formatsDiffer, gaps, smallestSet, withHits } from './matrix.ts';

interface Facts {
  formats: string[];
  /** Whether these hold for some numbers of the country only. Absent in older reports. */
  differ?: boolean;
  unreachable: string[];
  /** What is not known, in words. Absent in older reports. */
  gaps?: string[];
  /** Only in older reports: numbers of which nothing is known. */
  unanswered?: string[];
}

/** App Connect's setting for overriding formats has room for this many. */
const roomForFormats = 3;

export default defineCheck({
  id: 'lookup.recoverable',
  item: 'phone-lookup',
  level: 'info',
  title: 'tells which few formats must be searched as well, so that everybody is found',
  why: 'Each further format is one more request at every call; fewest is best.',
  remedy: {
    vendor: 'Search in a normalised copy of each number: then no further format is needed.',
    integrator:
      'A connector with code searches these formats too, or honours the overriding formats that a user sets in App Connect (three at most). Proxy mode searches what the profile says, and nothing else.',
  },
  judged: {
    asks: 'Nothing more: all choices of the forms that were asked are tried, the small ones first.',
    inconclusive: 'no form but E.164 could be stored, and that is not known to be due to the form',
    pass: "in all other cases. The formats stand in App Connect's notation, where `#` is a digit of the number without its country code; a number that no form finds is named, and so is one that was not answered. Where area codes differ in length, a form is written in several ways, and each counts",
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['phone matrix', 'search that tells'],
  async observe(_context, have): Promise<Facts> {
    const matrix = withHits(have['phone matrix']);
    const open = gaps(matrix);
    if (open.length > 0 && matrix.stored.every(({ format }) => format === 'e164')) {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: open.join('; ') });
    }
    const { formats, differ, unreachable } = smallestSet(matrix);
    return {
      formats,
      differ,
      unreachable: unreachable.map((row) => matrix.stored[row]?.text ?? ''),
      gaps: open,
    };
  },
  judge({ formats, differ = false, unreachable, unanswered = [], gaps: open = [] }) {
    const lost = [
      ...(differ ? [formatsDiffer] : []),
      ...(unreachable.length === 0 ? [] : [`no format finds ${unreachable.join(', ')}`]),
      ...(unanswered.length === 0 ? [] : [`no answer about ${unanswered.join(', ')}`]),
      ...open,
    ]
      .map((one) => `; ${one}`)
      .join('');
    if (formats.length === 0) {
      return { verdict: 'pass', summary: lost === '' ? 'no further format is needed' : lost.slice(2) };
    }
    const room =
      formats.length > roomForFormats
        ? ` (App Connect's setting for overriding formats has room for ${roomForFormats})`
        : '';
    const more = formats.length === 1 ? 'format finds' : 'formats find';
    return { verdict: 'pass', summary: `${formats.length} further ${more} what E.164 misses${room}${lost}` };
  },
});
