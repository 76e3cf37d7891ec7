import type { FormatId } from '../../src/checks/phone-lookup/formats.ts';
import type { Cell, Matrix, StoredNumber } from '../../src/checks/phone-lookup/matrix.ts';
import type { Recording, SearchRow } from './recording.ts';

/** Writings of one country's numbers, one contact each. */
const stored = [
  number('e164', '+14155550123', '+14155550123'),
  number('digits', '14155550127', '+14155550127'),
  number('significant', '4155550128', '+14155550128'),
  number('national', '(415) 555-0124', '+14155550124'),
  number('dashed', '415-555-0125', '+14155550125'),
  number('dotted', '415.555.0126', '+14155550126'),
];

function number(format: FormatId, text: string, e164: string): StoredNumber {
  return { format, region: 'US', e164, text, kept: null };
}

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
      .map(({ format, region, text }) => ({ format, region, text, reason: 'refused', refused: true })),
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
  const imported = Object.entries(texts).map(([format, text]) =>
    number(format as FormatId, text, '+14155550123'),
  );
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
