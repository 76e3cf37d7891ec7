import { isSameId } from './ids.ts';
import { asId } from './read-answer.ts';

/** Whether a name may be what became of the written one: cut, split or recased, but with a word of it left. */
export function mayBe(name: string | null, written: string): boolean {
  if (name === null || name.trim() === '' || isSameName(name, written)) return true;
  return written
    .split(' ')
    .some((word) => word.length > 3 && name.toLowerCase().includes(word.toLowerCase()));
}

/** Whether two names are one, but for case and white space. */
export function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  return name.trim().replace(/\s+/g, ' ').normalize('NFC').toLowerCase();
}

const nameKey = /^(full|display|contact)?[_-]?name$|^(first|last|given|family)[_-]?name$/i;

/** Who did it is in another table, where another may have the same id. */
const acting = /(created|modified|updated|changed|assigned)_?by|owner|user|author|agent/i;

/**
 * Names that an answer has of the record with this id, however deep it stands: what an `idPath` that leads to a contact
 * would show of it.
 */
export function namesOf(id: string | number, value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 5) return [];
  if (Array.isArray(value)) return value.flatMap((inner) => namesOf(id, inner, depth + 1));
  const entries = Object.entries(value);
  if (!entries.some(([key, inner]) => /^@?_?id$/i.test(key) && isSameId(asId(inner), id)))
    return entries.flatMap(([key, inner]) => (acting.test(key) ? [] : namesOf(id, inner, depth + 1)));
  return entries.flatMap(([key, name]) =>
    nameKey.test(key) && typeof name === 'string' && name.trim() !== '' ? [name] : [],
  );
}
