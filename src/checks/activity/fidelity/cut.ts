import type { Change, Difference, State } from './change.ts';
import { code, counted } from './excerpt.ts';

/** Sizes that columns and fields have: where one of them fits, it is named. */
function isLimit(length: number): boolean {
  const known = [
    10, 15, 16, 20, 25, 30, 32, 40, 45, 50, 60, 63, 64, 75, 80, 120, 128, 140, 150, 160, 180, 250, 255, 256,
  ];
  if (known.includes(length)) return true;
  if (length >= 100 && length % 100 === 0) return true;
  return length > 256 && (Number.isInteger(Math.log2(length)) || Number.isInteger(Math.log2(length + 1)));
}

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');
const charactersOf = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

interface End {
  /** What came back, without what stands there for the broken last character and without an ellipsis. */
  kept: string;
  rest: string;
  broken: boolean;
  ellipsis: string;
}

function endOf({ text, target }: State): End | null {
  if (target === '') return null;
  const end = (kept: string, broken = false, ellipsis = ''): End => ({
    kept,
    rest: text.slice(kept.length),
    broken,
    ellipsis,
  });
  if (text.length > target.length && text.startsWith(target)) {
    const half = /[\ud800-\udbff]$/.test(target) && /^[\udc00-\udfff]/.test(text.slice(target.length));
    return half ? end(target.slice(0, -1), true) : end(target);
  }
  const remnant = /[\ufffd?]{1,4}$/.exec(target)?.[0] ?? '';
  for (let length = 1; length <= remnant.length; length += 1) {
    const kept = target.slice(0, -length);
    if (text.startsWith(kept) && (text.codePointAt(kept.length) ?? 0) > 0x7f) return end(kept, true);
  }
  const ellipsis = ['…', '...', '[...]', '[…]'].find((mark) => target.endsWith(mark));
  if (ellipsis !== undefined) {
    const kept = target.slice(0, -ellipsis.length);
    for (const begin of [kept, kept.trimEnd()])
      if (begin !== '' && begin.length < text.length && text.startsWith(begin))
        return end(begin, false, ellipsis);
  }
  return null;
}

/**
 * Where the text was cut off, if what came back is its beginning.
 * @param changes what else happened, in order; the cut may have come before (stored short, escaped on output)
 */
export function cutOff(changes: readonly Change[], state: State): Difference | null {
  const end = endOf(state);
  if (!end || /^\s*$/.test(end.rest)) return null;
  const { kept, rest, broken, ellipsis } = end;
  const ending = ellipsis === '' ? '' : `, with ${code(ellipsis)} at the end`;
  const next = /^\s?[\u{10000}-\u{10ffff}]/u.test(rest);
  if (next && !broken && ellipsis === '' && !/[\u{10000}-\u{10ffff}]/u.test(kept)) {
    return { code: 'cut-at-emoji', sentence: 'everything from the first emoji on was cut off' };
  }
  const beginnings = [...new Set([sourceOf(state.written, changes, kept), kept, kept + ellipsis])];
  const half = broken
    ? `, in the middle of a character (${code(String.fromCodePoint(rest.codePointAt(0) ?? 0))})`
    : '';
  const limit = limitOf(beginnings, end);
  if (limit !== null) return { code: 'cut', sentence: `cut after ${limit}${half}${ending}` };
  const first = rest.charAt(0);
  if (ellipsis === '' && !broken && '<>&"\'#+%;\\\u0000\r\n'.includes(first) && !kept.includes(first)) {
    return '\r\n'.includes(first)
      ? { code: 'cut-at-line-break', sentence: 'only the first line came back' }
      : { code: 'cut-at-character', sentence: `everything from the first ${code(first)} on was cut off` };
  }
  const length = charactersOf(beginnings[0] ?? kept);
  return { code: 'cut', sentence: `cut after ${counted(length, 'character')}${half}${ending}` };
}

/** The known size of which one of the beginnings is full: `255 characters`, `65,535 bytes`. */
function limitOf(beginnings: readonly string[], { rest, broken }: End): string | null {
  const spaces = rest.length - rest.trimStart().length;
  const next = bytesOf(String.fromCodePoint(rest.codePointAt(0) ?? 0));
  const characters = beginnings
    .flatMap((text) => [charactersOf(text), text.length, charactersOf(text) + spaces])
    .find((length) => !broken && isLimit(length));
  const bytes = beginnings
    .filter((text) => broken || bytesOf(text) > text.length)
    // The limit may lie inside the next character, which then was dropped or came back broken.
    .flatMap((text) =>
      Array.from({ length: next }, (_, inside) => bytesOf(text) + inside).slice(broken ? 1 : 0),
    )
    .filter(isLimit);
  // 32,767 characters of two bytes are rather a column of 65,535 bytes.
  const column = bytes.find((length) => length === 255 || length === 65_535);
  if (characters !== undefined && (column === undefined || characters % 5 === 0))
    return counted(characters, 'character');
  const size = column ?? bytes[0];
  return size === undefined ? null : counted(size, 'byte');
}

/** The beginning of the written text that the changes turn into `kept`. */
function sourceOf(written: string, changes: readonly Change[], kept: string): string {
  const changed = (length: number): string =>
    changes.reduce((text, { apply }) => apply(text), written.slice(0, length));
  let low = 0;
  let high = written.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (changed(middle).length <= kept.length) low = middle;
    else high = middle - 1;
  }
  return changed(low) === kept ? written.slice(0, low) : kept;
}
