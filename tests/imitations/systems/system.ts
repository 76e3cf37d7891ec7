import { catalogue } from '../../../src/checks/index.ts';
import type { Verdict } from '../../../src/report/types.ts';
import type { Door } from '../door.ts';
import type { CrmOptions } from '../options.ts';
import type { ProfileOptions } from '../profile.ts';

/** A CRM as a real one behaves, with the profile that an integrator writes for it, and what is then found. */
export interface System {
  /** The real one's; with what the integrator did not know, where the profile is the odd one. */
  name: string;
  /** What is odd here, in a few words. */
  odd: string;
  crm: Partial<CrmOptions>;
  /** Default: a key in `X-Api-Key`. */
  door?: () => Door;
  /** In place of what the door expects: a wrong password. */
  secrets?: Record<string, string>;
  profile: ProfileOptions;
  /** Items to ask. Default: all. */
  only?: string[];
  /** What is judged and does not pass; everything else must. */
  but: Record<string, Verdict>;
  /** What is said of the oddity, by requirement. */
  says?: Record<string, string>;
  /** Records that cannot be removed, and are told. */
  leftBehind?: number;
}

/** Of every key that somebody copies from the settings: no OAuth, and nothing that ends it. */
export const byKey = {
  'auth.tls': 'not-applicable',
  'auth.alternative': 'warn',
  'logout.endpoint': 'warn',
  'logout.access-dead': 'not-applicable',
  'logout.refresh-dead': 'not-applicable',
  'logout.repeatable': 'not-applicable',
  'logout.only-this-one': 'not-applicable',
} as const satisfies Record<string, Verdict>;

/** Of every session that a login opens and a logout ends. */
export const byLogin = {
  'auth.tls': 'not-applicable',
  'auth.alternative': 'warn',
  'logout.refresh-dead': 'not-applicable',
  // The session that it ends signs the logout.
  'logout.repeatable': 'not-applicable',
} as const satisfies Record<string, Verdict>;

/** Of every search that compares the text as it stands. */
export const comparesText = { 'lookup.any-format': 'warn', 'lookup.countries': 'warn' } as const;

/** Of every search that finds the same contacts, whatever is asked. */
export const findsEverybody = {
  'lookup.none': 'fail',
  'lookup.not-everybody': 'fail',
  ...blocked(
    'lookup.e164',
    'lookup.any-format',
    'lookup.plus',
    'lookup.shared',
    'lookup.other-field',
    'lookup.countries',
    'lookup.settle',
    'contact.found',
  ),
} as const;

/** What needs a contact that is found. */
export const withoutFinding = blocked(
  'lookup.any-format',
  'lookup.fields',
  'lookup.fields-extra',
  'lookup.shared',
  'lookup.other-field',
  'lookup.countries',
  'lookup.settle',
  'contact.name-kept',
);

/** What needs a call record. */
export const withoutCalls = blocked(
  'activity.read',
  'activity.linked',
  'activity.separate',
  'activity.update',
  'activity.update-keeps',
  'activity.enrich',
  'activity.direction',
  'activity.time',
  'activity.unicode',
  'activity.markup',
  'activity.long',
  'activity.unknown-id',
);

/** All that is judged of a credential other than OAuth's, blocked. */
export const nobodyIsLetIn = {
  ...blocked(
    ...catalogue.flatMap(({ id, level }) => (level === 'info' || id.startsWith('oauth.') ? [] : [id])),
  ),
  'auth.tls': 'not-applicable',
  'auth.alternative': 'warn',
} as const satisfies Record<string, Verdict>;

function blocked(...ids: string[]): Record<string, Verdict> {
  return Object.fromEntries(ids.map((id) => [id, 'blocked']));
}

export const loginStep = {
  method: 'POST',
  url: '/login',
  body: { user: '{{ secrets.IMITATION_USER }}', password: '{{ secrets.IMITATION_PASSWORD }}' },
};
