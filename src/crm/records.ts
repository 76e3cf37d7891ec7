import { textKey } from './masked-xml.ts';

const personKey = /name|phone|mobile|email/i;

export function isRecordOfPerson(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).some((key) => personKey.test(key));
}

/** Something with an id or a name of its own. */
export function looksLikeRecord(value: unknown): boolean {
  return isRecord(value) && (idOf(value) !== null || isRecordOfPerson(value));
}

/** `{"17": {…}, "18": {…}}` */
export function isMapOfRecords(value: Record<string, unknown>): boolean {
  const entries = Object.values(value);
  return entries.length > 1 && entries.every(looksLikeRecord);
}

export function idOf(entry: Record<string, unknown>): string | number | null {
  // The id of a request.
  if ('jsonrpc' in entry) return null;
  return idUnder(/^(@?_?id|objectId|uuid|guid)$/i, entry);
}

function idUnder(key: RegExp, entry: Record<string, unknown>): string | number | null {
  const found = Object.entries(entry).find(([name]) => key.test(name))?.[1];
  // `<id type="integer">7</id>`
  const value = isRecord(found) ? found[textKey] : found;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** The id of a call or message record, where a CRM names the key after the kind: `activityid`. */
export function logIdOf(entry: Record<string, unknown>): string | number | null {
  return idOf(entry) ?? idUnder(logIdKey, entry);
}

const logIdKey = /^(activity|phone_?call|call|call_?log|log|message|task|event|engagement|interaction)_?id$/i;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every text and number of a record with its key, in a list that of the list; not those that `isLeftOut`. */
export function leavesOf(
  value: unknown,
  isLeftOut: (inner: object) => boolean = () => false,
  key = '',
): [string, string][] {
  if (typeof value === 'string' || typeof value === 'number') return [[key, String(value)]];
  if (Array.isArray(value))
    return value.flatMap((entry) =>
      isRecord(entry) && isLeftOut(entry) ? [] : leavesOf(entry, isLeftOut, key),
    );
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    isRecord(inner) && isLeftOut(inner) ? [] : leavesOf(inner, isLeftOut, name === textKey ? key : name),
  );
}
