import { createRequire } from 'node:module';
import type { XMLParser } from 'fast-xml-parser';
import type { HttpAnswer, Redaction } from '../http/types.ts';
import type { AnswerView } from './types.ts';

// Most CRMs speak JSON: the parser is loaded by the first answer in XML. Not by `import()`, because redaction must know
// the session token of an answer before that answer is recorded, and cannot wait.
const require = createRequire(import.meta.url);
let parser: XMLParser | undefined;

function parseXml(text: string): unknown {
  if (!parser) {
    // In a statement of its own: the compiler (7.0.2) drops the parentheses of `new (require(…)).XMLParser(…)`.
    const { XMLParser: Parser } = require('fast-xml-parser') as typeof import('fast-xml-parser');
    parser = new Parser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      removeNSPrefix: true,
      parseTagValue: false,
      // What a CRM does to the ends of a text is its own doing, and is to be seen.
      trimValues: false,
    });
  }
  return withoutIndentation(parser.parse(text));
}

const indented = /^\s*\n[\s\S]*\n\s*$/;

/** Without the white space that only sets out a document: between elements, and around a text on lines of its own. */
function withoutIndentation(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' || indented.test(value) ? value.trim() : value;
  if (Array.isArray(value)) return value.map(withoutIndentation);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, text]) => key !== '#text' || String(text).trim() !== '')
      .map(([key, inner]) => [key, withoutIndentation(inner)]),
  );
}

/** The body of an answer as expressions see it: JSON, else XML as an object, else the text. */
export function readBody(answer: Pick<HttpAnswer, 'json' | 'headers' | 'text'>): unknown {
  if (answer.json !== undefined) return answer.json;
  const type = answer.headers['content-type'] ?? '';
  if (!xmlType.test(type) && !answer.text.startsWith('<?xml')) return answer.text;
  try {
    return parseXml(answer.text);
  } catch {
    // Broken XML is an answer too: the mapping will say that it found nothing in this text.
    return answer.text;
  }
}

/** Whether the body of an answer was XML. */
export function isXml({ headers, body }: Pick<AnswerView, 'headers' | 'body'>): boolean {
  // The declaration of a document stands beside its root element.
  const declared = typeof body === 'object' && body !== null && '?xml' in body;
  return declared || (typeof body === 'object' && xmlType.test(headers['content-type'] ?? ''));
}

const xmlType = /[/+]xml\b/;

const messageKeys = [
  'message',
  'error_description',
  'error',
  'detail',
  'title',
  'reason',
  'description',
  'errors',
  'msg',
];

/** Nobody reads on; and a page of megabytes takes long to search. */
const longestRead = 16 * 1024;
/** What lies this close to where a text was cut may be half of a secret. */
const margin = 2048;

/** Characters of the line. */
const longestSaid = 200;

/**
 * One line of what the CRM said, for a person: the message inside a JSON error where there is one, else the text.
 * A field that a refusal names stays in it: that is what an integrator needs.
 */
export function sayOf(body: unknown, headers: Record<string, string>, redaction: Redaction): string {
  const found = typeof body === 'string' ? pageText(body, redaction) : errorText(redaction.json(body));
  return shortened(found.trim() === '' ? (headers['x-status-reason'] ?? '') : found, redaction);
}

/** Whether an answer says at its top that something is wrong, whatever its status. A message may be a record, too. */
export function speaksOfError(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return Object.entries(body).some(
    ([key, value]) =>
      /^errors?(_?(description|message))?$/i.test(key) ||
      (/^(message|msg)$/i.test(key) && typeof value === 'string'),
  );
}

/** The text of an HTML or XML page, without its tags. */
export function pageText(html: string, redaction: Redaction): string {
  // Redacted with its tags: they may name what stands between them.
  return beginning(html, redaction)
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ');
}

/** One line, redacted before it is cut: half of a secret would not be recognised. */
export function shortened(text: string, redaction: Redaction, length = longestSaid): string {
  const line = beginning(text, redaction).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

function beginning(text: string, redaction: Redaction): string {
  const read = redaction.text(text.slice(0, longestRead));
  return text.length > longestRead ? read.slice(0, -margin) : read;
}

function errorText(body: unknown): string {
  return messageIn(body, 5) ?? JSON.stringify(body) ?? '';
}

function messageIn(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (depth === 0 || typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return messageIn(value[0], depth - 1);
  const fields = new Map(Object.entries(value));
  for (const key of messageKeys) {
    const inner = fields.get(key);
    const message = inner === undefined ? null : messageIn(inner, depth - 1);
    if (message === null) continue;
    const field = fields.get('field') ?? fields.get('param') ?? fields.get('path');
    return joined(typeof field === 'string' ? field : null, message, detailIn(fields, depth));
  }
  return detailIn(fields, depth);
}

/** Where the fields stand that a refusal names, beside a message that may only say that something is wrong. */
const detailKeys = ['errors', 'details', 'fields', 'fieldErrors', 'fieldViolations', 'violations'];

/** The first of the details, as `field: message`. */
function detailIn(fields: ReadonlyMap<string, unknown>, depth: number): string | null {
  for (const key of detailKeys) {
    const details = fields.get(key);
    const detail = messageIn(details, depth - 1) ?? fieldIn(details, depth - 1, key !== 'details');
    if (detail !== null) return detail;
  }
  return null;
}

/**
 * `{"phone": ["is invalid"]}`
 * @param texts `{"phone": "is invalid"}` too; among details, a text may be the id of the request
 */
function fieldIn(value: unknown, depth: number, texts: boolean): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  for (const [field, messages] of Object.entries(value)) {
    const message = texts || Array.isArray(messages) ? messageIn(messages, depth) : null;
    if (message !== null) return joined(field, message, null);
  }
  return null;
}

/** What is said already is not said again. */
function joined(field: string | null, message: string, detail: string | null): string {
  const has = (text: string) => message.toLowerCase().includes(text.toLowerCase());
  const named = field === null || has(field) ? message : `${field}: ${message}`;
  return detail === null || has(detail) ? named : `${named.replace(/[.:]\s*$/, '')}: ${detail}`;
}
