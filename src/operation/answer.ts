import type { HttpAnswer, Redaction } from '../http/types.ts';

/** The body of an answer as expressions see it: JSON, else XML as an object, else the text. */
export async function readBody(answer: HttpAnswer): Promise<unknown> {
  if (answer.json !== undefined) return answer.json;
  const type = answer.headers['content-type'] ?? '';
  if (!/[/+]xml\b/.test(type) && !answer.text.startsWith('<?xml')) return answer.text;
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
  });
  try {
    return parser.parse(answer.text) as unknown;
  } catch {
    // Broken XML is an answer too: the mapping will say that it found nothing in this text.
    return answer.text;
  }
}

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

/**
 * One line of what the CRM said, for a person: the message inside a JSON error where there is one, else the text.
 * A field that a refusal names stays in it: that is what an integrator needs.
 */
export function sayOf(body: unknown, headers: Record<string, string>, redaction: Redaction): string {
  const found =
    messageIn(body, 3) ?? (typeof body === 'string' ? stripTags(body) : (JSON.stringify(body) ?? ''));
  const reason = headers['x-status-reason'];
  const line = (found.trim() === '' && reason ? reason : found).replace(/\s+/g, ' ').trim();
  return redaction.text(line.length > 200 ? `${line.slice(0, 199)}…` : line);
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
    return typeof field === 'string' && !message.includes(field) ? `${field}: ${message}` : message;
  }
  return null;
}

function stripTags(html: string): string {
  return html.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');
}
