import { parseJson } from '../http/read-answer.ts';
import { textKey } from './masked-xml.ts';

/** What stands in place of a text that is nobody's business. */
export const withheld = '‹withheld›';

/** What may be shown. */
export interface Masking {
  /** Whether a record, with its parts, is shown as it is. */
  isShown(record: object): boolean;
  /** Whether a text is shown wherever it stands. */
  isKept(text: string): boolean;
  /** Is told of every record that is not shown. */
  meets?(record: object): void;
}

/** From here on a number may be a phone number. */
const shortestPhone = 1_000_000;
const longestId = 64;
/** A longer text may speak of others too. */
const longestName = 64;
const longestMessage = 300;

/** Keys of an envelope whose texts speak of the request. In a record with a name they may be anything. */
const envelope =
  /^(errors?|error_?(description|code|message)|messages?|msg|details?|reason|code|status|statusCode|success|type|object|kind|field|param)$/i;
export const idKey = /^(@?_?id|.*[a-z]Id|.*_id|.*ID|objectId|uuid|guid)$/i;
const person = /name|phone|mobile|email|address|birth|note|subject/i;
/** Keys under which a record within a record keeps who or what it is. */
const whoOrWhat = /name|title|phone|mobile|mail|address|birth|note|subject/i;

/** A copy with the same structure, in which texts and long numbers are withheld, but for ids and what is shown. */
export function maskedValue(value: unknown, masking: Masking, key = '', inEnvelope = true): unknown {
  if (typeof value === 'string') {
    const document = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    if (document !== undefined) return JSON.stringify(maskedValue(document, masking));
    if (value === '' || (value.length <= longestName && masking.isKept(value))) return value;
    if (idKey.test(key)) return idToShow(value);
    return inEnvelope && envelope.test(key) && value.length <= longestMessage ? value : withheld;
  }
  if (typeof value === 'number') return idKey.test(key) || Math.abs(value) < shortestPhone ? value : withheld;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => maskedValue(entry, masking, key, inEnvelope));
  if (masking.isShown(value)) return shown(value, masking);
  const keys = Object.keys(value);
  const record = keys.some((name) => idKey.test(name) || person.test(name));
  if (record) masking.meets?.(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner], index) => [
      keyToShow(name, inner, index),
      maskedValue(inner, masking, name === textKey ? key : name, inEnvelope && !record),
    ]),
  );
}

function parsed(text: string): unknown {
  return typeof parseJson(text) === 'object' ? parseJson(text) : undefined;
}

/** A record as it is, but for named records within it that are somebody else's. */
function shown(value: object, masking: Masking): unknown {
  const part = (inner: unknown): unknown => {
    if (typeof inner !== 'object' || inner === null) return inner;
    const another = isRecordWithin(inner) && !masking.isShown(inner);
    return another ? maskedValue(inner, masking) : shown(inner, masking);
  };
  if (Array.isArray(value)) return value.map(part);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, part(inner)]));
}

/** Something with an id that says who or what it is. */
export function isRecordWithin(value: object): boolean {
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return names.some((name) => idKey.test(name)) && names.some((name) => whoOrWhat.test(name));
}

/** An id, unless a name, a phone number or an e-mail address serves as one. */
export function idToShow(id: string | number | null): string | null {
  const text = id === null ? null : String(id);
  return text === null || (/^[^\s@+(),'<>]+$/.test(text) && text.length <= longestId) ? text : withheld;
}

/** Whoever keys a map by person shows a name or a number as a key; `First Name` is a field all the same. */
function keyToShow(key: string, value: unknown, index: number): string {
  const personal = /\d{7}/.test(key) || (typeof value === 'object' && value !== null && /[\s@+]/.test(key));
  return personal ? `${withheld} ${index + 1}` : key;
}

/** A text that is neither JSON nor XML, as the evidence may show it. */
export function maskedText(text: string): string {
  if (text.trim() === '') return text;
  return `‹${text.length} characters withheld: records that this run did not create may be among them›`;
}
