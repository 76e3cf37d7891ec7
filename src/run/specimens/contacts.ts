import type { CreatedContact, Lookup, UnknownNumber } from '../../checks/needs.ts';
import { askWithBadInput, missFrom, outcomeFacts } from '../../checks/outcome-facts.ts';
import type { Cell } from '../../checks/phone-lookup/matrix.ts';
import { Unanswerable } from '../../checks/unanswerable.ts';
import type { Crm } from '../../crm/crm.ts';
import { idToShow } from '../../crm/masked.ts';
import { isSameNumber } from '../../crm/phone.ts';
import type { FoundContacts } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';
import { poll } from '../clock.ts';
import type { LedgerEntry } from '../ledger.ts';
import { type Kit, type Makers, miss } from './kit.ts';

/** Contacts that the run makes, and whether they are found. */
export const contactMakers = {
  'created contact': async (kit): Promise<CreatedContact> => {
    const crm = await kit.get('crm');
    if (kit.settings.readOnly) return fixtureContact(kit);
    const { phoneNumber } = await freeNumber(kit, crm);
    return createContact(kit, crm, phoneNumber, phoneNumber);
  },

  contact: async ({ get }) => {
    const { outcome, name, phoneNumber } = await get('created contact');
    if (outcome.kind !== 'ok') throw new Unanswerable(missFrom(outcomeFacts(outcome), 'contact.create'));
    if (outcome.value.id !== null) return { id: outcome.value.id, name, type: null, phoneNumber };
    // Created without an id: its number leads to it.
    const { contact } = await get('lookup by E.164');
    if (contact?.id == null)
      throw miss('blocked', 'contact.create', 'the new contact has no id, and is not found by its number');
    return { id: contact.id, name, type: null, phoneNumber };
  },

  'lookup by E.164': async ({ get, clock, profile }): Promise<Lookup> => {
    const crm = await get('crm');
    const created = await get('created contact');
    if (created.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(created.outcome), 'contact.create'));
    const { phoneNumber } = created;
    let plusInUrl = false;
    let asked = 0;
    const ask = async (rawPlus: boolean) => {
      asked += 1;
      const outcome = await crm.findContact({ text: phoneNumber, e164: phoneNumber, rawPlus });
      if (outcome.kind === 'ok' && !rawPlus) {
        plusInUrl = outcome.value.urls.some((url) => url.includes(encodeURIComponent(phoneNumber)));
      }
      return outcome;
    };
    const { answer, seconds } = await poll(
      clock,
      remaining(created, profile.settleSeconds, clock.now()),
      async () => {
        const encoded = await ask(false);
        if (match(encoded, created) || !plusInUrl) return { outcome: encoded, by: '%2B' as const };
        const raw = await ask(true);
        return match(raw, created)
          ? { outcome: raw, by: 'raw +' as const }
          : { outcome: encoded, by: '%2B' as const };
      },
      ({ outcome }) => match(outcome, created) !== undefined || isFinal(outcome),
    );
    const { outcome, by } = answer;
    const found = match(outcome, created);
    const count = outcome.kind === 'ok' ? outcome.value.contacts.length : 0;
    return {
      phoneNumber,
      found: found !== undefined,
      foundBy: found ? by : null,
      afterSeconds: found ? (clock.now() - created.at) / 1000 : null,
      waitedSeconds: seconds,
      asked,
      contact: found ? { id: found.id, name: found.name, phone: found.phone } : null,
      others: count - (found ? 1 : 0),
      last: outcomeFacts(outcome),
      plusInUrl,
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
    const { phoneNumber, outcome: first } = await freeNumber(kit, crm);
    const { outcome, facts } =
      first.kind === 'trouble'
        ? await askWithBadInput(
            () => crm.findContact({ text: phoneNumber, e164: phoneNumber }),
            () => crm.getUserInfo(),
          )
        : { outcome: first, facts: outcomeFacts(first) };
    const contacts = outcome.kind === 'ok' ? outcome.value.contacts : [];
    return {
      phoneNumber,
      answer: facts,
      statuses: outcome.kind === 'ok' ? outcome.value.statuses : [],
      count: contacts.length,
      ids: contacts.slice(0, 10).map(({ id }) => String(idToShow(id))),
    };
  },
} satisfies Partial<Makers>;

/** Creates a contact, in the ledger first. */
export async function createContact(
  { ledger, own, marker, clock }: Kit,
  crm: Crm,
  phoneNumber: string,
  written: string,
): Promise<CreatedContact> {
  const name = `${marker} ${ledger.entries.length + 1}`;
  const entry = ledger.announce('contact', name, phoneNumber, null);
  const outcome = await crm.createContact({ name, phoneNumber: written });
  settle(ledger, entry, outcome);
  if (outcome.kind === 'ok' && outcome.value.id !== null) own.ids.add(String(outcome.value.id));
  return { outcome, name, phoneNumber, at: clock.now(), fixture: false };
}

/** What became of a creation, into the ledger. An answer that did not come leaves the entry open. */
export function settle(
  ledger: Kit['ledger'],
  entry: LedgerEntry,
  outcome: Outcome<{ id: string | number | null }>,
): void {
  if (outcome.kind === 'ok') ledger.update(entry, { state: 'created', id: outcome.value.id });
  else if (outcome.kind === 'unreadable') ledger.update(entry, { state: 'created' });
  else if (outcome.kind !== 'trouble') ledger.update(entry, { state: 'refused' });
}

/** A number that nobody in this CRM has, and what the CRM answers to it. One that somebody has is replaced. */
export async function freeNumber(
  { numbers }: Kit,
  crm: Crm,
): Promise<{ phoneNumber: string; outcome: Outcome<FoundContacts> }> {
  for (let tries = 1; ; tries++) {
    const phoneNumber = numbers.draw();
    const outcome = await crm.findContact({ text: phoneNumber, e164: phoneNumber });
    if (
      tries === 8 ||
      outcome.kind !== 'ok' ||
      !outcome.value.contacts.some(({ phone }) => isSameNumber(phone, phoneNumber))
    ) {
      return { phoneNumber, outcome };
    }
  }
}

/**
 * The created contact among those found: by its id, or by its name where it has none. A record with the right id and
 * the name of somebody else is somebody else: some CRMs give the same answer to everybody.
 */
function match(outcome: Outcome<FoundContacts>, created: CreatedContact) {
  if (outcome.kind !== 'ok' || created.outcome.kind !== 'ok') return undefined;
  const { id } = created.outcome.value;
  return outcome.value.contacts.find((contact) =>
    id !== null && contact.id !== null
      ? String(contact.id) === String(id) && (created.fixture || mayBe(contact.name, created.name))
      : contact.name === created.name,
  );
}

/** Whether a name may be what became of the written one: cut, split or recased, but with a word of it left. */
function mayBe(name: string | null, written: string): boolean {
  if (name === null || name.trim() === '') return true;
  return written
    .split(' ')
    .some((word) => word.length > 3 && name.toLowerCase().includes(word.toLowerCase()));
}

export function cellOf(outcome: Outcome<FoundContacts>, created: CreatedContact): Cell {
  if (outcome.kind === 'ok' || outcome.kind === 'unreadable') return match(outcome, created) ? 'hit' : 'miss';
  return outcome.kind === 'refused' ? 'refused' : 'trouble';
}

/** What is left of the settle limit, in seconds. */
export function remaining({ at, fixture }: CreatedContact, settleSeconds: number, now: number): number {
  return fixture ? 0 : Math.max(0, settleSeconds - (now - at) / 1000);
}

/** Waiting would change nothing: the search is refused, or not described. */
function isFinal(outcome: Outcome<unknown>): boolean {
  return (
    outcome.kind === 'not-described' || outcome.kind === 'not-supported' || outcome.kind === 'unreadable'
  );
}

function fixtureContact({ profile, own, clock }: Kit): CreatedContact {
  const fixture = profile.fixtures.contacts[0];
  if (!fixture) throw miss('inconclusive', null, 'read-only: name a contact under fixtures.contacts');
  own.ids.add(fixture.id);
  const answer = { status: 200, headers: {}, body: null, captures: {}, exchange: 0, unmasked: false };
  return {
    outcome: { kind: 'ok', value: { id: fixture.id, idFrom: 'body', name: fixture.name ?? null }, answer },
    name: fixture.name ?? '',
    phoneNumber: fixture.phoneNumber,
    at: clock.now(),
    fixture: true,
  };
}
