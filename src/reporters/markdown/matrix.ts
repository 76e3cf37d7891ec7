import { type CellState, cellStates, type Matrix } from '../../report/matrix.ts';
import { code, prose, table } from '../markdown-text.ts';

const words: Readonly<Record<CellState, string>> = {
  hit: 'found',
  miss: '**not found**',
  refused: 'refused',
  'not-asked': '',
  trouble: 'no answer',
};

/** Stored formats down, asked formats across. */
export function matrixTable({ stored, queried, cells }: Matrix): string[] {
  const heads = ['Stored as', ...queried.map(({ label, format }) => prose(label || format))];
  const rows = stored.map(({ text, format }, row) => [
    code(text || format),
    ...queried.map((_, column) => {
      const state = cellStates.find((each) => each === cells[row]?.[column]);
      return state ? words[state] : '';
    }),
  ]);
  return table(heads, rows);
}
