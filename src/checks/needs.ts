import type { OAuthClient } from '../auth/oauth/client.ts';
import type { Authorizer, Grant } from '../auth/oauth/grants.ts';
import type { TokenAnswer } from '../auth/oauth/token-answer.ts';
import type { Session } from '../auth/session.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Crm } from '../crm/crm.ts';
import type { ContactInfo } from '../crm/types.ts';
import type {
  CallDisposition,
  CallLogPair,
  CallLogSpecimen,
  CreatedCallLog,
  CreatedMessageLog,
  LongCallLog,
  ReadCallLog,
  UpdatedCallLog,
} from './activity/specimens.ts';
import type {
  BadPhone,
  CreatedContact,
  DuplicateContact,
  KeptName,
  KeptNumber,
} from './contact-create/specimens.ts';
import type { CurrentUser, Refusals } from './current-user/specimens.ts';
import type { Logout, SecondSession } from './logout/specimens.ts';
import type { OutcomeFacts } from './outcome-facts.ts';
import type { Cell, Matrix } from './phone-lookup/matrix.ts';
import type {
  Lookup,
  NegativeControl,
  SecondPhone,
  SharedNumber,
  UnknownNumber,
} from './phone-lookup/specimens.ts';

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
