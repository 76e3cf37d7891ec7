/** The records of the CRM, kept in memory for as long as it runs. Times are ISO 8601 in UTC. */

export interface Contact {
  id: string;
  name: string;
  /** As it was typed; null only where a fault lost it. */
  phone: string | null;
  mobile: string | null;
  type: string;
  createdAt: string;
}

export type Direction = 'inbound' | 'outbound';

export interface Activity {
  id: string;
  contactId: string | null;
  kind: 'call';
  subject: string | null;
  body: string | null;
  direction: Direction | null;
  startedAt: string | null;
  endedAt: string | null;
  result: string | null;
  /** How the user says that the call went. */
  disposition: string | null;
  createdAt: string;
  updatedAt: string;
  /** 1, and one more with each change. */
  version: number;
}

export interface MessageEntry {
  text: string;
  direction: Direction | null;
  from: string | null;
  to: string | null;
  sentAt: string;
}

/** One conversation: the messages that a contact and a user exchanged. */
export interface Message {
  id: string;
  contactId: string;
  subject: string | null;
  entries: MessageEntry[];
  createdAt: string;
  updatedAt: string;
}

export interface Store {
  contacts: Map<string, Contact>;
  activities: Map<string, Activity>;
  messages: Map<string, Message>;
  /** Ids that were handed out for contacts, kept or not. */
  contactIds: Set<string>;
  /** Ids of those who were here before anybody asked. */
  strangers: ReadonlySet<string>;
  /** Letter and number, so that an id is not found by chance in a phone number or a time. */
  nextId(letter: 'C' | 'A' | 'M'): string;
}

/** People who were in the CRM already. Whoever tests it must not show them to anybody. */
const strangers = [
  { name: 'Quillon Ashgrove', phone: '+12125550101', mobile: null },
  { name: 'Perpetua Lindqvist', phone: '(312) 555-0187', mobile: '+12025550119' },
  { name: 'Odalys Featherstone', phone: '617-555-0142', mobile: null },
  { name: 'Thaddeus Okonjo', phone: '+1 503 555 0166 ext. 204', mobile: null },
  { name: 'Marisol Vantongeren', phone: '3055550134', mobile: null },
];

/** A CRM with nobody in it but the strangers. */
export function createStore(): Store {
  let last = 10_000;
  const nextId: Store['nextId'] = (letter) => {
    last += 1;
    return `${letter}${last}`;
  };
  const people = strangers.map(
    (person, index): Contact => ({
      id: nextId('C'),
      ...person,
      type: 'Contact',
      createdAt: new Date(Date.UTC(2024, index, 9, 14, 30)).toISOString(),
    }),
  );
  const ids = people.map(({ id }) => id);
  return {
    contacts: new Map(people.map((person) => [person.id, person])),
    activities: new Map(),
    messages: new Map(),
    contactIds: new Set(ids),
    strangers: new Set(ids),
    nextId,
  };
}
