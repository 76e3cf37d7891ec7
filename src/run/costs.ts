import { readsTimeByPosition } from '../checks/activity/written.ts';
import type { LookupDepth } from '../checks/define-check.ts';
import type { NeedName } from '../checks/needs.ts';
import { otherRegions, queriedFormats } from '../checks/phone-lookup/formats.ts';
import { mentions } from '../profile/mentions.ts';
import type { AuthConfig, Profile } from '../profile/types.ts';
import { exampleNumber, sameEndings } from './numbers.ts';
import { formatsToStore } from './specimens/matrix-rows.ts';
import { mostTries } from './specimens/text-limit.ts';

/** What each need is made from. The makers know it too; a plan must know it without making anything. */
export const madeFrom: Partial<Record<NeedName, NeedName[]>> = {
  contact: ['created contact'],
  'lookup by E.164': ['created contact'],
  'raw plus': ['created contact'],
  'unknown number': ['lookup by E.164'],
  everybody: ['unknown number'],
  'search that tells': ['everybody'],
  'negative controls': ['unknown number'],
  'phone matrix': ['raw plus'],
  'country matrix': ['search that tells', 'raw plus'],
  'shared number': ['search that tells'],
  'second phone': ['search that tells'],
  'kept names': ['lookup by E.164'],
  'bad phone': ['created contact'],
  'duplicate contact': ['created contact'],
  'kept numbers': ['lookup by E.164', 'phone matrix'],
  'created call log': ['contact'],
  'call log': ['created call log', 'contact'],
  'call log pair': ['read call log'],
  'second call log': ['call log pair'],
  'long call log': ['second call log'],
  'direction call logs': ['second call log'],
  'timed call logs': ['second call log'],
  'unicode call log': ['second call log'],
  'markup call log': ['second call log'],
  'read call log': ['call log'],
  'updated call log': ['read call log'],
  'created message log': ['contact'],
  'call disposition': ['call log'],
};

/**
 * Whether a run can have this. One that only reads looks at fixtures in place of what it would make.
 * @param readOnly see `--read-only`
 */
export function canBeHad(
  name: NeedName,
  { fixtures }: Pick<Profile, 'fixtures'>,
  readOnly: boolean,
): boolean {
  if (!readOnly) return true;
  if (name === 'created contact' && fixtures.contacts.length === 0) return false;
  if (name === 'call log' && fixtures.callLog === undefined) return false;
  // It waits for the lookup of the contact, and does without.
  if (name === 'unknown number') return true;
  return (madeFrom[name] ?? []).every((inner) => canBeHad(inner, { fixtures }, readOnly));
}

/** What a person has chosen of a run. */
export interface PlanChoice {
  /** Items or requirement ids; null: all. */
  only: readonly string[] | null;
  readOnly: boolean;
  lookup: LookupDepth;
}

interface Cost {
  /** At most. */
  contacts?: number;
  /** Contacts where all goes well, if that is fewer: their requests are what is counted. */
  contactsUsually?: number;
  callLogs?: number;
  messageLogs?: number;
  /** More of them, to find out how much is too much. */
  callLogsIfRefused?: number;
  /** Beside what the creation and the removal of these records takes. */
  requests?: number;
}

/** What a need costs by itself, without what it is made from. */
export const costs: Partial<Record<NeedName, Cost | ((profile: Profile, choice: PlanChoice) => Cost)>> = {
  'sign-in': ({ auth, credentials }) => ({
    requests: [auth, ...Object.values(credentials)].reduce((sum, one) => sum + requestsOfSignIn(one), 0),
  }),
  'spare grant': ({ auth }) => ({ requests: requestsOfSignIn(auth) }),
  'current user': { requests: 2 },
  refusals: { requests: 2 },
  // Signed in again, alive beside the first, seen to outlive it, and ended.
  'second session': ({ auth }) =>
    auth.type === 'oauth' || auth.type === 'login' ? { requests: requestsOfSignIn(auth) + 5 } : {},
  'created contact': { contacts: 1 },
  'lookup by E.164': { requests: 1 },
  'raw plus': { requests: 1 },
  'unknown number': { requests: 1 },
  'negative controls': ({ region }) => ({
    requests: sameEndings(exampleNumber(region), region).length === 0 ? 3 : 4,
  }),
  'phone matrix': (profile, { lookup, readOnly }) => {
    const rows = readOnly ? profile.fixtures.contacts : formatsToStore(profile, lookup);
    const contacts = rows.length - 1;
    // Each by E.164; the control in the other formats too. One contact more where a format is refused.
    return {
      contacts: contacts + 1,
      contactsUsually: contacts,
      requests: contacts + (lookup === 'essential' ? 1 : queriedFormats.length),
    };
  },
  'country matrix': ({ region }, { lookup }) => {
    const countries = lookup === 'essential' ? 0 : otherRegions(region).length;
    // A second contact where the first is not found; one of the own country where that is refused as well.
    return { contacts: countries && 2 * countries + 1, contactsUsually: countries, requests: countries };
  },
  'shared number': { contacts: 2, requests: 0 },
  'second phone': (profile) =>
    mentions(profile, 'createContact', 'secondPhoneNumber') ? { contacts: 1, requests: 2 } : {},
  'kept names': { contacts: 3, requests: 3 },
  // Refused, if all is well; two, where the first is answered with a 5xx.
  'bad phone': { contacts: 2, contactsUsually: 0, requests: 1 },
  'duplicate contact': { contacts: 1 },
  'created call log': { callLogs: 1 },
  'call log pair': { callLogs: 1, requests: 2 },
  'long call log': ({ optOut }) =>
    optOut['activity.long'] === undefined ? { callLogs: 1, callLogsIfRefused: mostTries, requests: 1 } : {},
  'direction call logs': { callLogs: 2 },
  'timed call logs': (profile) => ({ callLogs: readsTimeByPosition(profile) ? 1 : 2 }),
  'unicode call log': { callLogs: 1 },
  'markup call log': { callLogs: 1 },
  'read call log': { requests: 1 },
  'updated call log': { requests: 2 },
  'created message log': { messageLogs: 1 },
  'call disposition': { requests: 3 },
  // The call itself and one request with each token afterwards; with OAuth's it is made twice.
  logout: ({ auth: { type }, operations: { unAuthorize } }) =>
    unAuthorize && (type === 'oauth' || type === 'login') ? { requests: type === 'oauth' ? 4 : 2 } : {},
};

/** Pages until the authorization code is there, where the server gives consent by itself; then the token request. */
const requestsOfAuthorization = 4;

function requestsOfSignIn(auth: AuthConfig): number {
  if (auth.type === 'login') return auth.steps.length;
  if (auth.type !== 'oauth' || auth.accessToken !== undefined) return 0;
  const needsCode = auth.grant === 'authorization_code' && auth.refreshToken === undefined;
  return needsCode ? requestsOfAuthorization : 1;
}

/** A contact is looked up before its number is used, created, deleted, and looked for again; a record is not looked up. */
export const requestsForEach = { contacts: 4, callLogs: 3, messageLogs: 3 };
