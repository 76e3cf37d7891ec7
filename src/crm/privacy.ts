import { maskedText, maskedValue } from './masked.ts';

/** What a run may say about records: its own are its own, everybody else's are counted. */
export interface Ownership {
  /** Stands in every text that the run writes; ends in the run's id, which no CRM splits. */
  marker: string;
  /** Ids of contacts that the run created, or that the profile names as fixtures. */
  ids: ReadonlySet<string>;
  /** Ids of call and message records that the run created. A contact may have the same ids. */
  logs?: ReadonlySet<string>;
  /** Ids under which a search or a read showed a record with the marker: these are the run's beyond doubt. */
  seen?: { contacts: Set<string>; logs: Set<string> };
  /** The ids are those of fixtures: their names are not the run's. */
  fixtures?: boolean;
}

/**
 * What the evidence may show of an answer. `search`: nothing but ids of whoever is not the run's own. `read`: the
 * same of a record that is not the one that was asked for, and of its neighbours in a list. `write`: of neighbours.
 */
export type Showing = 'search' | 'read' | 'write';

/** An error is shown as it is; so much text is not an error. */
const longestError = 2000;

/**
 * The body of an answer as the evidence may show it: of records that the run did not create keys and ids stay, and
 * every name, number and note goes.
 * @param status an error (from 400) is shown, but for lists of records
 */
export function withholdStrangers(body: unknown, own: Ownership, showing: Showing, status: number): unknown {
  const error = status >= 400;
  if (typeof body === 'string') {
    if (showing !== 'search' || (error && body.length <= longestError)) return body;
    return maskedText(body, (text) => isMarked(text, own));
  }
  if (showing !== 'search' || error) return neighboursMasked(body, own, showing, false);
  return strangersMasked(body, own);
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

function strangersMasked(value: unknown, own: Ownership): unknown {
  return maskedValue(value, {
    isShown: (record) => isOwn(record, own),
    isKept: (text) => isMarked(text, own),
  });
}

function neighboursMasked(value: unknown, own: Ownership, showing: Showing, inOwn: boolean): unknown {
  if (Array.isArray(value)) {
    const mixed = value.some((entry) => isOwn(entry, own));
    return value.map((entry) => {
      if (isOwn(entry, own)) return neighboursMasked(entry, own, showing, true);
      const shown = !looksLikeRecord(entry) || (inOwn && !mixed);
      return shown ? neighboursMasked(entry, own, showing, inOwn) : strangersMasked(entry, own);
    });
  }
  if (!isRecord(value)) return value;
  const mine = inOwn || isOwn(value, own);
  if (!mine && isMapOfRecords(value)) return strangersMasked(value, own);
  // Somebody else's record in place of the one that was asked for.
  if (!mine && showing === 'read' && looksLikeRecord(value) && idOf(value) !== null)
    return strangersMasked(value, own);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, neighboursMasked(inner, own, showing, mine)]),
  );
}

/** Whether a record is the run's: by the marker in one of its texts, or by its id where no name contradicts. */
function isOwn(entry: unknown, own: Ownership): boolean {
  if (!isRecord(entry)) return false;
  if (ownTexts(entry).some((text) => isMarked(text, own))) return true;
  const id = idOf(entry);
  if (id === null) return false;
  if (own.logs?.has(String(id)) && !isRecordOfPerson(entry)) return true;
  return own.ids.has(String(id)) && (own.fixtures === true || !isNamed(entry));
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

const personal = /name|phone|mobile|email/i;

function isRecordOfPerson(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).some((key) => personal.test(key));
}

function isNamed(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.entries(value).some(([key, text]) => /name/i.test(key) && typeof text === 'string' && text !== '')
  );
}

/** Something with an id or a name of its own. */
function looksLikeRecord(value: unknown): boolean {
  return isRecord(value) && (idOf(value) !== null || isRecordOfPerson(value));
}

/** `{"17": {…}, "18": {…}}` */
function isMapOfRecords(value: Record<string, unknown>): boolean {
  const entries = Object.values(value);
  return entries.length > 1 && entries.every(looksLikeRecord);
}

function idOf(entry: Record<string, unknown>): string | number | null {
  const key = Object.keys(entry).find((name) => /^(@?_?id|objectId|uuid|guid)$/i.test(name));
  const value = key === undefined ? undefined : entry[key];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
