import type { FaultSwitch } from './faults.ts';
import { Refusal } from './http.ts';

const longText = 2000;

/**
 * What is kept of the body of a call: all of it, unless a fault says otherwise.
 * @throws {Refusal} 413 for a long text, with the fault `long-text-refused`
 */
export function keepText(text: string, fault: FaultSwitch): string {
  if (text.length > longText && fault('long-text-refused')) {
    throw new Refusal(413, 'too_long', `body is longer than ${longText} characters.`, { field: 'body' });
  }
  if (text.length > longText && fault('long-text-emptied')) return '';
  let kept = text;
  if (fault('text-trimmed')) kept = kept.replace(/[\r\n]+$/, '');
  if (fault('text-in-capitals')) kept = kept.toUpperCase();
  if (fault('line-breaks-lost')) kept = kept.replace(/\r?\n/g, ' ');
  if (fault('emoji-lost')) kept = kept.replace(/[\u{10000}-\u{10ffff}]/gu, '?');
  if (fault('markup-escaped')) kept = escapeHtml(kept);
  return fault('text-cut-at-255') ? kept.slice(0, 255) : kept;
}

const entities: Record<string, string> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#039;',
};

function escapeHtml(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => entities[sign] ?? sign);
}
