import { contains } from '../checks/activity/text.ts';
import type { Clock } from '../checks/define-check.ts';
import type { Crm } from '../crm/crm.ts';
import type { RecordId } from '../crm/types.ts';
import { sideBySide } from '../http/context.ts';
import type { Outcome } from '../operation/types.ts';
import type { Leftover } from '../report/types.ts';
import { poll } from './clock.ts';
import type { Ledger, LedgerEntry, RecordKind } from './ledger.ts';

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

/** A search index may lag behind a deletion as well; longer than this is not waited. */
const longestWaitSeconds = 10;

/**
 * Removes what the ledger names, in reverse order of creation: what hangs on a contact before the contact. Every
 * deletion is verified by asking for the record again; what could not be removed is reported.
 */
export async function cleanUp(crm: Crm, ledger: Ledger, clock: Clock): Promise<CleanUp> {
  const open = ledger.entries.filter(({ state }) => state === 'announced' || state === 'created').reverse();
  const logs = open.filter(({ kind }) => kind !== 'contact');
  const contacts = open.filter(({ kind }) => kind === 'contact');
  const results: ((Leftover & { tried: boolean }) | null)[] = [];
  for (const group of [logs, contacts]) {
    results.push(...(await sideBySide(group, (entry) => remove(crm, ledger, clock, entry))));
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
  const ids = entry.id === null ? await idsOf(crm, entry) : [entry.id];
  if (ids === 'unknown')
    return left('it may have been created, but the CRM gave no id and it cannot be found', true);
  for (const id of ids) {
    const gone = await crm.remove(operation, id, entry.contactId);
    // A 404 says that it is gone; the look afterwards decides all the same.
    if (gone.kind !== 'ok' && !(gone.kind === 'refused' && (gone.status === 404 || gone.status === 410))) {
      return left(`the deletion failed: ${reasonOf(gone)}`, true);
    }
    const { answer } = await poll(
      clock,
      longestWaitSeconds,
      () => exists(crm, entry, id),
      (there) => there !== true,
    );
    if (answer === true)
      return left('the CRM answered the deletion with success, but the record is still there', true);
  }
  ledger.update(entry, { state: 'deleted' });
  return null;
}

/** Ids of a record whose creation gave none: by its number, or among the activities of its contact. */
async function idsOf(crm: Crm, entry: LedgerEntry): Promise<RecordId[] | 'unknown'> {
  if (entry.kind === 'contact') {
    if (entry.phoneNumber === null) return 'unknown';
    const found = await crm.findContact({ text: entry.phoneNumber, e164: entry.phoneNumber });
    if (found.kind !== 'ok') return 'unknown';
    return found.value.contacts.flatMap(({ id, name }) => (id !== null && name === entry.name ? [id] : []));
  }
  if (entry.contactId === null || !crm.describes('listCallLogs')) return 'unknown';
  const listed = await crm.listCallLogs(entry.contactId);
  return listed.kind === 'ok' ? listed.value : 'unknown';
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
