import {
  belongsTo,
  confirms,
  hasForeignDetail,
  isForeignLog,
  isWritten,
  saysForeign,
  type Written,
} from './foreign.ts';
import { idToShow, maskedText, maskedValue } from './masked.ts';
import { maskedXml } from './masked-xml.ts';
import { idOf, isMapOfRecords, isRecord, isRecordOfPerson, logIdOf, looksLikeRecord } from './records.ts';
import { isRefusal, withMessages } from './refusal.ts';
import type { Strangers } from './strangers.ts';
import type { CallLogChange, RecordId } from './types.ts';

/** What a run may say about records: its own are its own, everybody else's are counted. */
export interface Ownership {
  /** Stands in every text that the run writes; ends in the run's id, which no CRM splits. */
  marker: string;
  /** Ids of contacts that the run created, or that the profile names as fixtures. Another table may have the same ids. */
  ids: ReadonlySet<string>;
  /** Ids of call and message records that the run created. A contact may have the same ids. */
  logs?: ReadonlySet<string>;
  /** What was written into these contacts, and into calls and messages. */
  written?: Written & { texts: Set<string> };
  /** Ids under which a search or a read showed a record with the marker: these are the run's beyond doubt. */
  seen?: { contacts: Set<string>; logs: Set<string> };
  /** Is told of a call that an update made beside the one it was to change. */
  copied?(id: RecordId, call: Pick<CallLogChange, 'contactId' | 'subject'>): void;
  /** Everybody else whom an answer has shown. */
  strangers?: Strangers;
  /** The ids are those of fixtures: of them more is known to the CRM than was written. */
  fixtures?: boolean;
}

/**
 * What the evidence may show of an answer. `search`: nothing but ids of whoever is not the run's own. `read`: the
 * same of a record that is not the one that was asked for, and of its neighbours in a list. `write`: of neighbours, and
 * of whoever is named in place of the record that was written.
 */
export type Showing = 'search' | 'read' | 'write';

/** An error is shown as it is; so much text is not an error. */
const longestError = 2000;
const longestLine = 64;

const nothing: Written = { numbers: new Set(), texts: new Set() };

/**
 * The body of an answer as the evidence may show it: of records that the run did not create keys and ids stay, and
 * every name, number and note goes.
 * @param status an error (from 400) is shown, but for records in it
 */
export function withholdStrangers(body: unknown, own: Ownership, showing: Showing, status: number): unknown {
  const shown = withoutRecords(body, own, showing, status);
  // What a refusal says in a sentence is shown, and a refusal may come with 200.
  return status >= 400 || showing === 'write' ? (own.strangers?.withoutThem(shown) ?? shown) : shown;
}

function withoutRecords(body: unknown, own: Ownership, showing: Showing, status: number): unknown {
  const error = status >= 400;
  if (typeof body === 'string') {
    const xml = maskedXml(body, (document) => withoutRecords(document, own, showing, status));
    if (xml !== null) return xml;
    if (error && body.length <= longestError) return body;
    const shown =
      showing !== 'search' && (isMarkAlone(body, own) || (showing === 'write' && isReceipt(body)));
    return shown || (showing === 'read' && idToShow(body.trim()) === body.trim()) ? body : maskedText(body);
  }
  const nobodys = showing === 'read' && !error && !hasOwn(body, own);
  if (nobodys) return strangersMasked(body, own, 'linked');
  if (showing === 'search' && !error) return strangersMasked(body, own);
  return neighboursMasked(body, { own, showing, error }, false);
}

/** The answer without the neighbours of the run's own records: what changes in those is not the run's doing. */
export function withoutNeighbours(body: unknown, own: Ownership): unknown {
  if (Array.isArray(body)) {
    const mine = body.filter((entry) => isOwn(entry, own));
    return (mine.length > 0 ? mine : body).map((entry) => withoutNeighbours(entry, own));
  }
  if (!isRecord(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, withoutNeighbours(value, own)]));
}

/** A short line with the marker, as such a text is shown in JSON, too. A row of a table may have others in it. */
function isMarkAlone(text: string, own: Ownership): boolean {
  return text.length <= longestLine && /^[^\n\r\t;,|<>[\]{}@]+$/.test(text.trim()) && isMarked(text, own);
}

/** `101`, `OK`, `Created contact 101` */
function isReceipt(text: string): boolean {
  const words = text.trim().split(/\s+/);
  if (words.length === 1) return idToShow(text.trim()) === text.trim();
  const others = words
    .map((word) => word.replace(/^[#"'(]+|[.,:!"')]+$/g, ''))
    .filter((word) => word !== '' && !wordOfReceipt.test(word));
  return others.length === 0 || (others.length === 1 && others.every(isPlainId));
}

function isPlainId(word: string): boolean {
  return /\d/.test(word) && idToShow(word) === word;
}

/** No word that is a name, too. */
const wordOfReceipt =
  /^(ok|success|successful|successfully|done|the|a|an|new|has|have|been|was|is|with|as|id|contact|person|record|entry|call|log|note|message|activity|task|created|saved|added|stored|updated|changed|deleted|removed|logged)$/i;

/** @param linked a record without an id of its own may name the run's contact instead */
function strangersMasked(value: unknown, own: Ownership, linked?: 'linked'): unknown {
  const { ids, written = nothing } = own;
  const marked = (text: string) => isMarked(text, own);
  const isLinked = (record: object) =>
    linked !== undefined &&
    isRecord(record) &&
    logIdOf(record) === null &&
    belongsTo(record, ids, written, marked);
  return maskedValue(value, {
    isShown: (record) => isOwn(record, own) || isLinked(record),
    isKept: marked,
    meets: (record) => own.strangers?.meet(record, (text) => marked(text) || isWritten(text, written)),
  });
}

interface Asked {
  own: Ownership;
  showing: Showing;
  error: boolean;
}

function neighboursMasked(value: unknown, asked: Asked, inOwn: boolean, key = ''): unknown {
  const { own } = asked;
  if (Array.isArray(value)) {
    const mixed = value.some((entry) => isOwn(entry, own));
    return value.map((entry) => {
      // Whoever is in the way may stand there by name alone.
      if (typeof entry === 'string' && inTheWay.test(key)) return strangersMasked(entry, own);
      if (isOwn(entry, own)) return neighboursMasked(entry, asked, true, key);
      const another = looksLikeRecord(entry) || (mixed && looksLikeLog(entry));
      const shown = !another || (asked.error && isRefusal(entry) && !inTheWay.test(key)) || (inOwn && !mixed);
      return shown ? neighboursMasked(entry, asked, inOwn, key) : strangersMasked(entry, own);
    });
  }
  if (!isRecord(value)) return value;
  const mine = inOwn || isOwn(value, own);
  if (!mine && isStranger(value, asked, key)) {
    const masked = strangersMasked(value, own);
    return asked.error && !inTheWay.test(key) ? withMessages(masked, value) : masked;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, neighboursMasked(inner, asked, mine, name)]),
  );
}

/** A word for somebody whom a refusal finds in the way. */
const inTheWay = /exist|duplicat|conflict|match|candidate|similar/i;

/** Somebody else's record in place of the one that was asked for or written. */
function isStranger(value: Record<string, unknown>, { own, showing, error }: Asked, key: string): boolean {
  const { written = nothing } = own;
  if (error && isRefusal(value) && !inTheWay.test(key)) return false;
  if (isMapOfRecords(value)) return !(error && Object.values(value).every(isRefusal));
  if (!looksLikeRecord(value)) return false;
  if (showing === 'read' && !error && idOf(value) !== null) return true;
  if (idOf(value) !== null || inTheWay.test(key))
    return saysForeign(value, written, (text) => isMarked(text, own), false);
  return hasForeignDetail(value, written);
}

function looksLikeLog(value: unknown): boolean {
  return (
    isRecord(value) && Object.keys(value).some((key) => /subject|body|note|text|comment|descri/i.test(key))
  );
}

/** Whether anything in an answer is the run's. */
function hasOwn(value: unknown, own: Ownership): boolean {
  if (typeof value === 'string') return isMarked(value, own);
  if (typeof value !== 'object' || value === null) return false;
  return isOwn(value, own) || Object.values(value).some((inner) => hasOwn(inner, own));
}

/** Whether a record is the run's: by the marker in one of its texts, or by its id where nothing in it contradicts. */
function isOwn(entry: unknown, own: Ownership): boolean {
  if (!isRecord(entry)) return false;
  if (ownTexts(entry).some((text) => isMarked(text, own))) return true;
  const { written = nothing } = own;
  const marked = (text: string) => isMarked(text, own);
  const logId = logIdOf(entry);
  if (logId !== null && own.logs?.has(String(logId)) && !isRecordOfPerson(entry))
    return !isForeignLog(entry, own.ids, written, marked);
  const id = idOf(entry);
  if (id === null || !own.ids.has(String(id))) return false;
  return own.fixtures === true ? confirms(entry, written) : !saysForeign(entry, written, marked, true);
}

/** Texts of a record and of its parts, but not of records within it. */
function ownTexts(value: object, depth = 0): string[] {
  return Object.values(value).flatMap((inner): string[] => {
    // JSON in a text is an answer of its own.
    if (typeof inner === 'string') return /^\s*[[{]/.test(inner) ? [] : [inner];
    if (typeof inner !== 'object' || inner === null || depth > 3) return [];
    // A longer list may be a column with a text of each record.
    if (Array.isArray(inner)) return inner.length === 1 ? ownTexts(inner, depth + 1) : [];
    return looksLikeRecord(inner) ? [] : ownTexts(inner, depth + 1);
  });
}

/** Whether a text has the marker in it, or what a CRM left of it. */
export function isMarked(text: string, { marker }: Ownership): boolean {
  return text.toLowerCase().includes((marker.split(' ').at(-1) ?? marker).toLowerCase());
}
