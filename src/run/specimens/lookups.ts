import { askWithBadInput, missFrom, outcomeFacts } from '../../checks/outcome-facts.ts';
import { type Cell, isAnswered } from '../../checks/phone-lookup/matrix.ts';
import { mostSeconds } from '../../checks/phone-lookup/settle.ts';
import type { Lookup, NegativeControl, UnknownNumber } from '../../checks/phone-lookup/specimens.ts';
import { Unanswerable } from '../../checks/unanswerable.ts';
import { idToShow } from '../../crm/masked.ts';
import { isSameNumber } from '../../crm/phone.ts';
import type { PhoneQuery } from '../../crm/types.ts';
import { sideBySide } from '../../http/context.ts';
import type { Outcome } from '../../operation/types.ts';
import { closelyUntil, poll } from '../clock.ts';
import { sameEndings } from '../numbers.ts';
import { firstFree, freeNumber } from './contacts.ts';
import { type Makers, miss } from './kit.ts';
import { cellOf, isHit, match, remaining } from './match.ts';

/** Whether the contact of the run is found by its number, and nobody by numbers that are nobody's. */
export const lookupMakers = {
  'lookup by E.164': async ({ get, clock, profile }): Promise<Lookup> => {
    const crm = await get('crm');
    const created = await get('created contact');
    if (created.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(created.outcome), 'contact.create'));
    const { phoneNumber } = created;
    let asked = 0;
    /** Seconds from the creation until it was last asked for in vain, by each writing. */
    const missed: Record<'%2B' | 'raw +', number | null> = { '%2B': null, 'raw +': null };
    const ask = async (by: '%2B' | 'raw +') => {
      asked += 1;
      const at = clock.now();
      const outcome = await crm.findContact({
        text: phoneNumber,
        e164: phoneNumber,
        rawPlus: by === 'raw +',
      });
      const cell = cellOf(outcome, created);
      if (isAnswered(cell) && !isHit(cell)) missed[by] = (at - created.at) / 1000;
      return { outcome, by, cell };
    };
    /** As it was sent, and so whether it was found, refused or neither. */
    const plusInUrl = () =>
      crm.context.transport.exchanges.some(
        ({ intent, request: { url } }) =>
          intent === 'findContact' && url.includes(encodeURIComponent(phoneNumber)),
      );
    const { answer, seconds } = await poll(
      clock,
      remaining(created, profile.settleSeconds, clock.now()),
      async () => {
        const encoded = await ask('%2B');
        if (isHit(encoded.cell) || !isAnswered(encoded.cell) || !plusInUrl()) return encoded;
        const raw = await ask('raw +');
        if (!isHit(raw.cell)) return encoded;
        // An index that lags may have caught up between the two.
        const again = await ask('%2B');
        return isHit(again.cell) ? again : raw;
      },
      ({ outcome, cell }) => isHit(cell) || isFinal(outcome),
      closelyUntil(mostSeconds),
    );
    const { outcome, by } = answer;
    const found = match(outcome, created);
    const count = outcome.kind === 'ok' ? outcome.value.contacts.length : 0;
    return {
      phoneNumber,
      storedAs: created.written,
      found: found !== undefined,
      foundBy: found ? by : null,
      // Found at the first question it was there before, however long that question had to wait.
      afterSeconds: found ? (asked === 1 ? 0 : (clock.now() - created.at) / 1000) : null,
      missedSeconds: missed[by],
      waitedSeconds: seconds,
      asked,
      contact: found ?? null,
      others: count - (found ? 1 : 0),
      last: outcomeFacts(outcome),
      plusInUrl: plusInUrl(),
    };
  },

  'raw plus': async ({ get }): Promise<Cell | null> => {
    const lookup = await get('lookup by E.164');
    const created = await get('created contact');
    if (!lookup.plusInUrl) return null;
    if (lookup.foundBy === 'raw +') return 'hit';
    const crm = await get('crm');
    const { phoneNumber } = created;
    return cellOf(await crm.findContact({ text: phoneNumber, e164: phoneNumber, rawPlus: true }), created);
  },

  'unknown number': async (kit): Promise<UnknownNumber> => {
    const crm = await kit.get('crm');
    // Last: a CRM in which nobody was before can return everybody only once somebody is there.
    const lookup = await kit.get('lookup by E.164').catch(() => null);
    const created = await kit.peek('created contact');
    const { phoneNumber, outcome: first } = await freeNumber(kit, crm);
    const { outcome, facts } =
      first.kind === 'trouble'
        ? await askWithBadInput(
            () => crm.findContact(numberQuery(phoneNumber)),
            // A CRM in which every search fails has not answered.
            () => crm.findContact(numberQuery(created?.phoneNumber ?? phoneNumber)),
          )
        : { outcome: first, facts: outcomeFacts(first) };
    const contacts = outcome.kind === 'ok' ? outcome.value.contacts : [];
    return {
      phoneNumber,
      answer: facts,
      statuses: outcome.kind === 'ok' ? outcome.value.statuses : [],
      count: contacts.length,
      ids: contacts.slice(0, 10).map(({ id }) => String(idToShow(id))),
      own: created !== null && match(outcome, created) !== undefined,
      control: lookup?.last ?? null,
    };
  },

  everybody: async ({ get }): Promise<boolean> => {
    const { own, count } = await get('unknown number');
    if (!own) return false;
    const crm = await get('crm');
    const { phoneNumber } = await get('created contact');
    const outcome = await crm.findContact({ text: phoneNumber, e164: phoneNumber });
    return outcome.kind !== 'ok' || outcome.value.contacts.length >= count;
  },

  'search that tells': async ({ get }) => {
    if (!(await get('everybody', 'evidence'))) return true;
    throw miss(
      'blocked',
      'lookup.none',
      'a number that nobody has finds the same contacts, so that finding one proves nothing',
    );
  },

  'negative controls': async (kit): Promise<NegativeControl[]> => {
    const { get, profile } = kit;
    const crm = await get('crm');
    const { phoneNumber } = await get('lookup by E.164');
    const { phoneNumber: unknown, answer, count, ids } = await get('unknown number');
    const ask = async (query: PhoneQuery) => ({
      query,
      ...(await askWithBadInput(
        () => crm.findContact(query),
        () => crm.findContact(numberQuery(phoneNumber)),
      )),
    });
    const questions: {
      what: string;
      tail?: true;
      asked: () => Promise<Awaited<ReturnType<typeof ask>> | null>;
    }[] = [
      { what: 'an extension', asked: () => ask({ text: '101', e164: '101', isExtension: true }) },
      { what: 'an empty number', asked: () => ask(numberQuery('')) },
      {
        what: 'a number that shares the last seven digits',
        tail: true,
        // Where no fictional number ends so, one that may be somebody's is not asked for.
        asked: () =>
          firstFree(kit, sameEndings(phoneNumber, profile.region), (twin) => ask(numberQuery(twin))),
      },
      { what: 'a number inside a longer one', asked: () => ask(numberQuery(phoneNumber.slice(0, -1))) },
    ];
    const controls = await sideBySide(questions, async ({ what, tail = false, asked }) => {
      const answer = await asked();
      if (answer === null) return [];
      const { query, outcome, facts } = answer;
      const found = outcome.kind === 'ok' ? outcome.value.contacts : [];
      // Somebody may have this very number: finding them is right.
      const contacts = found.filter(({ phone }) => !isSameNumber(phone, query.e164));
      return [
        {
          what,
          asked: query.text,
          answer: facts,
          count: contacts.length,
          ids: contacts.slice(0, 10).map(({ id }) => String(idToShow(id))),
          tail,
        },
      ];
    });
    return [
      { what: 'a number that nobody has', asked: unknown, answer, count, ids, tail: false },
      ...controls.flat(),
    ];
  },
} satisfies Partial<Makers>;

/** Waiting would change nothing: the search is refused, or not described. */
function isFinal(outcome: Outcome<unknown>): boolean {
  return (
    outcome.kind === 'not-described' || outcome.kind === 'not-supported' || outcome.kind === 'unreadable'
  );
}

function numberQuery(text: string): PhoneQuery {
  return { text, e164: text };
}
