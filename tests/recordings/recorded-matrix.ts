import type { FormatId } from '../../src/checks/phone-lookup/formats.ts';
import type { Cell, Matrix } from '../../src/checks/phone-lookup/matrix.ts';
import type { Recording, SearchRow } from './recording.ts';

/** Writings of one country's numbers, one contact each. */
const stored = [
  { format: 'e164', text: '+14155550123' },
  { format: 'digits', text: '14155550127' },
  { format: 'significant', text: '4155550128' },
  { format: 'national', text: '(415) 555-0124' },
  { format: 'dashed', text: '415-555-0125' },
  { format: 'dotted', text: '415.555.0126' },
] as const satisfies Matrix['stored'];

/** The recording's forms as columns; the first is what App Connect asks for. Dashes and dots were not asked for. */
const queried = [
  { format: 'e164', label: 'E.164', forms: ['e164-%2B', 'e164'] },
  { format: 'raw +', label: 'E.164, raw +', forms: ['e164-raw+'] },
  { format: 'digits', label: 'digits', forms: ['digits'] },
  { format: 'significant', label: 'national significant', forms: ['nsn'] },
  { format: 'national', label: 'national', forms: ['national'] },
] as const satisfies (Matrix['queried'][number] & { forms: string[] })[];

const columns = queried.map(({ format, label }) => ({ format, label }));

/** One search of a recording as our matrix: contacts that the recording itself created. */
export function recordedMatrix(recording: Recording, request: string): Matrix {
  const rows = recording.searchMatrix.filter((row) => row.request === request);
  const there = stored.filter(({ text }) => rows.some((row) => row.stored === text));
  return {
    stored: there,
    queried: columns,
    cells: there.map(({ text }) =>
      cellsOf(
        rows.filter((row) => row.stored === text),
        (row) => row.found === true,
      ),
    ),
    notStored: stored
      .filter((one) => !there.some(({ format }) => format === one.format))
      .map((one) => ({ ...one, reason: 'refused' })),
    waitedSeconds: 0,
  };
}

/**
 * The same for contacts that were there before, imported in formats that the API itself would refuse: all of them
 * have the number +1 415 555 0123, and each search of it tells which of them came back.
 */
export function importedMatrix(recording: Recording, request: string): Matrix {
  const rows = recording.searchMatrix.filter(
    (row) => row.request === request && row.stored === '+14155550123',
  );
  const texts: Partial<Record<FormatId, string>> = {
    e164: '+14155550123',
    digits: '14155550123',
    national: '(415) 555-0123',
    dashed: '415-555-0123',
    dotted: '415.555.0123',
  };
  const imported = Object.entries(texts).map(([format, text]) => ({ format: format as FormatId, text }));
  return {
    stored: imported,
    queried: columns,
    cells: imported.map(({ text }) => cellsOf(rows, (row) => row.matched?.includes(`pre:${text}`) ?? false)),
    notStored: [],
    waitedSeconds: 0,
  };
}

/** A matrix without some of its rows. */
export function without(matrix: Matrix, ...formats: FormatId[]): Matrix {
  const kept = matrix.stored.flatMap(({ format }, row) => (formats.includes(format) ? [] : [row]));
  return {
    ...matrix,
    stored: matrix.stored.filter((_, row) => kept.includes(row)),
    cells: matrix.cells.filter((_, row) => kept.includes(row)),
  };
}

function cellsOf(rows: readonly SearchRow[], hit: (row: SearchRow) => boolean): Cell[] {
  return queried.map(({ forms }): Cell => {
    const row = rows.find(({ form }) => (forms as readonly string[]).includes(form));
    if (!row) return 'not-asked';
    if (row.error !== undefined) return 'refused';
    return hit(row) ? 'hit' : 'miss';
  });
}
