import { type CellState, cellStates, type Matrix } from '../../report/matrix.ts';
import { unicodeMarks } from '../console/marks.ts';
import { listOf } from './text.ts';

const cellWords = {
  hit: 'found',
  miss: 'not found',
  refused: 'refused',
  'not-asked': 'not asked',
  trouble: 'no answer',
} as const satisfies Record<CellState, string>;

/** Stored formats down, query formats across; the same in sentences below. */
export function HeatMap({
  matrix,
  id,
  formats,
}: {
  matrix: Matrix;
  /** Of the requirement. */
  id: string;
  /** Further formats that find the rest, in App Connect's notation. */
  formats: readonly string[];
}) {
  const title = `Which numbers were found (${id})`;
  return (
    <div class="matrix">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={title}>
        <table class="heat">
          <caption>Each row is a number as it is stored, each column a way to ask for it.</caption>
          <thead>
            <tr>
              <th scope="col">Stored as</th>
              {matrix.queried.map(({ format, label }) => (
                <th scope="col" key={format}>
                  {label || format}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.stored.map(({ format, text }, row) => (
              <tr key={`${format} ${text}`}>
                <th scope="row">{text || format}</th>
                {matrix.queried.map((column, index) => (
                  <Cell state={matrix.cells[row]?.[index] ?? 'not-asked'} key={column.format} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="key" aria-hidden="true">
        {usedStates(matrix).map((state) => (
          <span key={state}>
            <i class={`cell ${state}`}>{unicodeMarks.cell[state]}</i> {cellWords[state]}
          </span>
        ))}
      </p>
      <details>
        <summary>The same in words</summary>
        <ul class="folded">
          {matrix.queried.map(({ format, label }, column) => (
            <li key={format}>{sentence(matrix, column, label || format)}</li>
          ))}
        </ul>
      </details>
      {formats.length > 0 && (
        <p>To find what E.164 misses, these formats must be searched as well (in App Connect’s notation):</p>
      )}
      {formats.length > 0 && (
        <ul class="formats">
          {formats.map((format) => (
            <li key={format}>
              <code>{format}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Cell({ state }: { state: CellState }) {
  return (
    <td class={`cell ${state}`}>
      <span aria-hidden="true">{unicodeMarks.cell[state]}</span>
      <span class="unseen">{cellWords[state]}</span>
    </td>
  );
}

function usedStates({ stored, queried, cells }: Matrix): CellState[] {
  const used = new Set(
    stored.flatMap((_, row) => queried.map((_column, index) => cells[row]?.[index] ?? 'not-asked')),
  );
  return cellStates.filter((state) => used.has(state));
}

function sentence({ stored, cells }: Matrix, column: number, label: string): string {
  const having = (wanted: CellState) =>
    stored.flatMap(({ format, text }, row) =>
      (cells[row]?.[column] ?? 'not-asked') === wanted ? [text || format] : [],
    );
  const parts = cellStates.flatMap((state) => {
    const numbers = having(state);
    return numbers.length === 0 ? [] : [`${cellWords[state]}: ${listOf(numbers)}`];
  });
  return `Asked as ${label}, ${parts.join('; ')}.`;
}
