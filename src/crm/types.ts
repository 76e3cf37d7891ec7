import type { MappingGap } from '../operation/types.ts';
import type { LogFormat } from '../profile/types.ts';

/** Records as App Connect sees them: what a profile's mappings give, typed. */

export type RecordId = string | number;

/** Why a mapping gave nothing of use, by what it was to give. Absent: it gave it. */
interface Gaps {
  id?: MappingGap;
  name?: MappingGap;
  subject?: MappingGap;
  body?: MappingGap;
}

/** Nobody's name: only how many. */
export interface UserCounts {
  users: number;
  withEmail: number;
}

export interface UserInfo {
  id: RecordId | null;
  name: string | null;
  gaps: Gaps;
  timezone: string | null;
}

/** A number as it is asked for, and the number that is meant. */
export interface PhoneQuery {
  /** The text that goes where App Connect puts `phoneNumber`. */
  text: string;
  /** E.164 of the number that is meant; the same as `text` when it is not a number at all. */
  e164: string;
  /** Put `+` into the URL as it stands instead of `%2B`. */
  rawPlus?: boolean;
  isExtension?: boolean;
}

export interface FoundContact {
  id: RecordId | null;
  name: string | null;
  phone: string | null;
  /** Every phone number that the record shows, mapped or not. */
  numbers: readonly string[];
  type: string | null;
  createdDate: unknown;
  gaps: Gaps;
}

export interface FoundContacts {
  contacts: FoundContact[];
  /** Statuses of the answers: a 404 or 204 that means "nobody" is told apart from an empty list. */
  statuses: number[];
}

export interface Created {
  id: RecordId | null;
  /** Where the id stood: a header is out of reach for App Connect's proxy mode. */
  idFrom: 'body' | 'header' | null;
  name: string | null;
  /** The number as it was stored, where the answer shows it. */
  phone: string | null;
  type: string | null;
  gaps: Gaps;
  /** The answer is the record of a contact that was there before, under another name: its id is withheld. */
  another?: true;
}

export interface ContactInfo {
  id: RecordId;
  name: string;
  type: string | null;
  phoneNumber: string;
}

/** A call as App Connect tells it to a connector. */
export interface Call {
  direction: 'Inbound' | 'Outbound';
  /** Seconds; 0 for a missed call. */
  durationSeconds: number;
  result: string;
  /** E.164. */
  from: string;
  /** E.164. */
  to: string;
  startTime: Date;
  /** Write the times with this offset from UTC. Absent: in UTC, with a `Z`. */
  utcOffsetMinutes?: number;
  sessionId: string;
}

export interface CallLogDraft {
  contact: ContactInfo;
  call: Call;
  subject: string;
  note: string;
  /** The whole text of the record, composed in the profile's log format. */
  details: string;
}

export interface CallLogChange {
  subject: string;
  note: string;
  details: string;
  /** The text as it was read before. */
  existing: string;
  recordingLink?: string;
  aiNote?: string;
  call: Call;
  contactId: RecordId;
}

export interface LogRecord {
  subject: string | null;
  note: string | null;
  fullBody: string | null;
  /** By the profile's `contactIdPath`; undefined when nothing is mapped. */
  contactId: RecordId | null | undefined;
  /** By the profile's mappings; each is undefined when nothing is mapped. */
  call: Record<'startTime' | 'endTime' | 'duration' | 'direction' | 'result', unknown>;
  /** The answer as it came, for comparing leaf by leaf. */
  raw: unknown;
  gaps: Gaps;
}

export interface Message {
  text: string;
  direction: 'Inbound' | 'Outbound';
  /** E.164. */
  from: string;
  /** E.164. */
  to: string;
  time: Date;
}

export const defaultLogFormat: LogFormat = 'text/plain';
