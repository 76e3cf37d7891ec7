import { idToShow, isRecordWithin, maskedValue } from './masked.ts';
import { idOf, isMapOfRecords, isRecord, leavesOf, looksLikeRecord } from './records.ts';
import { isRefusal } from './refusal.ts';
import type { UserInfo } from './types.ts';

/** By what the mapping found in this answer; an answer before it may have neither. */
type User = Pick<UserInfo, 'id' | 'name'>;

/** The answer to "who is logged in" without other people: an account lists its users, and a user has a manager. */
export function withholdOtherUsers(body: unknown, user: User): unknown {
  return shown(body, user);
}

/** @param listed within a list: then whoever has an id and a name is one of several */
function shown(value: unknown, user: User, listed = false): unknown {
  if (Array.isArray(value)) return list(value, user);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  if (isMapOfRecords(value)) {
    const inner = list(Object.values(value), user);
    return Object.fromEntries(entries.map(([key], index) => [key, inner[index]]));
  }
  const known = user.id !== null || user.name !== null;
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      if (known && relatedKey.test(key)) return [key, related(inner, user)];
      const record = isRecord(inner) && (listed ? isRecordWithin(inner) : isSomebody(inner));
      const another = known && record && !isUser(inner, user);
      return [key, another ? masked(inner, user) : shown(inner, user, listed)];
    }),
  );
}

/** One alone may be the user, where nobody knows who that is. */
function list(entries: readonly unknown[], user: User): unknown[] {
  const records = entries.filter((entry) => looksLikeRecord(entry) && !isRefusal(entry));
  const known = user.id !== null || user.name !== null;
  return entries.map((entry) => {
    const another = (known || records.length > 1) && records.includes(entry) && !isUser(entry, user);
    return another ? masked(entry, user) : shown(entry, user, true);
  });
}

function masked(value: unknown, user: User): unknown {
  return maskedValue(value, { isShown: (record) => isUser(record, user), isKept: () => false });
}

/** Somebody whom a user has to do with. */
const relatedKey =
  /manager|supervisor|boss|delegate|assistant|reports?_?to|mentor|(created|updated|modified|invited)_?by|^(team_?)?lead(er)?s?$/i;

function related(value: unknown, user: User): unknown {
  if (Array.isArray(value)) return value.map((entry) => related(entry, user));
  if (typeof value === 'string') return value === user.name ? value : idToShow(value);
  return isUser(value, user) ? value : masked(value, user);
}

/** A record with the way to reach somebody. */
function isSomebody(record: Record<string, unknown>): boolean {
  return isRecordWithin(record) && Object.keys(record).some((key) => /mail|phone|mobile/i.test(key));
}

const userId = /^@?_?((user|member|employee|person|staff|agent|account|object)_?)?(id|guid|uuid)$/i;

/** By an id of its own, for a user has a manager; by its name, unless it stands in a part of somebody. */
function isUser(value: unknown, { id, name }: User): boolean {
  if (!isRecord(value)) return false;
  const texts = idOf(value) === null ? leavesOf(value) : Object.entries(value);
  return texts.some(
    ([key, text]) =>
      (id !== null && userId.test(key) && String(text) === String(id)) || (name?.trim() && text === name),
  );
}
