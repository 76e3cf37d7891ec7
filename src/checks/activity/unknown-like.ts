import { createHash } from 'node:crypto';
import type { RecordId } from '../../crm/types.ts';

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';

/**
 * An id that no record has and that looks like this one: a number stays a number, a UUID a UUID, a prefix (`9x`, `A`)
 * stays what it is. The same for the same seed.
 */
export function unknownLike(id: RecordId, seed: string): RecordId {
  const text = String(id);
  const bytes = createHash('sha256').update(`unknown id:${seed}`).digest();
  const number = /\d+$/.exec(text);
  // Nine digits fit where 32 bits fit, and are far from what a CRM has counted up to.
  const far = `9${[...bytes.subarray(0, 8)].map((byte) => byte % 10).join('')}`;
  if (number && !isRandomLooking(text)) {
    const changed = text.slice(0, number.index) + number[0].slice(0, -far.length) + far;
    return typeof id === 'number' ? Number(changed) : changed;
  }
  const kept = Math.max(0, text.length - 12);
  const hexadecimal = /^[\da-f-]+$/i.test(text);
  return (
    text.slice(0, kept) +
    [...text.slice(kept)].map((sign, at) => another(sign, bytes[at] ?? 0, hexadecimal)).join('')
  );
}

/** Letters and digits mixed: a UUID, an object id. */
function isRandomLooking(text: string): boolean {
  return text.length >= 8 && (text.match(/\d[a-z]|[a-z]\d/gi)?.length ?? 0) >= 2;
}

/** Another sign of the same kind. */
function another(sign: string, byte: number, hexadecimal: boolean): string {
  const small = hexadecimal ? lower.slice(0, 6) : lower;
  const kind = [digits, small, small.toUpperCase()].find((signs) => signs.includes(sign));
  if (kind === undefined) return sign;
  return kind.charAt((kind.indexOf(sign) + 1 + (byte % (kind.length - 1))) % kind.length);
}
