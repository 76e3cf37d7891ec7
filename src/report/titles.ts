/** The plain words that every report uses for items, features and results. */

import type { FeatureId, ItemId, Overall, Verdict } from './types.ts';

export const itemTitles = {
  oauth: 'OAuth 2.0',
  logout: 'Log out',
  activity: 'Keep activity records',
  'phone-lookup': 'Find by phone number',
  'contact-create': 'Create a contact',
  'current-user': 'Name of the user',
  beyond: 'Beyond the six',
} as const satisfies Record<ItemId, string>;

export const featureTitles = {
  connect: 'Connect',
  'call-pop': 'Call pop',
  'log-calls': 'Log calls',
  'log-messages': 'Log messages',
  'edit-logs': 'Edit and enrich logs',
  'create-contacts': 'Create contacts',
  disconnect: 'Disconnect',
} as const satisfies Record<FeatureId, string>;

/** What a person does with the feature, for readers who do not know App Connect. */
export const featureMeanings = {
  connect: 'sign in to the CRM from App Connect',
  'call-pop': 'see who is calling while the phone rings',
  'log-calls': 'have every call recorded with its contact',
  'log-messages': 'have text messages recorded with their contact',
  'edit-logs': 'add notes, recordings and AI summaries to a recorded call',
  'create-contacts': 'save an unknown caller as a contact',
  disconnect: 'sign out, so that the access really ends',
} as const satisfies Record<FeatureId, string>;

export const overallTitles = {
  ready: 'Ready',
  'ready-with-adapter-code': 'Ready with adapter code',
  'partly-ready': 'Partly ready',
  'not-ready': 'Not ready',
  unknown: 'Unknown',
} as const satisfies Record<Overall, string>;

/** What a verdict says about a requirement, in two or three words. */
export const verdictTitles = {
  pass: 'met',
  warn: 'with a loss',
  fail: 'not met',
  blocked: 'blocked',
  'not-described': 'not described',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
  waived: 'waived',
} as const satisfies Record<Verdict, string>;
