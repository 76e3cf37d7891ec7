import { readInstant } from '../app-connect/instant.ts';
import { mappedValues } from '../operation/mapping.ts';
import type { OperationAnswer, Outcome } from '../operation/types.ts';
import type { OperationName, Profile } from '../profile/types.ts';
import { isTextOfLog } from './foreign.ts';
import { isSameId } from './ids.ts';
import { mayBe, namesOf } from './names.ts';
import { asId, asText } from './read-answer.ts';
import { leavesOf } from './records.ts';
import type { Created, LogRecord, RecordId } from './types.ts';

/** Whether a text can only be the run's. */
type IsOwnText = (text: string) => boolean;

/**
 * Whether a creation is answered with another contact: some CRMs give whomever they take for the same person.
 * @param written the name of the contact that was to be created
 */
export function isAnother(
  { id, name }: Pick<Created, 'id' | 'name'>,
  written: string,
  { status, body }: OperationAnswer,
  isOwnText: IsOwnText,
): boolean {
  if (id === null || status === 201 || isOwnText(JSON.stringify(body) ?? '')) return false;
  const names = [...(name?.trim() ? [name] : []), ...namesOf(id, body)];
  return names.length > 0 && !names.some((one) => mayBe(one, written));
}

/** The id of another record with what the run wrote, in the answer to an update of a call; null: there is none. */
export function copyIn(
  profile: Profile,
  answer: OperationAnswer,
  id: RecordId,
  isOwnText: IsOwnText,
): RecordId | null {
  const { createCallLog } = profile.operations;
  if (createCallLog?.kind !== 'sequence' || !isOwnText(JSON.stringify(answer.body) ?? '')) return null;
  const other = asId(mappedValues(profile, 'createCallLog', createCallLog.responseMapping, answer).id);
  return isSameId(other, id) ? null : other;
}

const birthKey = /creat|insert|date_?entered|added_?(at|on)/i;
/** Clocks of two machines differ. */
const skewMs = 10 * 60_000;

/** Whether the answer to a creation shows a new record: the run's text, or that it was created just now. @param now ms since 1970 */
export function showsBirth(body: unknown, now: number, isOwnText: IsOwnText): boolean {
  if (isOwnText(JSON.stringify(body) ?? '')) return true;
  return leavesOf(body).some(([key, text]) => {
    const instant = birthKey.test(key) ? readInstant(text) : null;
    return instant !== null && Math.abs(instant.ms - now) < skewMs;
  });
}

/** The same contact as App Connect may use it: nothing may be written to somebody else, and nothing of them deleted. */
export function withoutId(created: Created): Created {
  const why = 'the answer is the record of another contact, which this run did not create';
  return { ...created, id: null, idFrom: null, gaps: { id: { why, misplaced: null } }, another: true };
}

/**
 * Whether a refused creation created something all the same: an earlier step did, or the answer is a 2xx that names
 * an id, whatever a success predicate of the profile makes of it.
 * @param name of the record, with the run's marker in it
 * @returns null: nothing; else its id, where known
 */
export function leftBy(
  profile: Profile,
  operation: OperationName & `create${string}`,
  outcome: Outcome<unknown>,
  name: string,
  isOwnText: IsOwnText,
): { id: RecordId | null } | null {
  const described = profile.operations[operation];
  if (outcome.kind !== 'refused' || described?.kind !== 'sequence') return null;
  const { answer, after = 0 } = outcome;
  if (after === 0 && !answer.unmasked) return null;
  const values = mappedValues(profile, operation, described.responseMapping, answer);
  const id = asId(values.id);
  // A refusal that names whom it takes for the same person.
  const another =
    operation === 'createContact' && isAnother({ id, name: asText(values.name) }, name, answer, isOwnText);
  if (another) return after > 0 ? { id: null } : null;
  return after > 0 || id !== null ? { id } : null;
}

/**
 * Whether a call or message record that the run should have written is somebody else's: a text stands there, and
 * neither the mark of the run nor the contact that was named.
 */
export function isAnothersLog(
  { subject, fullBody, note, raw }: LogRecord,
  contactId: RecordId | null,
  isOwnText: IsOwnText,
): boolean {
  const mapped = [subject, fullBody, note].filter((text) => text !== null);
  // A mapping that finds nothing shows nothing of what stands there.
  const says =
    mapped.length > 0 ? mapped.some((text) => text.trim() !== '') : leavesOf(raw).some(isTextOfLog);
  return says && !isOwnText(JSON.stringify(raw) ?? '') && !(contactId !== null && names(raw, contactId));
}

/** Whether a value of a record is this id. A short one may be anything's, but under a key that says whose. */
function names(raw: unknown, contactId: RecordId): boolean {
  return leavesOf(raw).some(
    ([key, value]) => isSameId(value, contactId) && (value.length >= 6 || ofPerson.test(key)),
  );
}

/** `contactId`, `who`, `lead_ids`; not `contactCount`, nor `leadSource`. */
const ofPerson = /^(contact|person|people|party|partner|lead|who|related)s?(_?to)?(_?ids?)?$/i;
