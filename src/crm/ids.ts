import type { RecordId } from './types.ts';

const guid = /^\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;
/** Salesforce: 15 characters whose case counts, or the same with three more that make it count for nothing. */
const withChecksum = (long: string, short: string) =>
  /^[0-9a-z]{18}$/i.test(long) && /^[0-9a-z]{15}$/i.test(short) && long.startsWith(short);

/** Whether two ids name the same record: a GUID may be in either case, and a Salesforce id of either length. */
export function isSameId(one: RecordId | null, other: RecordId | null): boolean {
  if (one === null || other === null) return one === other;
  const [a, b] = [String(one), String(other)];
  if (a === b || withChecksum(a, b) || withChecksum(b, a)) return true;
  return guid.test(a) && guid.test(b) && bare(a) === bare(b);
}

function bare(id: string): string {
  return id.toLowerCase().replace(/[{}-]/g, '');
}

/** So many records may others create while a run creates its own. */
const mostBetween = 100;

/** Whether an id follows another one closely, where a CRM counts: `1042` after `1040`, `C-0043` after `C-0042`. */
export function follows(one: RecordId, other: RecordId): boolean {
  const [a, b] = [counted(one), counted(other)];
  if (a === null || b === null || a.before !== b.before) return false;
  return a.count > b.count && a.count - b.count <= mostBetween;
}

function counted(id: RecordId): { before: string; count: number } | null {
  const [, before, digits] = /^(\D*)(\d{1,15})$/.exec(String(id)) ?? [];
  return before === undefined || digits === undefined ? null : { before, count: Number(digits) };
}
