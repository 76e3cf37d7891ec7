import { contains } from '../checks/activity/text.ts';
import type { Clock } from '../checks/define-check.ts';
import { formats, queriedFormats } from '../checks/phone-lookup/formats.ts';
import type { Crm } from '../crm/crm.ts';
import type { RecordId } from '../crm/types.ts';
import { sideBySide } from '../http/context.ts';
import type { Outcome } from '../operation/types.ts';
import type { Leftover } from '../report/types.ts';
import { idsBehind } from './claimed-id.ts';
import { poll } from './clock.ts';
import { isOpen, type Ledger, type LedgerEntry, type RecordKind } from './ledger.ts';

export interface CleanUp {
  deleted: number;
  leftovers: Leftover[];
  /** A deletion was tried and failed, as opposed to a profile that describes none. */
  failed: boolean;
}

const operations = {
  contact: 'deleteContact',
  'call log': 'deleteCallLog',
  'message log': 'deleteMessageLog',
} as const satisfies Record<RecordKind, string>;

/** A search index may lag behind a deletion as well; longer than this is not waited, unless it was seen to lag more. */
const longestWaitSeconds = 10;

/** Seconds that a deletion is waited for. @param lagSeconds how long the search took to find a new contact */
export function longestWait(lagSeconds: number): number {
  return Math.max(longestWaitSeconds, 1.5 * lagSeconds);
}

/**
 * Removes what the ledger names, in reverse order of creation: what hangs on a contact before the contact. Every
 * deletion is verified by asking for the record again; what could not be removed is reported.
 * @param lagSeconds how long the search took to find a new contact
 */
export async function cleanUp(crm: Crm, ledger: Ledger, clock: Clock, lagSeconds = 0): Promise<CleanUp> {
  const waitSeconds = longestWait(lagSeconds);
  const open = ledger.entries
    .filter(isOpen)
    // Of the same person, created twice without an id, the first that is looked for leads to both.
    .filter((entry) => twinsOf(ledger, entry)[0] === entry)
    .reverse();
  const holders = new Set(open.flatMap(({ contactId }) => (contactId === null ? [] : [String(contactId)])));
  // A contact without an id may be one that has logs.
  const isHolder = ({ kind, id }: LedgerEntry) =>
    kind === 'contact' && (id === null || holders.has(String(id)));
  const results: ((Leftover & { tried: boolean }) | null)[] = [];
  for (const group of [open.filter((entry) => !isHolder(entry)), open.filter(isHolder)]) {
    results.push(...(await sideBySide(group, (entry) => remove(crm, ledger, clock, waitSeconds, entry))));
  }
  const left = results.flatMap((result) => result ?? []);
  return {
    deleted: ledger.entries.filter(({ state }) => state === 'deleted').length,
    leftovers: left.map(({ tried: _tried, ...leftover }) => leftover),
    failed: left.some(({ tried }) => tried),
  };
}

async function remove(
  crm: Crm,
  ledger: Ledger,
  clock: Clock,
  waitSeconds: number,
  entry: LedgerEntry,
): Promise<(Leftover & { tried: boolean }) | null> {
  const left = (reason: string, tried: boolean) => ({
    kind: entry.kind,
    id: entry.id === null ? null : String(entry.id),
    name: entry.name,
    reason,
    tried,
  });
  const operation = operations[entry.kind];
  if (!crm.describes(operation)) return left(`the profile describes no ${operation}`, false);
  const ids =
    entry.id === null
      ? await idsOf(crm, ledger, clock, entry)
      : await idsBehind(
          crm,
          entry,
          entry.id,
          ledger.entries.filter((other) => other !== entry),
        );
  if (ids === "somebody else's") {
    const reason =
      'the id that its creation gave belongs to a record that this run did not write, which was left alone: look at the idPath of the creation';
    return left(reason, true);
  }
  if (ids === 'doubtful') {
    const reason =
      'nothing shows that the id which its creation gave is that of a new contact, so that it was left alone: look for the name';
    return left(reason, false);
  }
  if (ids === 'unknown') {
    const reason = 'it may have been created, but the CRM gave no id and it cannot be found';
    // Nothing lists the messages of a contact, or people without a number: there was nothing that could have been tried.
    return left(reason, entry.kind === 'call log' || (entry.kind === 'contact' && hasNumber(entry)));
  }
  for (const id of ids) {
    const gone = await crm.remove(operation, id, entry.contactId);
    if (isUnknown(gone) && !hasBeenThere(crm, ledger, entry, id)) {
      return left(`the CRM knows no record with the id that its creation gave: ${reasonOf(gone)}`, true);
    }
    // A 404 says that it is gone; the look afterwards decides all the same.
    if (gone.kind !== 'ok' && !isUnknown(gone)) return left(`the deletion failed: ${reasonOf(gone)}`, true);
    const { answer } = await poll(
      clock,
      waitSeconds,
      () => exists(crm, entry, id),
      (there) => there !== true,
    );
    if (answer === true)
      return left('the CRM answered the deletion with success, but the record is still there', true);
  }
  for (const twin of twinsOf(ledger, entry)) ledger.update(twin, { state: 'deleted' });
  return null;
}

function isUnknown(outcome: Outcome<null>): outcome is Extract<Outcome<null>, { kind: 'refused' }> {
  return outcome.kind === 'refused' && (outcome.status === 404 || outcome.status === 410);
}

/**
 * Whether a record was ever seen under this id, or went with another one that had the same. What an earlier process saw
 * nobody knows: by now somebody may have removed it.
 */
function hasBeenThere(
  crm: Crm,
  { entries, resumed }: Ledger,
  { n, kind }: LedgerEntry,
  id: RecordId,
): boolean {
  return (
    resumed ||
    crm.hasShown(kind === 'contact' ? 'contacts' : 'logs', id) ||
    entries.some((other) => other.n !== n && other.kind === kind && String(other.id) === String(id))
  );
}

/** An entry, and others that nothing tells from it: the same contact, created again, with no id for either. */
function twinsOf({ entries }: Ledger, entry: LedgerEntry): LedgerEntry[] {
  if (entry.kind !== 'contact' || entry.id !== null) return [entry];
  return entries.filter(
    (other) =>
      isOpen(other) &&
      other.kind === 'contact' &&
      other.id === null &&
      other.name === entry.name &&
      other.phoneNumber === entry.phoneNumber,
  );
}

/**
 * Ids of a record whose creation gave none: by its number, or among the activities of its contact. Looked for until
 * the CRM must have settled: the request may still have been under way when the run was stopped.
 */
async function idsOf(
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

function hasNumber({ phoneNumber }: LedgerEntry): boolean {
  return phoneNumber?.startsWith('+') === true;
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
  const outcomes = await sideBySide(asked, (format) =>
    crm.findContact({ text: formats[format].write(phoneNumber), e164: phoneNumber }),
  );
  if (crm.describes('findContactWithName')) outcomes.push(await crm.findContactWithName(name));
  const found = outcomes.flatMap((outcome) => (outcome.kind === 'ok' ? outcome.value.contacts : []));
  const ids = found.flatMap((contact) => (contact.id !== null && contact.name === name ? [contact.id] : []));
  // Under a name that the CRM may have cut it is not certain enough to be deleted; under another it is a stranger.
  const unclear =
    found.some((contact) => !contact.name?.trim() || sharesWord(contact.name, name)) ||
    outcomes.some((outcome) => outcome.kind !== 'ok' && !saysNobody(outcome));
  return ids.length === 0 && unclear ? 'unknown' : [...new Set(ids)];
}

function sharesWord(found: string, written: string): boolean {
  const words = written.toLowerCase().split(' ');
  return words.some((word) => word.length > 3 && found.toLowerCase().includes(word));
}

/** Some CRMs answer 404 where nobody is found, and refuse formats that they do not know. */
function saysNobody(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && [400, 404, 422].includes(outcome.status);
}

async function logIds(crm: Crm, ledger: Ledger, { contactId }: LedgerEntry): Promise<RecordId[] | 'unknown'> {
  if (contactId === null) return 'unknown';
  const listed = await crm.listCallLogs(contactId);
  // The contact is gone, and what hung on it.
  if (listed.kind === 'refused' && (listed.status === 404 || listed.status === 410)) return [];
  if (listed.kind !== 'ok') return 'unknown';
  const known = idsKnown(ledger);
  return listed.value.filter((id) => !known.has(String(id)));
}

/** null: cannot be told. */
async function exists(crm: Crm, entry: LedgerEntry, id: RecordId): Promise<boolean | null> {
  if (entry.kind === 'contact') {
    if (entry.phoneNumber === null || !crm.describes('findContact')) return null;
    const found = await crm.findContact({ text: entry.phoneNumber, e164: entry.phoneNumber });
    return found.kind === 'ok'
      ? found.value.contacts.some((contact) => String(contact.id) === String(id))
      : null;
  }
  const operation = entry.kind === 'call log' ? 'getCallLog' : 'getMessageLog';
  if (!crm.describes(operation)) return null;
  const read = await crm[operation](id, entry.contactId ?? '');
  // Some CRMs answer 200 with an empty list for a record that is gone.
  return read.kind === 'ok' ? contains(read.value.raw, entry.name) : read.kind === 'refused' ? false : null;
}

function reasonOf(outcome: Exclude<Outcome<unknown>, { kind: 'ok' }>): string {
  switch (outcome.kind) {
    case 'refused':
      return `HTTP ${outcome.status} ${outcome.message}`.trim();
    case 'trouble':
      return outcome.message;
    case 'not-described':
      return `the profile describes no ${outcome.operation}`;
    default:
      return outcome.reason;
  }
}
