import { readInstant } from '../app-connect/instant.ts';
import { idKey, idToShow, isRecordWithin } from './masked.ts';
import { isSameName } from './names.ts';
import { isSameNumber } from './phone.ts';
import { leavesOf } from './records.ts';
import { isRefusal } from './refusal.ts';

/** What the run wrote, or the profile says of its fixtures. */
export interface Written {
  /** E.164. */
  numbers: ReadonlySet<string>;
  /** Names, and numbers in the form in which they were written. */
  texts: ReadonlySet<string>;
}

/** Says who or what a record is about. */
const personal =
  /name|phone|mobile|fax|mail|title|label|caption|address|street|city|birth|person|subject|notes?$|comment|descri/i;
/** Of no person: `api_name`, with which a refusal names a field. */
const nameOfThing =
  /^(api|field|param(eter)?|property|attribute|column|object|module|table|resource|entity|class|event|type|status|time_?zone)_?(name|label|title)$/i;
/** Says nothing of a person. */
const plainKey =
  /type|kind|status|stage|class|category|lang|locale|currency|zone|creat|updat|modif|date|time|[a-z]At$|_at$|version|etag|uri|url|href|link|self/i;
const numberKey = /phone|mobile|fax|tel|cell|number/i;
const momentKey = /date|time|creat|updat|modif|[a-z]At$|_at$/i;
const plainWord = /^(true|false|yes|no|y|n|on|off|null|none)$/i;

/**
 * Whether a record says something of a person that the run did not write.
 * @param strictly whatever does not speak of the record itself speaks of a person
 */
export function saysForeign(
  record: object,
  written: Written,
  isMarked: (text: string) => boolean,
  strictly: boolean,
): boolean {
  const isLeftOut = (inner: object) => isRecordWithin(inner) || (!strictly && isRefusal(inner));
  return leavesOf(record, isLeftOut).some(([key, text]) => {
    if (text.trim() === '' || isMarked(text) || isWritten(text, written)) return false;
    if (idKey.test(key) && idToShow(text) === text) return false;
    if (isAddress(text) || isNumber(key, text)) return true;
    if (nameOfThing.test(key)) return false;
    if (personal.test(key)) return true;
    const says = /\p{L}/u.test(text) && !plainWord.test(text) && readInstant(text) === null;
    return strictly && says && !plainKey.test(key);
  });
}

/** Whether a record says something that only this contact has. */
export function confirms(record: object, written: Written): boolean {
  const names = [...written.texts];
  return leavesOf(record, isRecordWithin).some(
    ([, text]) => isWritten(text, written) || names.some((name) => isSameName(text, name)),
  );
}

/** An e-mail address or a phone number that the run did not write, under a key that speaks of a person. */
export function hasForeignDetail(record: object, written: Written): boolean {
  return Object.entries(record).some(
    ([key, text]) =>
      (typeof text === 'string' || typeof text === 'number') &&
      personal.test(key) &&
      (isAddress(String(text)) || isNumber(key, String(text))) &&
      !isWritten(String(text), written),
  );
}

function isWritten(text: string, { numbers, texts }: Written): boolean {
  return texts.has(text) || [...numbers].some((number) => isSameNumber(text, number));
}

function isAddress(text: string): boolean {
  return /[^\s@]@[^\s@]/.test(text);
}

function isNumber(key: string, text: string): boolean {
  // Milliseconds since 1970: no number of the North American plan is so long.
  if (/^1[4-9]\d{11}$/.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  if (digits < 7 || !/^(tel:)?[+(\d][\d\s().+/x-]*$/i.test(text)) return false;
  return numberKey.test(key) || (!momentKey.test(key) && !idKey.test(key) && !/^\d{4}-\d\d-\d\d/.test(text));
}
