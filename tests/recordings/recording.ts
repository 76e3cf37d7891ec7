import { readFileSync } from 'node:fs';

/** A request as it was sent to a real system. `Host` and `Content-Length` are left out. */
export interface RecordedRequest {
  method: string;
  /** Path and query exactly as on the wire. */
  url: string;
  /** Credentials are placeholders: `<api-key>`, `Bearer <access-token>`. */
  headers: Record<string, string>;
  body?: unknown;
}

export interface RecordedResponse {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: unknown;
  /** Only the meaningful fields were kept: what is absent here was not absent there. */
  __trimmed?: true;
}

export interface RecordedExchange {
  id: string;
  intent: string;
  request: RecordedRequest;
  response: RecordedResponse;
}

/** One search: which of the contacts came back. Its body was not kept. */
export interface SearchRow {
  /** The kind of search, such as `equals phoneNumber`. */
  request: string;
  /** The number as it is stored; `-` where it is nobody's. */
  stored: string;
  /** How it was asked for: `e164-%2B`, `e164-raw+`, `e164` (in a body), `digits`, `nsn`, `national`; or what nobody's number it is. */
  form: string;
  url: string;
  status: number;
  /** Numbers of the contacts found; `pre:` marks a contact that was there before. */
  matched?: string[];
  /** Whether the contact with `stored` was among them. */
  found?: boolean;
  error?: unknown;
  /** JSON-RPC only: what was searched for. */
  domain?: unknown;
}

export interface Recording {
  crm: string;
  exchanges: RecordedExchange[];
  searchMatrix: SearchRow[];
}

export type RecordedName = 'espocrm' | 'suitecrm' | 'dolibarr' | 'odoo';

export function readRecording(name: RecordedName): Recording {
  return JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), 'utf8'));
}

/** @throws {Error} when there is no such exchange */
export function exchangeOf(recording: Recording, id: string): RecordedExchange {
  const found = recording.exchanges.find((exchange) => exchange.id === id);
  if (!found) throw new Error(`${recording.crm} has no exchange ${id}`);
  return found;
}

/** @throws {Error} when there is no such row */
export function rowOf(recording: Recording, request: string, stored: string, form: string): SearchRow {
  const found = recording.searchMatrix.find(
    (row) => row.request === request && row.stored === stored && row.form === form,
  );
  if (!found) throw new Error(`${recording.crm} has no search “${request}” for ${stored} by ${form}`);
  return found;
}
