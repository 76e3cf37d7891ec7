import type { CallLogDraft, ContactInfo, Created, LogRecord, RecordId } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';
import type { OutcomeFacts } from '../outcome-facts.ts';
import type { LeafChange } from './leaves.ts';

export interface CreatedCallLog {
  outcome: Outcome<Created>;
  draft: CallLogDraft;
  /** When the answer came, in milliseconds since 1970. */
  at: number;
}

export interface LongCallLog extends CreatedCallLog {
  /** null: not created, or without an id. */
  read: Outcome<LogRecord> | null;
  /** null: the long text was neither refused nor kept as nothing. */
  limit: TextLimit | null;
}

/** Lengths in characters: the longest text that is known to go through, and the shortest that does not. */
export interface TextLimit {
  accepted: number;
  refused: number;
}

export interface CallLogSpecimen {
  id: RecordId;
  contact: ContactInfo;
  draft: CallLogDraft;
  fixture: boolean;
}

export interface CallLogPair {
  ids: readonly [string, string];
  /** The first, read again once the second was there. */
  firstAgain: Outcome<LogRecord>;
  firstKept: boolean;
  secondKept: boolean;
  /** Why one of them could not be read; null when both could. */
  trouble: string | null;
  second: CallLogSpecimen;
}

export interface ReadCallLog {
  specimen: CallLogSpecimen;
  outcome: Outcome<LogRecord>;
  /** Subject and body found in what was read. */
  subjectFound: boolean;
  bodyFound: boolean;
  /** Seconds from the answer to the creation until both were found; null: never, or a fixture. */
  afterSeconds: number | null;
}

export interface UpdatedCallLog {
  /** Two readings before the update: what differs between them changes with every reading. */
  earlier: LogRecord;
  before: LogRecord;
  update: OutcomeFacts;
  /** The update made another record, and left the one that was named. */
  copy: boolean;
  /** null: the record could not be read afterwards. */
  after: LogRecord | null;
  /** Whether the text that the update wrote stands there, where App Connect looks for it. */
  found: boolean;
  /** How the reading afterwards ended. */
  reading: OutcomeFacts;
  /** The text that the update wrote. */
  written: string;
  subject: string;
}

export interface CallDisposition {
  answer: OutcomeFacts;
  /** Of the record, but for times of change and the like; null: refused, or not to be read. */
  changes: LeafChange[] | null;
}

export interface CreatedMessageLog {
  outcome: Outcome<Created>;
  contact: ContactInfo;
  text: string;
}
