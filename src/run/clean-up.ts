import { lastKey, leaves } from '../checks/activity/leaves.ts';
import { contains } from '../checks/activity/text.ts';
import type { Clock } from '../checks/define-check.ts';
import type { Crm } from '../crm/crm.ts';
import { isSameId } from '../crm/ids.ts';
import type { RecordId } from '../crm/types.ts';
import { sideBySide } from '../http/context.ts';
import type { Outcome } from '../operation/types.ts';
import { notFoundAgain } from '../report/leftovers.ts';
import type { Leftover } from '../report/types.ts';
import { idsBehind } from './claimed-id.ts';
import { longestWaitSeconds, poll } from './clock.ts';
import { hasNumber, isOpen, type Ledger, type LedgerEntry, type RecordKind } from './ledger.ts';
import { idsOf } from './lost-ids.ts';
import { takeUpRefused } from './refused.ts';

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
  await takeUpRefused(crm, ledger);
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
      'the record with the id that its creation gave does not say what this run wrote, so that it was left alone: look at the idPath of the creation, and for the name';
    return left(reason, true);
  }
  if (ids === 'doubtful') {
    const reason =
      'nothing shows that the id which its creation gave is that of a new contact, so that it was left alone: look for the name';
    return left(reason, false);
  }
  if (ids === 'unknown') {
    // Nothing lists the messages of a contact, or people without a number: there was nothing that could have been tried.
    return left(notFoundAgain, entry.kind === 'call log' || (entry.kind === 'contact' && hasNumber(entry)));
  }
  for (const id of ids) {
    const gone = await crm.remove(operation, id, entry.contactId);
    if (isUnknown(gone) && !hasBeenThere(crm, ledger, entry, id)) {
      return left(`the CRM knows no record with the id that its creation gave: ${reasonOf(gone)}`, true);
    }
    // A 404 says that it is gone; the look afterwards decides all the same.
    if (gone.kind !== 'ok' && !isUnknown(gone) && !isUnsaid(gone))
      return left(`the deletion failed: ${reasonOf(gone)}`, true);
    const { answer } = await poll(
      clock,
      waitSeconds,
      () => lookAgain(crm, ledger, entry, id),
      ({ isThere, beside }) => isThere !== true && beside.length === 0,
    );
    // Where it redirects somewhere, or gave no answer, only the look afterwards tells.
    if (isUnsaid(gone) && answer.isThere !== false)
      return left(`the deletion failed: ${reasonOf(gone)}`, true);
    if (answer.isThere === true)
      return left('the CRM answered the deletion with success, but the record is still there', true);
    if (answer.beside.length > 0) {
      const reason =
        'it came with a contact that was created, under the same name, and stayed when that was deleted';
      return { ...left(reason, true), id: answer.beside.join(', ') };
    }
  }
  for (const twin of twinsOf(ledger, entry)) ledger.update(twin, { state: 'deleted' });
  return null;
}

function isUnknown(outcome: Outcome<null>): outcome is Extract<Outcome<null>, { kind: 'refused' }> {
  return outcome.kind === 'refused' && (outcome.status === 404 || outcome.status === 410);
}

/** It may have been carried out, and nothing says so. */
function isUnsaid(
  outcome: Outcome<null>,
): outcome is Extract<Outcome<null>, { kind: 'refused' | 'trouble' }> {
  if (outcome.kind === 'trouble') return outcome.code === 'connection-lost';
  return outcome.kind === 'refused' && outcome.status >= 300 && outcome.status < 400;
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
    entries.some((other) => other.n !== n && other.kind === kind && isSameId(other.id, id))
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

/** What a look after the deletion shows. */
interface Afterwards {
  /** null: cannot be told. */
  isThere: boolean | null;
  /** Records of the same name that no creation told of: an account that came with a person, say. */
  beside: RecordId[];
}

async function lookAgain(
  crm: Crm,
  ledger: Ledger,
  { kind, name, phoneNumber, contactId }: LedgerEntry,
  id: RecordId,
): Promise<Afterwards> {
  const unknown: Afterwards = { isThere: null, beside: [] };
  if (kind === 'contact') {
    if (phoneNumber === null || !crm.describes('findContact')) return unknown;
    const found = await crm.findContact({ text: phoneNumber, e164: phoneNumber });
    if (found.kind !== 'ok') return unknown;
    const { contacts } = found.value;
    // Of the same name, and created without an id: another entry removes it, or this one in its next round.
    const isLost = ledger.entries.some(
      (other) => isOpen(other) && other.kind === kind && other.name === name && other.id === null,
    );
    const isKnown = (one: RecordId) =>
      isLost || isSameId(one, id) || ledger.entries.some((other) => isSameId(other.id, one));
    return {
      isThere: contacts.some((contact) => isSameId(contact.id, id)),
      beside: contacts.flatMap((contact) =>
        contact.name === name && contact.id !== null && !isKnown(contact.id) ? [contact.id] : [],
      ),
    };
  }
  const operation = kind === 'call log' ? 'getCallLog' : 'getMessageLog';
  if (!crm.describes(operation)) return unknown;
  const read = await crm[operation](id, contactId ?? '');
  if (read.kind === 'refused') return { isThere: false, beside: [] };
  // Some CRMs answer 200 with an empty list for a record that is gone.
  if (read.kind !== 'ok') return unknown;
  return { isThere: contains(read.value.raw, name) && !isMarkedDeleted(read.value.raw), beside: [] };
}

/** A CRM with a bin shows what is in it, and says so: `"deleted": true`, `"deletedAt": "…"`, `"active_flag": false`. */
function isMarkedDeleted(raw: unknown): boolean {
  return leaves(raw).some(([path, value]) => {
    // What lies deeper is of another record: an owner may be active or not.
    if (path.split('.').length > 2) return false;
    const isSet = !/^(|0|false|no|null|none|0000-.*)$/i.test(String(value ?? ''));
    return (inBin.test(lastKey(path)) && isSet) || (isActive.test(lastKey(path)) && !isSet);
  });
}

const inBin = /^(is_?)?(deleted|trashed|removed)(_?(at|on|date|time|flag))?$/i;
/** A call that is not `active` may only be over. */
const isActive = /^active_?flag$/i;

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
