import { isAnothersLog } from '../crm/another.ts';
import type { Crm } from '../crm/crm.ts';
import { follows, isSameId } from '../crm/ids.ts';
import { mayBe } from '../crm/names.ts';
import type { FoundContact, RecordId } from '../crm/types.ts';
import type { LedgerEntry } from './ledger.ts';
import { contactsIn, searchInEveryWay } from './lost-ids.ts';

/**
 * What may be deleted for an entry whose creation gave this id. A mapping that reads the wrong id (an owner's, an
 * account's) gives the id of a record that was there before: where the CRM shows that, the id is not touched.
 * @param others all other entries of the ledger
 * @returns the id itself unless something speaks against it; the ids under which the record is really found;
 *   `somebody else's`; or `doubtful`, where something would have to speak for it and nothing does
 */
export async function idsBehind(
  crm: Crm,
  entry: LedgerEntry,
  id: RecordId,
  others: readonly LedgerEntry[],
): Promise<RecordId[] | "somebody else's" | 'doubtful'> {
  if (crm.hasShown(entry.kind === 'contact' ? 'contacts' : 'logs', id)) return [id];
  return entry.kind === 'contact' ? contactsBehind(crm, entry, id, others) : logBehind(crm, entry, id);
}

async function contactsBehind(
  crm: Crm,
  entry: LedgerEntry,
  id: RecordId,
  others: readonly LedgerEntry[],
): Promise<RecordId[] | "somebody else's" | 'doubtful'> {
  const { phoneNumber, name, doubtful = false } = entry;
  const isNew = () => !doubtful || isCountedUp(entry.n, id, others);
  if (phoneNumber === null || !crm.describes('findContact')) return isNew() ? [id] : 'doubtful';
  const outcomes = [await crm.findContact({ text: phoneNumber, e164: phoneNumber })];
  const isIt = (contact: FoundContact) => isSameId(contact.id, id);
  if (doubtful && !contactsIn(outcomes).some(isIt)) outcomes.push(...(await searchInEveryWay(crm, entry)));
  const found = contactsIn(outcomes);
  if (found.some((contact) => isIt(contact) && contact.name === name)) return [id];
  const isKnown = (contact: FoundContact) => others.some((other) => isSameId(other.id, contact.id));
  const elsewhere = found.flatMap((contact) =>
    contact.name === name && contact.id !== null && !isKnown(contact) ? [contact.id] : [],
  );
  if (elsewhere.length > 0) return elsewhere;
  // Two people with two numbers are not one record.
  const shared = others.some(
    (other) => other.kind === 'contact' && isSameId(other.id, id) && other.phoneNumber !== phoneNumber,
  );
  // A CRM that keeps the first word of a name only leaves no mark of the run in it.
  const stranger = found.some(
    (contact) => isIt(contact) && !mayBe(contact.name, name) && !crm.isOwnText(contact.name ?? ''),
  );
  if (shared || stranger) return "somebody else's";
  return found.some(isIt) || isNew() ? [id] : 'doubtful';
}

/** Whether a CRM that counts gave this id after another one of the run's, or before all of them. */
function isCountedUp(n: number, id: RecordId, others: readonly LedgerEntry[]): boolean {
  const contacts = others.flatMap(({ kind, id: other, n: place }) =>
    kind === 'contact' && other !== null ? [{ other, place }] : [],
  );
  return contacts.some(
    ({ other }) => follows(id, other) || (follows(other, id) && contacts.every(({ place }) => place > n)),
  );
}

async function logBehind(
  crm: Crm,
  { kind, contactId }: LedgerEntry,
  id: RecordId,
): Promise<RecordId[] | "somebody else's"> {
  const read = kind === 'call log' ? 'getCallLog' : 'getMessageLog';
  if (!crm.describes(read)) return [id];
  const outcome = await crm[read](id, contactId ?? '');
  if (outcome.kind !== 'ok') return [id];
  return isAnothersLog(outcome.value, contactId, crm.isOwnText) ? "somebody else's" : [id];
}
