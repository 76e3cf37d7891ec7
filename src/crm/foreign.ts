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
  /** Names, numbers in the form in which they were written, and what calls and messages say. */
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
    if (text.trim() === '' || isMarked(text) || isWritten(text, written) || isRest(text, written))
      return false;
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

/** Whether a text is what the run wrote; a number in any writing. */
export function isWritten(text: string, { numbers, texts }: Written): boolean {
  return texts.has(text) || [...numbers].some((number) => isSameNumber(text, number));
}

/** A shorter beginning or word may be anybody's. */
const shortestRest = 8;
/** The words of a longer text are those of any note. */
const longestTitle = 64;

/** Whether a text is what a CRM left of one that the run wrote: its beginning, or a word of a name or a subject. */
function isRest(text: string, { texts }: Written): boolean {
  const rest = text.replace(/\s*(…|\.{3})$/, '').toLowerCase();
  if (rest.length < shortestRest) return false;
  return [...texts].some(
    (whole) =>
      whole.slice(0, rest.length).toLowerCase() === rest ||
      (whole.length <= longestTitle && whole.toLowerCase().split(/\s+/).includes(rest)),
  );
}

/** What a call or a message says, under whichever key. */
const logText = /subject|body|text|content|message|summary|note|comment|descri/i;

export function isTextOfLog([key, text]: readonly [string, string]): boolean {
  return logText.test(key) && /\p{L}/u.test(text);
}

/** Whether a record that names a contact of the run as the one it belongs to says nothing that the run did not write. */
export function belongsTo(
  record: Record<string, unknown>,
  ids: ReadonlySet<string>,
  written: Written,
  isMarked: (text: string) => boolean,
): boolean {
  const linked = Object.entries(record).some(
    ([key, id]) =>
      /^contact_?id$/i.test(key) && (typeof id === 'string' || typeof id === 'number') && ids.has(String(id)),
  );
  if (!linked) return false;
  return leavesOf(record).every(([key, text]) => {
    if (text.trim() === '' || isMarked(text) || isWritten(text, written) || isRest(text, written))
      return true;
    if (idKey.test(key) && idToShow(text) === text) return true;
    return !isAddress(text) && !isNumber(key, text) && !personal.test(key) && !logText.test(key);
  });
}

/** Whose a call is. */
const holderKey = /^(contact|person|party|who|lead|customer|client)s?(_?id)?$/i;

/** Whether a call or message record says something, nothing of it is the run's, and it is somebody else's contact whom it names. */
export function isForeignLog(
  record: object,
  ids: ReadonlySet<string>,
  written: Written,
  isMarked: (text: string) => boolean,
): boolean {
  const texts = leavesOf(record).filter(([, text]) => text.trim() !== '');
  const holders = texts.flatMap(([key, text]) =>
    holderKey.test(key) && idToShow(text) === text ? [text] : [],
  );
  if (holders.length === 0 || holders.some((id) => ids.has(id)) || !texts.some(isTextOfLog)) return false;
  return !texts.some(([, text]) => isMarked(text) || isWritten(text, written) || isRest(text, written));
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
