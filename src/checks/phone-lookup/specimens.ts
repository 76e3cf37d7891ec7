import type { FoundContact } from '../../crm/types.ts';
import type { CreatedContact } from '../contact-create/specimens.ts';
import type { OutcomeFacts } from '../outcome-facts.ts';
import type { Cell } from './matrix.ts';

export interface Lookup {
  phoneNumber: string;
  /** The number as it was written into the CRM. */
  storedAs: string;
  found: boolean;
  /** Which writing of E.164 found it. */
  foundBy: '%2B' | 'raw +' | null;
  /** Seconds from the creation until it was found. */
  afterSeconds: number | null;
  /** Seconds from the creation until it was asked for the last time that was answered without it; null: never. */
  missedSeconds: number | null;
  /** Seconds that were waited before "not found" was believed. */
  waitedSeconds: number;
  asked: number;
  /** The contact as found; null when not found. */
  contact: FoundContact | null;
  /** How many other contacts came with it. */
  others: number;
  last: OutcomeFacts;
  /** Whether the request's URL carries the number with its plus. */
  plusInUrl: boolean;
}

export interface UnknownNumber {
  phoneNumber: string;
  answer: OutcomeFacts;
  statuses: number[];
  count: number;
  ids: string[];
  /** Whether the contact that the run created is among them. */
  own: boolean;
  /** What the search for that contact ended with; null: there was none. */
  control: OutcomeFacts | null;
}

/** A number, or none, that nobody has. */
export interface NegativeControl {
  what: string;
  asked: string;
  answer: OutcomeFacts;
  /** How many were found that have another number. */
  count: number;
  /** At most ten. */
  ids: string[];
  /** Whether it only ends like the number of a contact that is there. */
  tail: boolean;
}

export interface SharedNumber {
  /** E.164. */
  phoneNumber: string;
  first: CreatedContact;
  second: CreatedContact;
  /** How many of the two were found; null when they are not two. */
  found: number | null;
  last: OutcomeFacts;
  waitedSeconds: number;
}

export interface SecondPhone {
  created: OutcomeFacts;
  /** By the second number, and by the first. */
  bySecond: Cell;
  byFirst: Cell;
  waitedSeconds: number;
}
