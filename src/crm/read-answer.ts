import { mappingGap } from '../operation/gap.ts';
import { mappedValues } from '../operation/mapping.ts';
import type { MappedItem, OperationAnswer } from '../operation/types.ts';
import type { OperationName, Profile, ResponseMapping } from '../profile/types.ts';
import { leavesOf } from './records.ts';
import type { Created, FoundContact, LogRecord, RecordId, UserInfo } from './types.ts';

/** Who is logged in; `gaps` say why the id or the name could not be read. */
export function userInfo(profile: Profile, mapping: ResponseMapping, answer: OperationAnswer): UserInfo {
  const values = mappedValues(profile, 'getUserInfo', mapping, answer);
  const [id, name] = [asId(values.id), asText(values.name)];
  const gap = (key: 'id' | 'name') => mappingGap(profile, 'getUserInfo', mapping, key, key, answer);
  const gaps = { ...(id === null && { id: gap('id') }), ...(!name?.trim() && { name: gap('name') }) };
  return { id, name, timezone: asText(values.timezoneName), gaps };
}

/** The key that App Connect stores in place of the typed one; null: none was given. A secret. */
export function overridingApiKey(
  profile: Profile,
  mapping: ResponseMapping,
  answer: OperationAnswer,
): string | null {
  return asText(mappedValues(profile, 'getUserInfo', mapping, answer).overridingApiKey);
}

/** What a creation answered, and whether the id stands in its body or only in a header. */
export function created(
  profile: Profile,
  operation: OperationName,
  mapping: ResponseMapping,
  answer: OperationAnswer,
): Created {
  const values = mappedValues(profile, operation, mapping, answer);
  const id = asId(values.id);
  const withoutHeaders = mappedValues(profile, operation, mapping, { ...answer, headers: {} });
  const idFrom = id === null ? null : asId(withoutHeaders.id) === null ? 'header' : 'body';
  return {
    id,
    idFrom,
    name: asText(values.name),
    phone: asText(values.phone),
    type: asText(values.type),
    gaps: id === null ? { id: mappingGap(profile, operation, mapping, 'id', 'id', answer) } : {},
  };
}

/** A call or message record, by the profile's mapping. */
export function logRecord(
  profile: Profile,
  operation: 'getCallLog' | 'getMessageLog',
  mapping: ResponseMapping,
  answer: OperationAnswer,
): Omit<LogRecord, 'raw'> {
  const values = mappedValues(profile, operation, mapping, answer);
  const [subject, note, fullBody] = [asText(values.subject), asText(values.note), asText(values.fullBody)];
  const bodyKey = 'fullBodyPath' in mapping ? 'fullBody' : 'note';
  const gap = (key: string, value: string | null) =>
    `${key}Path` in mapping && value === null
      ? mappingGap(profile, operation, mapping, key, 'text', answer)
      : undefined;
  const noSubject = gap('subject', subject);
  const noBody = gap(bodyKey, bodyKey === 'fullBody' ? fullBody : note);
  return {
    subject,
    note,
    fullBody,
    contactId: 'contactId' in values ? asId(values.contactId) : undefined,
    call: {
      startTime: values.startTime,
      endTime: values.endTime,
      duration: values.duration,
      direction: values.direction,
      result: values.result,
    },
    gaps: { ...(noSubject && { subject: noSubject }), ...(noBody && { body: noBody }) },
  };
}

/** A person, as a search shows it. */
export function foundContact(item: MappedItem): FoundContact {
  const phone = asText(item.phone);
  const shown = leavesOf(item.raw).flatMap(([key, text]) =>
    isPhone.test(key) && hasNumber(text) ? text : [],
  );
  return {
    id: asId(item.id),
    name: asText(item.name),
    phone,
    numbers: phone !== null && hasNumber(phone) ? [phone, ...shown] : shown,
    type: asText(item.type),
    createdDate: item.createdDate ?? null,
    gaps: item.gaps ?? {},
  };
}

const isPhone = /phone|mobile|fax|(?<![a-z])(tel|cell)/i;

function hasNumber(text: string): boolean {
  return text.replace(/\D/g, '').length >= 7;
}

/** `..` in the path of a URL would lead to another resource, and a DELETE to another disaster. */
export function asId(value: unknown): RecordId | null {
  const usable = (typeof value === 'string' && !/^\.{0,2}$/.test(value)) || typeof value === 'number';
  return usable ? value : null;
}

export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  // Odoo writes `false` where there is nothing.
  return typeof value === 'number' || value === true ? String(value) : null;
}
