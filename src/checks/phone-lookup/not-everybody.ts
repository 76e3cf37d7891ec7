import type { Crm } from '../../crm/crm.ts';
import { idToShow } from '../../crm/masked.ts';
import { isSameNumber } from '../../crm/phone.ts';
import type { PhoneQuery } from '../../crm/types.ts';
import { sideBySide } from '../../http/context.ts';
import type { Profile } from '../../profile/types.ts';
import type { CheckContext } from '../define-check.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { askWithBadInput, type OutcomeFacts } from '../outcome-facts.ts';

interface Probe {
  what: string;
  asked: string;
  answer: OutcomeFacts;
  count: number;
  /** At most ten. */
  ids: string[];
}

interface Facts {
  probes: Probe[];
  dropsEmpty: boolean;
  /** Whether the search finds the contact that the run created. */
  finds: boolean;
}

export default defineCheck({
  id: 'lookup.not-everybody',
  item: 'phone-lookup',
  level: 'must',
  title: 'does not return everybody, or somebody else',
  why: "App Connect shows the first contacts that come back: a stranger's name on the screen, and the call in a stranger's file.",
  remedy: {
    vendor:
      'Answer a number that nobody has, an extension and an empty number with an empty list; refuse unknown parameters.',
    integrator: 'A connector with code can compare the numbers of what it got, and drop the rest.',
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['crm', 'unknown number', 'lookup by E.164'],
  async observe({ profile }: CheckContext, have): Promise<Facts> {
    const { crm, 'unknown number': unknown, 'lookup by E.164': lookup } = have;
    const { phoneNumber } = lookup;
    const queries: { what: string; query: PhoneQuery }[] = [
      { what: 'an extension', query: { text: '101', e164: '101', isExtension: true } },
      { what: 'an empty number', query: { text: '', e164: '' } },
      { what: 'a number that shares the last seven digits', query: numberQuery(otherAreaCode(phoneNumber)) },
      { what: 'a number inside a longer one', query: numberQuery(phoneNumber.slice(0, -1)) },
    ];
    const probes = await sideBySide(queries, ({ what, query }) => probe(crm, what, query));
    const { answer, count, ids } = unknown;
    return {
      probes: [
        { what: 'a number that nobody has', asked: unknown.phoneNumber, answer, count, ids },
        ...probes,
      ],
      dropsEmpty: dropsEmpty(profile),
      finds: lookup.found,
    };
  },
  judge({ probes, dropsEmpty: drops, finds }) {
    const cautions = drops
      ? ['the profile drops an empty phone number from its search: App Connect sends it as empty']
      : [];
    const expected = 'no contacts';
    const wrong = probes.filter(({ count }) => count > 0);
    if (wrong.length > 0) {
      const observed = wrong
        .map(({ what, asked, count }) => `${what} (${asked || "''"}): ${count} contacts`)
        .join('; ');
      return {
        verdict: 'fail',
        summary: `${wrong.map(({ what }) => what).join(', ')}: finds somebody`,
        expected,
        observed,
        cautions,
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
    return { verdict: 'pass', summary: `nobody for ${probes.length} numbers that are nobody's`, cautions };
  },
});

function numberQuery(text: string): PhoneQuery {
  return { text, e164: text };
}

/** Another area code of the same country's fictional range, the same last seven digits. Only NANP numbers have one. */
function otherAreaCode(e164: string): string {
  if (!e164.startsWith('+1')) return `${e164.slice(0, 3)}${(Number(e164[3]) + 1) % 10}${e164.slice(4)}`;
  return `+1${e164.slice(2, 5) === '312' ? '213' : '312'}${e164.slice(5)}`;
}

async function probe(crm: Crm, what: string, query: PhoneQuery): Promise<Probe> {
  const { outcome, facts } = await askWithBadInput(
    () => crm.findContact(query),
    () => crm.getUserInfo(),
  );
  const found = outcome.kind === 'ok' ? outcome.value.contacts : [];
  // Somebody may have this very number: finding them is right.
  const contacts = found.filter(({ phone }) => !isSameNumber(phone, query.e164));
  return {
    what,
    asked: query.text,
    answer: facts,
    count: contacts.length,
    ids: contacts.slice(0, 10).map(({ id }) => String(idToShow(id))),
  };
}

function dropsEmpty({ operations, language }: Profile): boolean {
  const search = operations.findContact;
  if (language === 'proxyConfig' || search?.kind !== 'search') return false;
  return search.requests.some(
    ({ omitEmpty, query, body }) => omitEmpty || /omit_empty/.test(JSON.stringify([query, body ?? null])),
  );
}
