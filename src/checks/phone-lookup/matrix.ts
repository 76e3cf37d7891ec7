import { Unanswerable } from '../unanswerable.ts';
import { type FormatId, formats, isWrittenDifferently, notation } from './formats.ts';

export type Cell = 'hit' | 'miss' | 'refused' | 'not-asked' | 'trouble';

/** A number in the CRM. */
export interface StoredNumber {
  format: FormatId;
  /** ISO 3166 country. */
  region: string;
  e164: string;
  /** As it was written. */
  text: string;
  /** As the CRM gave it back; null while nothing shows it. */
  kept: string | null;
}

/** Stored formats against queried formats: the result of the phone lookup. */
export interface Matrix {
  stored: StoredNumber[];
  /** The first is E.164. */
  queried: { format: FormatId | 'raw +'; label: string }[];
  /** One row for each stored number, one cell for each queried format. */
  cells: Cell[][];
  /** Outside the matrix: a format that the CRM refuses is a fact; where anything else was the reason, `refused` is false. */
  notStored: { format: FormatId; region: string; text: string; reason: string; refused: boolean }[];
  /** Seconds that were waited before "not found" was believed. */
  waitedSeconds: number;
}

export function isAnswered(cell: Cell | undefined): cell is 'hit' | 'miss' | 'refused' {
  return cell === 'hit' || cell === 'miss' || cell === 'refused';
}

/** The share of the formats other than E.164 that E.164 finds; null when none of them could be measured. */
export function shareFound({ stored, cells }: Matrix): number | null {
  const asked = stored.flatMap(({ format }, row) => {
    const cell = cells[row]?.[0];
    return format !== 'e164' && isAnswered(cell) ? [cell] : [];
  });
  return asked.length === 0 ? null : asked.filter((cell) => cell === 'hit').length / asked.length;
}

/**
 * The matrix, if anybody was found.
 * @throws {Unanswerable} where nobody was: then formats cannot be compared
 */
export function withHits(matrix: Matrix): Matrix {
  if (matrix.cells.flat().includes('hit')) return matrix;
  const reason = 'no contact was found in any way, so the formats could not be compared';
  throw new Unanswerable({ verdict: 'blocked', by: 'lookup.e164', reason });
}

/** What is not known, in words: of which numbers the search said nothing, and which could not be stored, and why. */
export function gaps({ stored, cells, notStored }: Matrix): string[] {
  const isOpen = ([byE164, ...others]: readonly Cell[]) =>
    !isAnswered(byE164) || (byE164 !== 'hit' && !others.includes('hit') && others.includes('trouble'));
  const unanswered = stored.filter((_, row) => isOpen(cells[row] ?? [])).map(({ text }) => text);
  const open = notStored.filter(({ refused }) => !refused);
  const reasons = [...new Set(open.map(({ reason }) => reason))];
  return [
    ...(unanswered.length === 0 ? [] : [`no answer about ${unanswered.join(', ')}`]),
    ...reasons.map((one) => {
      const texts = open.filter(({ reason }) => reason === one).map(({ text }) => text);
      return `${texts.join(', ')} could not be stored: ${one}`;
    }),
  ];
}

/** What must be asked beside E.164 so that everything is found that a search can find. */
export interface SmallestSet {
  /** In App Connect's notation: `(###) ###-####`. */
  formats: string[];
  /** Whether they hold for numbers as long as these only. */
  differ: boolean;
  /** Rows that no format found. */
  unreachable: number[];
}

/** How a report says that the formats hold for some numbers of the country only. */
export const formatsDiffer =
  'national forms differ by the length of the area code, so that numbers of another length need formats of their own';

/** A format in App Connect's notation. */
interface Notation {
  text: string;
  /** In which it was asked. */
  formats: Set<FormatId>;
  /** That it found. */
  rows: Set<number>;
}

/**
 * The fewest further formats that find every stored number that any of them finds, and the numbers that none does.
 * Where area codes differ in length one format is several notations, and each finds only numbers of its own length.
 * By trying all choices, the small ones first: there are at most a few dozen.
 */
export function smallestSet(matrix: Matrix): SmallestSet {
  const { stored, cells } = matrix;
  const missed = stored.flatMap((_, row) => {
    const byE164 = cells[row]?.[0];
    return byE164 !== 'hit' && isAnswered(byE164) ? [row] : [];
  });
  const notations = notationsThatFind(matrix, missed);
  const reachable = missed.filter((row) => notations.some(({ rows }) => rows.has(row)));
  const unreachable = missed.filter((row) => !reachable.includes(row) && !cells[row]?.includes('trouble'));
  const chosen = fewest(notations, reachable);
  const numbers = stored.map(({ e164 }) => e164);
  const differ = chosen.some((one) =>
    [...one.formats].some((format) => isWrittenDifferently(format, numbers, stored[0]?.region)),
  );
  return { formats: chosen.map(({ text }) => text), differ, unreachable };
}

function notationsThatFind({ stored, queried, cells }: Matrix, missed: readonly number[]): Notation[] {
  const found = new Map<string, Notation>();
  for (const [column, { format }] of queried.entries()) {
    if (column === 0 || format === 'raw +') continue;
    for (const row of missed) {
      const e164 = stored[row]?.e164 ?? '';
      const text = cells[row]?.[column] === 'hit' ? notation(formats[format].write(e164), e164) : null;
      if (text === null) continue;
      const one = found.get(text) ?? { text, formats: new Set(), rows: new Set() };
      one.formats.add(format);
      one.rows.add(row);
      found.set(text, one);
    }
  }
  return [...found.values()];
}

/** The fewest that find all of these rows, in the order in which they are given. */
function fewest(notations: readonly Notation[], reachable: readonly number[]): Notation[] {
  const finding = (row: number) => notations.filter(({ rows }) => rows.has(row));
  // What alone finds a row is in every choice: that leaves few to be made.
  const needed = new Set(reachable.map(finding).flatMap((all) => (all.length === 1 ? all : [])));
  const open = reachable.filter((row) => !finding(row).some((one) => needed.has(one)));
  const others = notations.filter((one) => !needed.has(one));
  for (let size = 0; size <= others.length; size++) {
    for (const choice of choices(others, size)) {
      if (open.every((row) => choice.some(({ rows }) => rows.has(row))))
        return notations.filter((one) => needed.has(one) || choice.includes(one));
    }
  }
  return [...notations];
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

/** How a search by number compares. */
export type SearchClass = 'normalising' | 'suffix or substring' | 'exact' | 'unusable';

/**
 * @param tail whether a number was found by another one that only ends in the same digits
 */
export function searchClass(matrix: Matrix, tail: boolean): SearchClass {
  const { stored, queried, cells } = matrix;
  const hits = stored.flatMap((number, row) =>
    queried.flatMap(({ format }, column) => (cells[row]?.[column] === 'hit' ? [{ number, format }] : [])),
  );
  if (hits.length === 0) return 'unusable';
  const others = stored.filter(({ format }) => format !== 'e164');
  if (others.length > 0 && shareFound(matrix) === 1) return tail ? 'suffix or substring' : 'normalising';
  const [control] = stored;
  const asked = (format: FormatId | 'raw +', e164: string) =>
    format === 'raw +' ? e164 : formats[format].write(e164);
  if (others.length === 0) {
    const ways = hits.filter(({ number, format }) => number === control && format !== 'raw +');
    return ways.length > 1 ? (tail ? 'suffix or substring' : 'normalising') : 'exact';
  }
  // A text that is found by fewer digits, or by more, than it has.
  const partly = hits.some(
    ({ number, format }) => digits(asked(format, number.e164)) !== digits(number.kept ?? number.text),
  );
  return partly || tail ? 'suffix or substring' : 'exact';
}

function digits(text: string): string {
  return text.replace(/ ext.*/, '').replace(/\D/g, '');
}
