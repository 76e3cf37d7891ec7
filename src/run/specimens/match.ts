import type { CreatedContact } from '../../checks/contact-create/specimens.ts';
import { type OutcomeFacts, outcomeFacts } from '../../checks/outcome-facts.ts';
import type { Cell } from '../../checks/phone-lookup/matrix.ts';
import { isSameId } from '../../crm/ids.ts';
import { mayBe } from '../../crm/names.ts';
import { isSameNumber } from '../../crm/phone.ts';
import type { FoundContact, FoundContacts } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';

/**
 * The created contact among those found: by its id, or by its name where it has none, or by its number where it has
 * neither. A record with the right id and the name of somebody else is somebody else: some CRMs give the same answer to
 * everybody.
 */
export function match(outcome: Outcome<FoundContacts>, created: CreatedContact): FoundContact | undefined {
  if (outcome.kind !== 'ok' || created.outcome.kind !== 'ok') return undefined;
  const { id } = created.outcome.value;
  return outcome.value.contacts.find((contact) => {
    if (id !== null && contact.id !== null)
      return (
        isSameId(contact.id, id) &&
        (created.fixture ? isFixture(contact, created) : mayBe(contact.name, created.name))
      );
    if (contact.id === null && !contact.name?.trim()) return isSameNumber(contact.phone, created.phoneNumber);
    return contact.name === created.name;
  });
}

/** Whether a record with the id of a fixture is the fixture: by its number, else by its name, where either is known. */
function isFixture({ name, numbers }: FoundContact, created: CreatedContact): boolean {
  if (numbers.some((number) => isSameNumber(number, created.phoneNumber))) return true;
  return created.name !== '' && name?.trim() ? mayBe(name, created.name) : numbers.length === 0;
}

export function cellOf(outcome: Outcome<FoundContacts>, created: CreatedContact): Cell {
  return match(outcome, created) ? 'hit' : cellWithout(outcomeFacts(outcome));
}

/** What an answer says in which the contact is not. */
export function cellWithout({ kind, status }: OutcomeFacts): Cell {
  if (kind === 'ok' || kind === 'unreadable') return 'miss';
  if (kind !== 'refused') return 'trouble';
  // How many a CRM says that nobody has this number.
  return status === 404 ? 'miss' : 'refused';
}

/** Nothing else is worth not asking again: as long as an index lags, a CRM may say so with any status. */
export function isHit(cell: Cell): boolean {
  return cell === 'hit';
}

/** What is left of the settle limit, in seconds. */
export function remaining({ at, fixture }: CreatedContact, settleSeconds: number, now: number): number {
  return fixture ? 0 : Math.max(0, settleSeconds - (now - at) / 1000);
}
