import { type CellState, cellStates, type Matrix } from '../../report/matrix.ts';
import { type Ink, type Page, paragraph } from './page.ts';
import { clip, columns, padStart } from './wrap.ts';

const indent = 8;
const gap = 2;

const cellInks = {
  hit: 'good',
  miss: 'bad',
  refused: 'loss',
  'not-asked': 'quiet',
  trouble: 'loss',
} as const satisfies Record<CellState, keyof Ink>;

const cellWords = {
  hit: 'found',
  miss: 'not found',
  refused: 'refused',
  'not-asked': 'not asked',
  trouble: 'no answer',
} as const satisfies Record<CellState, string>;

/**
 * Stored formats down, query formats across, a mark in every cell, and a key below. Where the labels of the
 * columns do not fit side by side, the columns are numbered and the numbers explained.
 */
export function matrixGrid(matrix: Matrix, page: Page): string[] {
  const stored = matrix.stored.map((row) => row.text || row.format);
  const labels = matrix.queried.map((column) => column.label || column.format);
  const numbers = labels.map((_, index) => String(index + 1));
  const room = page.width - indent;

  const longest = Math.max('stored as'.length, ...stored.map(columns));
  const fits = longest + gap + widthOf(labels) <= room;
  const heads = fits ? labels : numbers;
  const rowWidth = Math.min(longest, room - gap - widthOf(heads));

  const line = (first: string, cells: readonly string[]) =>
    `${' '.repeat(indent)}${first}${' '.repeat(gap)}${cells.join(' '.repeat(gap))}`.trimEnd();
  const grid = matrix.cells.map((cells, row) =>
    line(
      padStart(clip(stored[row] ?? '', rowWidth, page.marks.ellipsis), rowWidth),
      cells.map((cell, column) => mark(cell, columns(heads[column] ?? ''), page)),
    ),
  );
  return [
    page.ink.quiet(line(padStart('stored as', rowWidth), ['asked as'])),
    page.ink.quiet(line(' '.repeat(rowWidth), heads)),
    ...grid,
    ...(fits
      ? []
      : labels.map(
          (label, index) =>
            `${' '.repeat(indent)}${page.ink.quiet(`${index + 1}`)}  ${clip(label, room - 4, page.marks.ellipsis)}`,
        )),
    ...paragraph(page, key(matrix, page), indent, page.ink.quiet),
  ];
}

function widthOf(heads: readonly string[]): number {
  return heads.reduce((sum, head) => sum + columns(head), 0) + gap * (heads.length - 1);
}

function mark(cell: CellState | null, width: number, page: Page): string {
  const state = cell ?? 'not-asked';
  const before = Math.floor((width - 1) / 2);
  return (
    ' '.repeat(before) + page.ink[cellInks[state]](page.marks.cell[state]) + ' '.repeat(width - 1 - before)
  );
}

function key(matrix: Matrix, page: Page): string {
  const used = new Set(matrix.cells.flat().map((cell) => cell ?? 'not-asked'));
  return cellStates
    .filter((state) => used.has(state))
    .map((state) => `${page.marks.cell[state]} ${cellWords[state]}`)
    .join('   ');
}
