import { readInstant } from '../../app-connect/instant.ts';
import { isSecretName } from '../../http/secret-names.ts';
import { mark } from '../../http/secret-places.ts';
import { isDerived, type Rewritten } from './derived.ts';
import { contains } from './text.ts';

/** Every leaf of an answer with its path (`data.items.0.id`). */
export function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

/** The key of a leaf; in a list that of the list. */
export function lastKey(path: string): string {
  return path.split('.').findLast((key) => !/^\d+$/.test(key)) ?? path;
}

/** A key with its words apart: `exchangeId` is `exchange_Id`, in which no word begins with `chang`. */
export function inWords(key: string): string {
  return key.replace(/([a-z\d])([A-Z])/g, '$1_$2');
}

export interface LeafChange {
  path: string;
  before: string;
  /** null: gone. */
  after: string | null;
}

/** Words of times of modification, versions, counters and histories: they change with every update, and ought to. */
const ofTheRecord =
  /(?<![a-z])(last|date|time)?(modif|modstamp|updat|chang|edited|editor|edit(?![a-z])|touched|write_?date|mtime|(tms|datem)(?![a-z])|version|revision|rev(?![a-z])|etag|sequence|counter|last_?activity|histor|audit|journal|timeline)/i;

/** Words of what is calculated from a text. The `length` of a call is its own, and so is the size of a party. */
const ofTheText =
  /(?<![a-z])(hash(?![a-z])|checksum|digest|fingerprint|md5|sha_?\d*(?![a-z])|crc_?\d*(?![a-z])|(content|body|text|note|char|character|word|line|byte)s?_?(length|size|count))|^(size|bytes)$/i;

/**
 * What changed between two reads of a record, but for what changes anyway, what the update itself wrote, and what the
 * CRM makes from that: an excerpt, a length, a checksum.
 * @param written texts that the update named: a leaf that contained the old or contains the new one is its business,
 * unless it is empty now
 * @param earlier the record as it was read before, with the same in it: what differs changes with every reading
 */
export function unnamedChanges(
  before: unknown,
  after: unknown,
  written: readonly string[],
  earlier: unknown = before,
): LeafChange[] {
  const now = new Map(leaves(after));
  const then = new Map(leaves(earlier));
  // An empty text stands in every other.
  const named = written.filter((one) => one.trim() !== '');
  const isNamed = (text: unknown) => named.some((one) => contains(text, one));
  const rewritten = leaves(before).flatMap(([path, old]): Rewritten[] => {
    const value = now.get(path);
    const text = typeof old === 'string' && typeof value === 'string' && old !== value && isNamed(value);
    return text ? [{ before: old, after: value }] : [];
  });
  const isMade = (path: string, old: unknown, value: unknown) =>
    rewritten.length > 0 &&
    (ofTheText.test(inWords(lastKey(path))) || rewritten.some((text) => isDerived(old, value, text)));
  return leaves(before).flatMap(([path, old]): LeafChange[] => {
    const value = now.get(path);
    if (Object.is(old, value) || !Object.is(old, then.get(path)) || isOfTheRecord(path, old, value))
      return [];
    const cleared = isEmpty(value) && !isEmpty(old);
    if (!cleared && (isNamed(old) || isNamed(value) || isMade(path, old, value))) return [];
    const shown = isSecretName(path.split('.').at(-1) ?? '') ? () => mark : clip;
    return [{ path, before: shown(old), after: now.has(path) ? shown(value) : null }];
  });
}

/** By its key, by that of the list in which it stands (`changes.0.by`), or by itself. */
function isOfTheRecord(path: string, old: unknown, value: unknown): boolean {
  const keys = path.split('.');
  const lists = keys.filter((_key, at) => /^\d+$/.test(keys[at + 1] ?? ''));
  return [lastKey(path), ...lists].some((key) => ofTheRecord.test(inWords(key))) || movedOn(path, old, value);
}

/**
 * A time that has moved on by a few minutes is when the record was last touched, whatever its name: the calls of a run
 * ended longer before they were written. An id may look like a time.
 */
function movedOn(path: string, old: unknown, value: unknown): boolean {
  const [from, to] = [readInstant(old), readInstant(value)];
  if (from === null || to === null || /id$/i.test(lastKey(path))) return false;
  return to.ms > from.ms && to.ms - from.ms < 5 * 60_000;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false;
}

function clip(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
