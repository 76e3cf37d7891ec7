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
