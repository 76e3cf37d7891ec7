import type { OAuthClient } from '../auth/oauth/client.ts';
import type { Authorizer, Grant } from '../auth/oauth/grants.ts';
import type { TokenAnswer } from '../auth/oauth/token-answer.ts';
import type { Session } from '../auth/session.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Crm } from '../crm/crm.ts';
import type {
  CallLogDraft,
  ContactInfo,
  Created,
  FoundContact,
  LogRecord,
  RecordId,
  UserInfo,
} from '../crm/types.ts';
import type { Outcome } from '../operation/types.ts';
import type { LeafChange } from './activity/leaves.ts';
import type { OutcomeFacts } from './outcome-facts.ts';
import type { Cell, Matrix } from './phone-lookup/matrix.ts';

/** Facts and specimens that checks share. Each is had once in a run, by whoever needs it first. */
export interface Needs {
  /** How the run signed in, also when it failed. */
  'sign-in': SignIn;
  /** A credential in hand, not yet shown to the CRM. */
  session: Session;
  /** The OAuth client of the profile, and how it gets codes beyond the first: a person only where that was agreed on. */
  'oauth client': { client: OAuthClient; authorizer: Authorizer };
  /** A grant that may be spent on a refresh; `refreshed`: the run itself began with one, by a token handed in. */
  'spare grant': { kind: 'grant'; grant: Grant } | { kind: 'refreshed'; token: TokenAnswer };
  /** The current-user call with App Connect's empty body and, where that is refused, without. */
  'current user': CurrentUser;
  /** The first request that carried the credential: the current-user call, or a search where there is none. */
  'first answer': OutcomeFacts & { wrong?: OutcomeFacts };
  /** The current-user call with a wrong credential, and with none. */
  refusals: Refusals;
  /** IANA name of the user's time zone, where the CRM tells it. */
  'user zone': string | null;
  /** The CRM through a credential that it accepts. */
  crm: Crm;
  /** A contact created with E.164, whether or not its id came back. */
  'created contact': CreatedContact;
  /** That contact, with its id. */
  contact: ContactInfo;
  /** The contact created with E.164, looked for by E.164 until the settle limit. */
  'lookup by E.164': Lookup;
  /** What an unknown number is answered with. */
  'unknown number': UnknownNumber;
  /** The same lookup with a `+` that is not percent-encoded; null: the URL carries no plus. */
  'raw plus': Cell | null;
  /** Whether the search finds the run's contact for a number that nobody has, as well as for its own. */
  everybody: boolean;
  /** That finding somebody means something: not everybody is returned for everything. */
  'search that tells': true;
  /** What numbers that are nobody's are answered with. */
  'negative controls': NegativeControl[];
  /** Stored formats against queried formats. */
  'phone matrix': Matrix;
  /** The same for numbers of other countries. */
  'country matrix': Matrix;
  /** Two contacts with one number. */
  'shared number': SharedNumber;
  /** A contact with a second number, looked for by it. */
  'second phone': SecondPhone;
  /** Contacts with names that CRMs like to change, read back. */
  'kept names': KeptName[];
  /** A contact created with a number that is none. */
  'bad phone': BadPhone;
  /** The contact created with E.164, created once more. */
  'duplicate contact': DuplicateContact;
  /** How the numbers of the contacts came back. */
  'kept numbers': KeptNumber[];
  'created call log': CreatedCallLog;
  'call log': CallLogSpecimen;
  /** A second call, made once the first was read, and whether the CRM keeps both apart. */
  'call log pair': CallLogPair;
  /** That second call, kept apart from the first: free to be changed. */
  'second call log': CallLogSpecimen;
  /** A call with a long text, read back; where it is refused, how long a text may be. null: the profile wants none. */
  'long call log': LongCallLog | null;
  /** Beside the first call, which is inbound: an outbound one, and one that nobody answered. */
  'direction call logs': { outbound: CreatedCallLog; missed: CreatedCallLog };
  /** The same times in UTC and with another offset; null: the profile's template takes a time for UTC. */
  'timed call logs': { utc: CreatedCallLog; offset: CreatedCallLog | null };
  /** Calls with texts that say what becomes of characters and of markup. */
  'unicode call log': CreatedCallLog;
  'markup call log': CreatedCallLog;
  /** The call log, read back. */
  'read call log': ReadCallLog;
  /** The call log before and after an update of its body. */
  'updated call log': UpdatedCallLog;
  'created message log': CreatedMessageLog;
  /** A disposition given to the first call. */
  'call disposition': CallDisposition;
  /** Another session of the same user, signed in before the logout. */
  'second session': SecondSession;
  /** Last: the logout call itself. */
  logout: Logout;
}
export type NeedName = keyof Needs;

export interface CurrentUser {
  /** null: the request is not a GET, so App Connect's body is not a question. */
  withBody: OutcomeFacts | null;
  /** Asked only where the body was refused, or is not a question. */
  withoutBody: OutcomeFacts | null;
  /** The one that was accepted, else the last. */
  outcome: Outcome<UserInfo>;
  emptyBody: boolean;
}

export interface Refusals {
  /** The operation that was asked. */
  operation: string;
  wrong: OutcomeFacts;
  missing: OutcomeFacts;
}

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
  /** What stands in the CRM in place of the number; `unseen` where the profile shows no way to see it. */
  kept: 'unseen' | { text: string | null };
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

export interface SecondSession {
  session: Session;
  /** Whether the first session outlived the second sign-in. */
  firstAlive: boolean;
}

/** `by design`: a personal key that has no revocation. */
export type Logout =
  | { kind: 'by design' }
  | {
      kind: 'asked';
      outcome: OutcomeFacts;
      /** The session that was logged out; never renewed. */
      session: Session;
      /** When the answer came, in milliseconds since 1970. */
      at: number;
    };
