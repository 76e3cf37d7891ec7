import type { FormatId } from './formats.ts';

export type Cell = 'hit' | 'miss' | 'refused' | 'not-asked' | 'trouble';

/** Stored formats against queried formats: the result of the phone lookup. */
export interface Matrix {
  stored: { format: FormatId; text: string }[];
  queried: { format: FormatId | 'raw +'; label: string }[];
  /** One row for each stored format, one cell for each queried one. */
  cells: Cell[][];
  /** Formats that the CRM did not accept: facts, outside the matrix. */
  notStored: { format: FormatId; text: string; reason: string }[];
  /** Seconds that were waited before "not found" was believed. */
  waitedSeconds: number;
}

/** The share of the formats other than E.164 that E.164 finds; null when none of them could be measured. */
export function shareFound({ stored, cells }: Matrix): number | null {
  const asked = stored.flatMap(({ format }, row) => {
    const cell = cells[row]?.[0];
    return format !== 'e164' && (cell === 'hit' || cell === 'miss' || cell === 'refused') ? [cell] : [];
  });
  return asked.length === 0 ? null : asked.filter((cell) => cell === 'hit').length / asked.length;
}

/**
 * The fewest further formats that must be asked so that every stored one is found; null when no choice finds all.
 * By trying all choices, the small ones first: there are at most a few dozen.
 */
export function smallestSet({ stored, queried, cells }: Matrix): FormatId[] | null {
  const missed = stored.flatMap((_, row) => (cells[row]?.[0] === 'hit' ? [] : [row]));
  const columns = queried.flatMap(({ format }, column) =>
    column === 0 || format === 'raw +' ? [] : [{ format, column }],
  );
  for (let size = 0; size <= columns.length; size++) {
    for (const choice of choices(columns, size)) {
      const findsAll = missed.every((row) => choice.some(({ column }) => cells[row]?.[column] === 'hit'));
      if (findsAll) return choice.map(({ format }) => format);
    }
  }
  return null;
}

function* choices<T>(list: readonly T[], size: number): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [index, first] of list.entries()) {
    for (const rest of choices(list.slice(index + 1), size - 1)) yield [first, ...rest];
  }
}
