import type { CreatedContact } from '../../checks/contact-create/specimens.ts';
import { type OutcomeFacts, outcomeFacts } from '../../checks/outcome-facts.ts';
import type { Cell } from '../../checks/phone-lookup/matrix.ts';
import { isSameId } from '../../crm/ids.ts';
import { isSameName, mayBe } from '../../crm/names.ts';
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
  const found = outcome.value.contacts.filter((contact) => {
    if (id !== null && contact.id !== null)
      return isSameId(contact.id, id) && (created.fixture ? isFixture : isCreated)(contact, created);
    if (contact.id === null && !contact.name?.trim()) return isSameNumber(contact.phone, created.phoneNumber);
    return isSameName(contact.name ?? '', created.name);
  });
  // A lead may have the id of the fixture: whoever has its number or its name goes first.
  return (created.fixture && found.find((contact) => isSurelyFixture(contact, created))) || found[0];
}

/** Nobody had its number before: whoever has it under this id is the contact, whatever became of the name. */
function isCreated({ name, numbers }: FoundContact, created: CreatedContact): boolean {
  return mayBe(name, created.name) || numbers.some((number) => isSameNumber(number, created.phoneNumber));
}

/**
 * Whether nothing says that a record with the id of a fixture is somebody else. Another number does not: the record may
 * have the number of the fixture in a field that the search does not show.
 */
function isFixture(contact: FoundContact, created: CreatedContact): boolean {
  return isSurelyFixture(contact, created) || created.name === '' || mayBe(contact.name, created.name);
}

function isSurelyFixture({ name, numbers }: FoundContact, created: CreatedContact): boolean {
  if (numbers.some((number) => isSameNumber(number, created.phoneNumber))) return true;
  return created.name !== '' && Boolean(name?.trim()) && mayBe(name, created.name);
}

export function cellOf(outcome: Outcome<FoundContacts>, created: CreatedContact): Cell {
  return match(outcome, created) ? 'hit' : cellWithout(outcomeFacts(outcome));
}

/** What an answer says in which the contact is not. */
export function cellWithout({ kind, status, exchange }: OutcomeFacts): Cell {
  if (kind === 'ok' || kind === 'unreadable') return 'miss';
  if (kind !== 'refused') return exchange === null ? 'not-asked' : 'trouble';
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
