/** What a run may say about records: its own are its own, everybody else's are counted. */
export interface Ownership {
  /** Stands in every text that the run writes. */
  marker: string;
  /** Ids of records that the run created or that the profile names as fixtures. */
  ids: ReadonlySet<string>;
}

const longestKept = 300;

/**
 * The body of an answer to a search as the evidence may show it: records in lists that the run did not create keep
 * their id and nothing else; long texts that are no JSON are withheld whole.
 */
export function withholdStrangers(body: unknown, own: Ownership): unknown {
  if (typeof body === 'string') {
    return body.length <= longestKept || body.includes(own.marker)
      ? body
      : `‹${body.length} characters withheld: records that this run did not create may be among them›`;
  }
  if (Array.isArray(body)) return body.map((entry) => (isRecord(entry) ? entryOf(entry, own) : entry));
  if (!isRecord(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, withholdStrangers(value, own)]));
}

function entryOf(entry: Record<string, unknown>, own: Ownership): unknown {
  if (isOwn(entry, own)) return withholdStrangers(entry, own);
  // `items[].item` and the like: the record is one level down.
  const id =
    idOf(entry) ??
    Object.values(entry)
      .filter(isRecord)
      .map(idOf)
      .find((found) => found !== null) ??
    null;
  return { id, '‹withheld›': 'a record that this run did not create' };
}

/** Whether a raw record carries the run's marker or the id of one of its records. */
export function isOwn(entry: unknown, own: Ownership): boolean {
  if (typeof entry === 'string') return entry.includes(own.marker);
  if (!isRecord(entry) && !Array.isArray(entry)) return false;
  const id = isRecord(entry) ? idOf(entry) : null;
  return (id !== null && own.ids.has(String(id))) || Object.values(entry).some((value) => isOwn(value, own));
}

function idOf(entry: Record<string, unknown>): string | number | null {
  const key = Object.keys(entry).find((name) => /^(_?id|.*[a-z]Id|.*_id|.*ID|objectId|uuid)$/.test(name));
  const value = key === undefined ? undefined : entry[key];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
