import { createHash } from 'node:crypto';
import { TemplateError } from '../profile/filters/template-error.ts';
import type { RequestHeaders } from './headers.ts';
import { pairsOf } from './query.ts';

/**
 * The body of a request as axios 1.x sends it, and the content type that follows from it.
 * A record becomes JSON unless the content type says form or multipart; a text goes as it is, unless the type is JSON.
 * @returns undefined where no body is sent
 * @throws {TemplateError} for a number or `true` that is not sent as JSON: App Connect's client refuses it
 */
export function encodeBody(
  value: unknown,
  method: string,
  headers: RequestHeaders,
  place: string,
): string | undefined {
  const contentType = headers.get('content-type');
  if (isRecord(value) && contentType.includes('application/x-www-form-urlencoded')) {
    return new URLSearchParams(pairsOf(value)).toString();
  }
  if (isRecord(value) && contentType.includes('multipart/form-data')) return multipart(value, headers);
  if (isRecord(value) || contentType.includes('application/json')) {
    headers.setDefault('content-type', 'application/json');
    return json(value);
  }
  if (['POST', 'PUT', 'PATCH'].includes(method)) {
    headers.setDefault('content-type', 'application/x-www-form-urlencoded');
  }
  if (!value) return undefined;
  if (typeof value === 'string') return value;
  throw new TemplateError(
    `${place} renders to ${String(value)}: App Connect sends a bare ${typeof value} only with the content type application/json`,
  );
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A text that is JSON already is not wrapped in quotes again. */
function json(value: unknown): string | undefined {
  if (typeof value === 'string') {
    try {
      JSON.parse(value);
      return value.trim();
    } catch {
      // No JSON: it becomes a JSON string below.
    }
  }
  return JSON.stringify(value);
}

function multipart(value: object, headers: RequestHeaders): string {
  const pairs = pairsOf(value);
  // App Connect draws the boundary at random. A digest of the fields cannot stand in them, and needs no luck to test.
  const digest = createHash('sha256').update(JSON.stringify(pairs)).digest('hex');
  const boundary = `--------------------------${digest.slice(0, 24)}`;
  headers.set('content-type', `multipart/form-data; boundary=${boundary}`);
  const parts = pairs.map(
    ([name, text]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"\r\n\r\n${text}\r\n`,
  );
  return parts.length === 0 ? '' : `${parts.join('')}--${boundary}--\r\n`;
}

/** Field names by the HTML standard's multipart/form-data encoding. */
function escaped(name: string): string {
  return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
