/** The lookup matrix: in which query format a number is found that was stored in which format. */

import type { CheckResult } from './types.ts';

export const cellStates = ['hit', 'miss', 'refused', 'not-asked', 'trouble'] as const;
export type CellState = (typeof cellStates)[number];

export interface Matrix {
  /** Rows. `text` is the number as it was stored, `e164` the same as App Connect asks for it (empty: not told). */
  stored: { format: string; text: string; e164: string }[];
  /** Columns. `label` is the number as it was asked for, or what the format is called. */
  queried: { format: string; label: string }[];
  /** Row by row; null: no such question. */
  cells: (CellState | null)[][];
}

/** The matrix in a check's facts (`{ matrix, … }`), or null: facts are whatever a check, or a saved report, holds. */
export function matrixIn(facts: unknown): Matrix | null {
  const matrix = field(facts, 'matrix');
  const stored = field(matrix, 'stored');
  const queried = field(matrix, 'queried');
  const cells = field(matrix, 'cells');
  if (!Array.isArray(stored) || !Array.isArray(queried) || !Array.isArray(cells)) return null;
  if (stored.length === 0 || queried.length === 0) return null;
  return {
    stored: stored.map((row) => ({
      format: textIn(row, 'format'),
      text: textIn(row, 'text'),
      e164: textIn(row, 'e164'),
    })),
    queried: queried.map((column) => ({ format: textIn(column, 'format'), label: textIn(column, 'label') })),
    cells: stored.map((_, row) => queried.map((_, column) => cellAt(cells, row, column))),
  };
}

/**
 * Which check shows which matrix: several checks judge the same one, and it is shown once, with
 * `lookup.any-format` where that check has it.
 */
export function matricesToShow(checks: readonly CheckResult[]): Map<string, Matrix> {
  const main = checks.filter((check) => check.id === 'lookup.any-format');
  const shown = new Map<string, Matrix>();
  const seen = new Set<string>();
  for (const check of [...main, ...checks]) {
    const matrix = matrixIn(check.facts);
    if (matrix === null) continue;
    const content = JSON.stringify(matrix);
    if (seen.has(content)) continue;
    seen.add(content);
    shown.set(check.id, matrix);
  }
  return shown;
}

/** Further formats that find the rest, in App Connect's notation, as `lookup.any-format` has them in its facts. */
export function extraFormatsIn(facts: unknown): string[] {
  const formats = field(facts, 'extraFormats');
  return Array.isArray(formats) ? formats.filter((format) => typeof format === 'string') : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textIn(value: unknown, name: string): string {
  const text = field(value, name);
  return typeof text === 'string' ? text : '';
}

function cellAt(cells: readonly unknown[], row: number, column: number): CellState | null {
  const line = cells[row];
  const cell: unknown = Array.isArray(line) ? line[column] : null;
  return cellStates.find((state) => state === cell) ?? null;
}
