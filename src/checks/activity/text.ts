import type { LogRecord } from '../../crm/types.ts';

/**
 * Whether a text stands anywhere in an answer, white space folded. Capitals do not count: a CRM that writes in
 * capitals has lost nothing that it could be asked for; activity.read tells of it.
 */
export function contains(raw: unknown, text: string): boolean {
  return standsIn(raw, text, (one) => fold(one).toLowerCase());
}

/** The same, letter by letter. */
export function containsAsWritten(raw: unknown, text: string): boolean {
  return standsIn(raw, text, fold);
}

function standsIn(raw: unknown, text: string, form: (text: string) => string): boolean {
  if (typeof raw === 'string') return form(raw).includes(form(text));
  if (typeof raw !== 'object' || raw === null) return false;
  return Object.values(raw).some((value) => standsIn(value, text, form));
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * Where a text of the record's body is looked for: in what is mapped, if that gave a text of this very record before,
 * for elsewhere App Connect does not see it; else in the whole answer.
 */
export function bodyIn({ fullBody, note, raw }: LogRecord, before: LogRecord): unknown {
  return before.fullBody === null && before.note === null ? raw : [fullBody, note];
}

/** The text that App Connect goes on from when it updates a log. */
export function textOf({ fullBody, note }: LogRecord): string {
  return fullBody ?? note ?? '';
}
