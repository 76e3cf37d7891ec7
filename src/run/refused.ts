import { contains } from '../checks/activity/text.ts';
import type { Crm } from '../crm/crm.ts';
import { isSameId } from '../crm/ids.ts';
import type { RecordId } from '../crm/types.ts';
import { sideBySide } from '../http/context.ts';
import { hasNumber, isOpen, type Ledger, type LedgerEntry } from './ledger.ts';

/**
 * A creation may be refused after its record was saved: by what follows it, a notification or a workflow. What the CRM
 * shows of those is taken into the ledger again, as created.
 */
export async function takeUpRefused(crm: Crm, ledger: Ledger): Promise<void> {
  const refused = ledger.entries.filter(({ state }) => state === 'refused');
  const isNew = (id: RecordId | null) =>
    id !== null && !ledger.entries.some((entry) => isSameId(entry.id, id));
  // Of a person created twice, the one that was found again is the first.
  const hasTwin = ({ n, name, phoneNumber }: LedgerEntry) =>
    ledger.entries.some(
      (other) => other.n !== n && isOpen(other) && other.name === name && other.phoneNumber === phoneNumber,
    );
  const contacts = refused.filter((entry) => entry.kind === 'contact' && hasNumber(entry) && !hasTwin(entry));
  await sideBySide(crm.describes('findContact') ? contacts : [], async (entry) => {
    const number = entry.phoneNumber ?? '';
    const outcome = await crm.findContact({ text: number, e164: number });
    const found = outcome.kind === 'ok' ? outcome.value.contacts : [];
    const saved = found.find(({ id, name }) => name === entry.name && isNew(id));
    if (saved) ledger.update(entry, { state: 'created', id: saved.id });
  });
  const logs = refused.filter(({ kind }) => kind === 'call log');
  const holders = new Set(logs.flatMap(({ contactId }) => contactId ?? []));
  await sideBySide(crm.describes('listCallLogs') ? [...holders] : [], async (contactId) => {
    const listed = await crm.listCallLogs(contactId);
    for (const id of listed.kind === 'ok' ? listed.value.filter(isNew) : []) {
      const read = await crm.getCallLog(id, contactId);
      const raw = read.kind === 'ok' ? read.value.raw : null;
      const entry = logs.find(
        (log) => log.state === 'refused' && log.contactId === contactId && contains(raw, log.name),
      );
      if (entry) ledger.update(entry, { state: 'created', id });
    }
  });
}
