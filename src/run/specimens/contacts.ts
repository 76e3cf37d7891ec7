import type { CreatedContact } from '../../checks/contact-create/specimens.ts';
import { missFrom, outcomeFacts } from '../../checks/outcome-facts.ts';
import { Unanswerable } from '../../checks/unanswerable.ts';
import { leftBy, showsBirth } from '../../crm/another.ts';
import type { Crm } from '../../crm/crm.ts';
import { isSameNumber } from '../../crm/phone.ts';
import type { FoundContacts } from '../../crm/types.ts';
import { isRefusedAsExpired, type Outcome } from '../../operation/types.ts';
import type { Profile } from '../../profile/types.ts';
import { hasNumber, type LedgerEntry } from '../ledger.ts';
import { type Kit, type Makers, miss } from './kit.ts';

/** The contact that most of a run looks at. */
export const contactMakers = {
  'created contact': async (kit): Promise<CreatedContact> => {
    const crm = await kit.get('crm');
    if (kit.settings.readOnly) return fixtureContact(kit);
    const { phoneNumber } = await freeNumber(kit, crm);
    return createContact(kit, crm, phoneNumber);
  },

  contact: async ({ get }) => {
    const { outcome, name, phoneNumber } = await get('created contact');
    if (outcome.kind !== 'ok') throw new Unanswerable(missFrom(outcomeFacts(outcome), 'contact.create'));
    if (outcome.value.id !== null) return { id: outcome.value.id, name, type: null, phoneNumber };
    // Created without an id: its number leads to it.
    const { contact } = await get('lookup by E.164');
    if (contact?.id == null)
      throw miss(
        'blocked',
        'contact.create',
        'no id of the new contact was found in the answer, and the contact is not found by its number',
      );
    return { id: contact.id, name, type: null, phoneNumber };
  },
} satisfies Partial<Makers>;

/**
 * Creates a contact, in the ledger first.
 * @param phoneNumber E.164
 * @param more `written`: the number as it goes into the CRM, E.164 if not said; `name`: recognisable as the run's
 */
export async function createContact(
  { ledger, own, marker, clock }: Kit,
  crm: Crm,
  phoneNumber: string,
  more: { written?: string; name?: string; secondPhoneNumber?: string } = {},
): Promise<CreatedContact> {
  const { written = phoneNumber, name = `${marker} ${ledger.entries.length + 1}`, ...rest } = more;
  for (const number of [phoneNumber, rest.secondPhoneNumber]) if (number) own.written.numbers.add(number);
  for (const text of [name, written]) own.written.texts.add(text);
  const entry = ledger.announce('contact', name, phoneNumber, null);
  const outcome = await crm.createContact({ name, phoneNumber: written, ...rest });
  settle(ledger, crm, entry, outcome);
  if (outcome.kind === 'ok' && outcome.value.id !== null) {
    const { id } = outcome.value;
    // Some CRMs answer with whomever they take for the same person: for one who has no number or no e-mail address either.
    const { status, body } = outcome.answer;
    const isNew = showsBirth(body, clock.now(), crm.isOwnText) || (status === 201 && hasNumber(entry));
    if (!isNew) ledger.update(entry, { doubtful: true });
    own.ids.add(String(id));
  }
  return { outcome, name, phoneNumber, written, at: clock.now(), fixture: false };
}

const creations = {
  contact: 'createContact',
  'call log': 'createCallLog',
  'message log': 'createMessageLog',
} as const satisfies Record<LedgerEntry['kind'], string>;

/** What became of a creation, into the ledger. An answer that did not come leaves the entry open. */
export function settle(
  ledger: Kit['ledger'],
  crm: Crm,
  entry: LedgerEntry,
  outcome: Outcome<{ id: string | number | null }>,
): void {
  const { profile } = crm.context;
  const left = leftBy(profile, creations[entry.kind], outcome, entry.name, crm.isOwnText);
  if (left) ledger.update(entry, { state: 'created', id: left.id });
  else if (outcome.kind === 'ok') ledger.update(entry, { state: 'created', id: outcome.value.id });
  else if (outcome.kind === 'unreadable') ledger.update(entry, { state: 'created' });
  // What is behind a redirect that was not followed nobody knows.
  else if (outcome.kind === 'refused' && outcome.status >= 300 && outcome.status < 400) return;
  else if (outcome.kind !== 'trouble' || isRefusedAsExpired(outcome))
    ledger.update(entry, { state: 'refused' });
  else if (outcome.exchange === null && !outcome.after) ledger.update(entry, { state: 'not sent' });
}

/** Enough to believe that a range is in use, and few enough to ask. */
const mostDraws = 12;
/** Answers in a row that name the same person, whose number is another: then it is the search that finds anybody. */
const mostUnclear = 3;

/**
 * A number that nobody in this CRM has, and what the CRM answers to it. One that somebody has is replaced.
 * @throws {Unanswerable} where somebody has every number that was drawn
 */
export async function freeNumber(
  kit: Kit,
  crm: Crm,
  region?: string,
): Promise<{ phoneNumber: string; outcome: Outcome<FoundContacts> }> {
  const draws = function* () {
    for (let draw = 0; draw < mostDraws; draw++) yield kit.numbers.draw(region);
  };
  const free = await firstFree(kit, draws(), async (phoneNumber) => ({
    outcome: await crm.findContact({ text: phoneNumber, e164: phoneNumber }),
  }));
  if (free) return free;
  const reason = `${mostDraws} fictional phone numbers in a row belong to somebody already`;
  throw miss('inconclusive', null, reason);
}

/**
 * Asks for one number after another until nobody has it. Whoever is found with another number may have this one in a
 * second field: then the next is asked for. Only a contact of this run, or a person who is found for several numbers,
 * shows that the search finds whom it should not.
 * @param candidates numbers that nobody should have
 * @returns the last answer, also where somebody was found for each number, and never with it; null: they are taken
 */
export async function firstFree<T extends { outcome: Outcome<FoundContacts> }>(
  kit: Kit,
  candidates: Iterable<string>,
  ask: (phoneNumber: string) => Promise<T>,
): Promise<(T & { phoneNumber: string }) | null> {
  const { own, settings, searchSeen } = kit;
  /** Who was found with another number, and for how many in a row. */
  let people = new Map<string, number>();
  let isTaken = false;
  let last: (T & { phoneNumber: string }) | null = null;
  for (const phoneNumber of candidates) {
    last = { ...(await ask(phoneNumber)), phoneNumber };
    const found = last.outcome.kind === 'ok' ? last.outcome.value.contacts : [];
    if (found.length === 0) return last;
    if (found.some(({ phone }) => isSameNumber(phone, phoneNumber))) {
      isTaken = true;
      people = new Map();
      continue;
    }
    const names = found.map(({ id, name }) => String(id ?? name));
    people = new Map(names.map((one) => [one, (people.get(one) ?? 0) + 1]));
    // Contacts that a read-only run names are the user's, and may have a second number.
    const isOwn = !settings.readOnly && names.some((one) => own.ids.has(one));
    if (isOwn || [...people.values()].includes(mostUnclear)) searchSeen.findsAnybody = true;
    if (searchSeen.findsAnybody) return last;
  }
  if (isTaken || last === null) return null;
  // So many numbers, somebody for each of them, and never somebody who shows it.
  searchSeen.findsAnybody = true;
  return last;
}

function fixtureContact(kit: Kit): CreatedContact {
  const fixture = controlFixture(kit.profile);
  if (!fixture) throw miss('inconclusive', null, 'read-only: name a contact under fixtures.contacts');
  return asCreated(kit, fixture);
}

/** The first that is stored in E.164, else the first. */
export function controlFixture({
  fixtures: { contacts },
}: Profile): Profile['fixtures']['contacts'][number] | undefined {
  const plain = contacts.find(({ phoneNumber, storedAs = phoneNumber }) => storedAs === phoneNumber);
  return plain ?? contacts[0];
}

/** A contact of the profile's fixtures, as if this run had made it. */
export function asCreated(
  { own, clock }: Kit,
  fixture: Profile['fixtures']['contacts'][number],
): CreatedContact {
  const { id, name = null, phoneNumber, storedAs: written = phoneNumber } = fixture;
  own.ids.add(id);
  own.written.numbers.add(phoneNumber);
  own.written.texts.add(written);
  if (name !== null) own.written.texts.add(name);
  const answer = { status: 200, headers: {}, body: null, captures: {}, exchange: 0, unmasked: false };
  return {
    outcome: { kind: 'ok', value: { id, idFrom: 'body', name, phone: null, type: null, gaps: {} }, answer },
    name: name ?? '',
    phoneNumber,
    written,
    at: clock.now(),
    fixture: true,
  };
}
