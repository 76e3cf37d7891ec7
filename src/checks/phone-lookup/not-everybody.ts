import type { Profile } from '../../profile/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, type OutcomeFacts } from '../outcome-facts.ts';
import type { NegativeControl } from './specimens.ts';

interface Facts {
  probes: NegativeControl[];
  dropsEmpty: boolean;
  /** Whether the search finds the contact that the run created. */
  finds: boolean;
  /** What the search for that contact ended with. */
  control: OutcomeFacts;
}

const emptyList =
  'Answer a number that nobody has, an extension and an empty number with an empty list; refuse unknown parameters.';
const wholeNumbers =
  'Compare whole numbers, whatever they are written with: not the last digits, and not a part.';

export default defineCheck({
  id: 'lookup.not-everybody',
  item: 'phone-lookup',
  level: 'must',
  title: 'does not return everybody, or somebody else',
  why: "App Connect shows the first contacts that come back: a stranger's name on the screen, and the call in a stranger's file.",
  remedy: {
    vendor: `${emptyList} ${wholeNumbers}`,
    integrator: 'A connector with code can compare the numbers of what it got, and drop the rest.',
  },
  judged: {
    asks: 'Five searches: an unknown number, the extension `101`, an empty number (sent as empty), one that is part of a longer one, and a number with the same last seven digits (in the United States, Canada and Australia: elsewhere no fictional number has them).',
    pass: 'nobody for any of them; a refusal is right too. A profile that drops an empty number does not ask for it: then the others decide, with a caution on the profile',
    fail: 'somebody comes back. Only the count and the ids enter the report, never who it is',
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['negative controls', 'lookup by E.164'],
  async observe({ profile }, have): Promise<Facts> {
    return {
      probes: have['negative controls'],
      dropsEmpty: dropsEmpty(profile),
      finds: have['lookup by E.164'].found,
      control: have['lookup by E.164'].last,
    };
  },
  judge({ probes: asked, dropsEmpty: drops, finds, control }) {
    // Without its number it was another search.
    const probes = drops ? asked.filter(({ asked: text }) => text !== '') : asked;
    const cautions = drops
      ? ['the profile drops an empty phone number from its search: App Connect sends it as empty']
      : [];
    const expected = 'no contacts';
    const wrong = probes.filter(({ count }) => count > 0);
    if (wrong.length > 0) {
      const observed = wrong
        .map(
          ({ what, asked, count }) =>
            `${what} (${asked || "''"}): ${count} ${count === 1 ? 'contact' : 'contacts'}`,
        )
        .join('; ');
      return {
        verdict: 'fail',
        summary: `${wrong.map(({ what }) => what).join(', ')}: finds somebody`,
        expected,
        observed,
        cautions,
        remedy: { vendor: vendorRemedy(wrong) },
      };
    }
    // Where the search finds somebody, an answer without a list means nobody; else it means nothing.
    const trouble = probes.find(
      ({ answer: { kind } }) => kind === 'trouble' || (kind === 'unreadable' && !finds),
    );
    if (trouble) {
      return {
        verdict: 'inconclusive',
        summary: `${trouble.what} could not be asked: ${trouble.answer.message}`,
        cautions,
      };
    }
    // Who is refused whatever they ask for has learned nothing of whom the search would return.
    if (control.kind === 'refused' && probes.every(({ answer }) => answer.kind === 'refused')) {
      return { verdict: 'inconclusive', summary: `every search is refused: ${answered(control)}`, cautions };
    }
    return { verdict: 'pass', summary: `nobody for ${probes.length} numbers that are nobody's`, cautions };
  },
});

/** What was found by a part of its number asks for a comparison, the rest for an empty list. */
function vendorRemedy(wrong: readonly NegativeControl[]): string {
  const others = wrong.filter((probe) => !isPart(probe)).map(({ what }) => what);
  const whole = wrong.some(isPart) ? [wholeNumbers] : [];
  if (others.includes('a number that nobody has')) return [emptyList, ...whole].join(' ');
  const empty = others.length > 0 ? [`Answer ${others.join(' and ')} with an empty list.`] : [];
  return [...whole, ...empty].join(' ');
}

/** A number that is somebody's in part only: its end, or what a longer one begins with. */
function isPart({ what, tail }: NegativeControl): boolean {
  return tail || what === 'a number inside a longer one';
}

function dropsEmpty({ operations, language }: Profile): boolean {
  const search = operations.findContact;
  if (language === 'proxyConfig' || search?.kind !== 'search') return false;
  return search.requests.some(
    ({ omitEmpty, query, body }) =>
      omitEmpty || /phoneNumber[^}]*omit_empty/i.test(JSON.stringify([query, body ?? null])),
  );
}
