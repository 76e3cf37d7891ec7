import type { Clock } from '../checks/define-check.ts';
import { formats, queriedFormats } from '../checks/phone-lookup/formats.ts';
import { isAnothersLog } from '../crm/another.ts';
import type { Crm } from '../crm/crm.ts';
import { isSameName } from '../crm/names.ts';
import type { FoundContact, FoundContacts, RecordId } from '../crm/types.ts';
import { sideBySide } from '../http/context.ts';
import type { Outcome } from '../operation/types.ts';
import { longestWaitSeconds, poll } from './clock.ts';
import { hasNumber, type Ledger, type LedgerEntry } from './ledger.ts';

/**
 * Ids of a record whose creation gave none: by its number, or among the activities of its contact. Looked for until
 * the CRM must have settled: the request may still have been under way when the run was stopped.
 */
export async function idsOf(
  crm: Crm,
  ledger: Ledger,
  clock: Clock,
  entry: LedgerEntry,
): Promise<RecordId[] | 'unknown'> {
  const isContact = entry.kind === 'contact';
  if (entry.kind === 'message log' || !crm.describes(isContact ? 'findContact' : 'listCallLogs'))
    return 'unknown';
  const { answer } = await poll(
    clock,
    Math.min(crm.context.profile.settleSeconds, longestWaitSeconds),
    () => (isContact ? contactIds(crm, entry, ['e164']) : logIds(crm, ledger, entry)),
    (ids) => ids !== 'unknown' && ids.length > 0,
  );
  if (!isContact || answer === 'unknown') return answer;
  // It may have been written in a format that E.164 does not find.
  const found = answer.length > 0 ? answer : await contactIds(crm, entry, queriedFormats);
  if (found === 'unknown') return found;
  // Taken, without an id and with a number that is none: it may be there, and nothing leads to it.
  if (found.length === 0 && entry.state === 'created' && !hasNumber(entry)) return 'unknown';
  const known = idsKnown(ledger);
  return found.filter((id) => !known.has(String(id)));
}

/** Ids of other entries: each contact is removed once, by the entry that knows it. */
function idsKnown({ entries }: Ledger): Set<string> {
  return new Set(entries.flatMap(({ id }) => (id === null ? [] : [String(id)])));
}

async function contactIds(
  crm: Crm,
  { phoneNumber, name }: LedgerEntry,
  asked: readonly (keyof typeof formats)[],
): Promise<RecordId[] | 'unknown'> {
  if (phoneNumber === null) return 'unknown';
  const outcomes = await search(crm, { phoneNumber, name }, asked);
  const found = contactsIn(outcomes);
  const ids = found.flatMap((contact) =>
    contact.id !== null && isSameName(contact.name ?? '', name) ? [contact.id] : [],
  );
  // Under a name that the CRM may have cut it is not certain enough to be deleted; under another it is a stranger.
  const unclear =
    found.some((contact) => !contact.name?.trim() || sharesWord(contact.name, name)) ||
    outcomes.some((outcome) => outcome.kind !== 'ok' && !saysNobody(outcome));
  return ids.length === 0 && unclear ? 'unknown' : [...new Set(ids)];
}

/** By its number in every format that is asked, and by its name where the profile describes that. */
export function searchInEveryWay(crm: Crm, entry: LedgerEntry): Promise<Outcome<FoundContacts>[]> {
  return search(crm, entry, hasNumber(entry) ? queriedFormats : []);
}

export function contactsIn(outcomes: readonly Outcome<FoundContacts>[]): FoundContact[] {
  return outcomes.flatMap((outcome) => (outcome.kind === 'ok' ? outcome.value.contacts : []));
}

async function search(
  crm: Crm,
  { phoneNumber, name }: Pick<LedgerEntry, 'phoneNumber' | 'name'>,
  asked: readonly (keyof typeof formats)[],
): Promise<Outcome<FoundContacts>[]> {
  const outcomes = await sideBySide(asked, (format) => {
    const e164 = phoneNumber ?? '';
    return crm.findContact({ text: formats[format].write(e164), e164 });
  });
  if (crm.describes('findContactWithName')) outcomes.push(await crm.findContactWithName(name));
  return outcomes;
}

function sharesWord(found: string, written: string): boolean {
  const words = written.toLowerCase().split(' ');
  return words.some((word) => word.length > 3 && found.toLowerCase().includes(word));
}

/** Some CRMs answer 404 where nobody is found, and refuse formats that they do not know. */
function saysNobody(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && [400, 404, 422].includes(outcome.status);
}

/** What the list has and no other entry knows, if it can only be the run's: a list may leave out whose calls were asked for. */
async function logIds(crm: Crm, ledger: Ledger, { contactId }: LedgerEntry): Promise<RecordId[] | 'unknown'> {
  if (contactId === null) return 'unknown';
  const listed = await crm.listCallLogs(contactId);
  // The contact is gone, and what hung on it.
  if (listed.kind === 'refused' && (listed.status === 404 || listed.status === 410)) return [];
  if (listed.kind !== 'ok') return 'unknown';
  const known = idsKnown(ledger);
  const unknown = listed.value.filter((id) => !known.has(String(id)));
  if (unknown.length > 0 && !crm.describes('getCallLog')) return 'unknown';
  let unclear = unknown.length > mostRead;
  const read = await sideBySide(unknown.slice(0, mostRead), async (id) => {
    const outcome = await crm.getCallLog(id, contactId);
    if (outcome.kind === 'ok' && crm.isOwnText(JSON.stringify(outcome.value.raw) ?? '')) return [id];
    if (outcome.kind !== 'ok' || !isAnothersLog(outcome.value, contactId, crm.isOwnText)) unclear = true;
    return [];
  });
  const ours = read.flat();
  return ours.length === 0 && unclear ? 'unknown' : ours;
}

/** A new contact has no more calls than the run has written. */
const mostRead = 30;
