import type { Created } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';
import type { OutcomeFacts } from '../outcome-facts.ts';

export interface CreatedContact {
  outcome: Outcome<Created>;
  name: string;
  /** E.164. */
  phoneNumber: string;
  /** The number as it stands in the CRM, or was to. */
  written: string;
  /** When the answer came, in milliseconds since 1970. */
  at: number;
  /** From the profile's fixtures, not made by this run. */
  fixture: boolean;
}

export interface KeptName {
  /** What is special about it: `one word`, `not Latin`. */
  kind: string;
  written: string;
  /** What the creation was answered with. */
  answer: OutcomeFacts;
  /** The search found the contact. */
  found: boolean;
  /** The name as the search showed it, else as the creation answered it; null when neither did. */
  read: string | null;
}

export interface BadPhone {
  written: string;
  answer: OutcomeFacts;
  /** Whether a refusal says that it is the number that is wrong. */
  saysWhat: boolean;
  /**
   * What stands in the CRM in place of the number; `unseen` where the profile shows no way to see it, `another contact`
   * where the answer is the record of one that was there before.
   */
  kept: 'unseen' | 'another contact' | { text: string | null };
}

export interface DuplicateContact {
  answer: OutcomeFacts;
  /** What became of it; `unclear`: no id came back. null: refused. */
  became: 'copy' | 'same record' | 'unclear' | null;
}

export interface KeptNumber {
  /** As it was sent, and the number that is meant. */
  written: string;
  e164: string;
  /** null: nothing came back. */
  kept: string | null;
}
