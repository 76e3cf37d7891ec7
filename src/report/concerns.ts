import type { Place, Report } from './types.ts';

/**
 * Which part of a profile a requirement speaks of: operations, `auth`. The first that the profile describes counts.
 * A name that ends in a dot is a prefix; of several that fit, the longest is meant.
 */
const parts: Readonly<Record<string, readonly string[]>> = {
  'oauth.': ['auth'],
  'auth.': ['auth'],
  'logout.': ['unAuthorize', 'auth'],
  'activity.': ['createCallLog'],
  'activity.read': ['getCallLog'],
  'activity.linked': ['getCallLog', 'createCallLog'],
  'activity.update': ['updateCallLog'],
  'activity.update-keeps': ['updateCallLog'],
  'activity.enrich': ['updateCallLog'],
  'activity.message': ['createMessageLog'],
  'activity.message-update': ['updateMessageLog', 'createMessageLog'],
  'activity.unknown-id': ['getCallLog'],
  'activity.lag': ['getCallLog'],
  'lookup.': ['findContact'],
  'contact.': ['createContact'],
  'contact.found': ['findContact'],
  'user.': ['getUserInfo'],
  'beyond.name-search': ['findContactWithName'],
  'beyond.user-list': ['getUserList'],
  'beyond.dispositions': ['upsertCallDisposition'],
  'beyond.rate-limits': ['getUserInfo'],
  'beyond.scopes': ['auth'],
};

/** Names of the profile's parts that a requirement speaks of, the nearest first; `operations` comes last. */
export function partsConcerned(id: string): string[] {
  const names = Object.keys(parts).filter((name) => (name.endsWith('.') ? id.startsWith(name) : id === name));
  const nearest = names.toSorted((a, b) => b.length - a.length)[0];
  return [...(nearest === undefined ? [] : (parts[nearest] ?? [])), 'operations'];
}

/** Where the profile describes what a requirement speaks of; its first line where the report does not say. */
export function placeConcerned(profile: Report['profile'], id: string): Place {
  const { locations = {} } = profile;
  for (const part of partsConcerned(id)) {
    const place = Object.hasOwn(locations, part) ? locations[part] : undefined;
    if (place) return place;
  }
  return { line: 1, column: 1 };
}
