import type { CallLogDraft } from '../../crm/types.ts';
import { mentions } from '../../profile/mentions.ts';
import type { Profile } from '../../profile/types.ts';

/** What the profile puts into the text of a new record: the composed log, or the note alone. */
export function writtenText(profile: Profile, { details, note }: CallLogDraft): string {
  return mentions(profile, 'createCallLog', 'composedLogDetails') ? details : note;
}

/** Proxy mode cuts times by position (`{{startTime.0}}`), and App Connect sends UTC: no offset would be read there. */
export function readsTimeByPosition(profile: Profile): boolean {
  return mentions(profile, 'createCallLog', 'startTime.0', 'startTime.11');
}
