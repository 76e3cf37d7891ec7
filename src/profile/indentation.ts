import type { YAMLParseError } from 'yaml';
import type { ProfileProblem } from './types.ts';

type Place = { line: number; column: number };
type At = (offset: number) => Place;

/**
 * A line that stands a little to the right or left of the one that it belongs beside: the parser says of it what it
 * made of it ("nested mappings", "implicit keys"), and not that it is only indented wrongly.
 * @returns null where the errors come from something else
 */
export function indentationProblem(
  errors: readonly YAMLParseError[],
  text: string,
  at: At,
): Omit<ProfileProblem, 'file'> | null {
  const lines = text.split(/\r?\n/);
  const found = oddLine(errors, lines, at);
  if (found === null) return null;
  const { odd } = found;
  const column = indentOf(lines[odd - 1] ?? '') + 1;
  const block = blockAbove(lines, odd);
  if (block !== null) {
    return {
      line: odd,
      column,
      message: `not valid YAML: line ${odd} is not indented deeper than line ${block}, whose text it is`,
      expected: 'the text of a block (`|`, `>`) in a column of its own, to the right of its key',
      hint: `indent line ${odd} deeper than line ${block}, with spaces`,
    };
  }
  const like = lineBeside(lines, found);
  if (like === null) return null;
  return {
    line: odd,
    column,
    message: `not valid YAML: line ${odd} is indented differently from line ${like.line}`,
    expected: `what stands side by side in one column: line ${like.line} begins${like.afterDash ? ' behind its `-`' : ''} in column ${like.column}, line ${odd} in column ${column}`,
    hint: 'indent both lines alike, with spaces',
  };
}

/** The line in which a block of text begins, just above a line that is not indented deeper. */
function blockAbove(lines: readonly string[], odd: number): number | null {
  const above = lines.slice(0, odd - 1).findLastIndex((line) => !isEmpty(line));
  const header = lines[above] ?? '';
  const begins = /(?:[:-]|^)\s+[|>][-+\d]*\s*(?:#.*)?$/.test(header);
  return begins && indentOf(lines[odd - 1] ?? '') <= indentOf(header) ? above + 1 : null;
}

interface Odd {
  odd: number;
  /** Where to look for its neighbour: from here upwards. */
  from: number;
}

/** The line that is indented wrongly, by what the parser makes of it. */
function oddLine([first, second]: readonly YAMLParseError[], lines: readonly string[], at: At): Odd | null {
  if (!first) return null;
  const { line } = at(first.pos[0]);
  // The error begins with the blank lines and comments before the line.
  const skipped = lines.slice(line - 1).findIndex((each) => !isEmpty(each));
  const itself = { odd: line + Math.max(0, skipped), from: line - 1 };
  switch (first.code) {
    case 'BAD_INDENT':
      return /^All (?:mapping|sequence) items/.test(first.message) ? itself : null;
    case 'MISSING_CHAR':
      return /^Sequence item without -/.test(first.message) ? itself : null;
    case 'BLOCK_AS_IMPLICIT_KEY': {
      // A value that goes on in the next line, and has a colon there: `type: bearer`, and below it `  token: x`.
      if (second?.code !== 'MULTILINE_IMPLICIT_KEY') return null;
      if (at(second.pos[0]).line !== line) return null;
      if (/^A block sequence/.test(first.message)) return itself;
      const odd = at(second.pos[1]).line;
      return odd > line ? { odd, from: line } : null;
    }
    case 'UNEXPECTED_TOKEN': {
      // The first key has a space before it: what follows is taken for a second document.
      const begins = lines.findIndex((each) => !isEmpty(each));
      const isFirst =
        /^Unexpected scalar at node end/.test(first.message) && begins >= 0 && begins < line - 1;
      return isFirst && indentOf(lines[begins] ?? '') > indentOf(lines[line - 1] ?? '') ? itself : null;
    }
    default:
      return null;
  }
}

interface Beside extends Place {
  /** The first key of a list item stands behind its dash. */
  afterDash: boolean;
}

/** Of the open levels above a line the one that it comes nearest to; of two as near the inner one. */
function lineBeside(lines: readonly string[], { odd, from }: Odd): Beside | null {
  const own = lines[odd - 1] ?? '';
  const isItem = dash.test(own);
  const indent = indentOf(own);
  let innermost = Number.POSITIVE_INFINITY;
  let nearest: Beside | null = null;
  for (let line = from; line > 0; line--) {
    const text = lines[line - 1] ?? '';
    const begins = indentOf(text);
    if (isEmpty(text) || begins >= innermost) continue;
    innermost = begins;
    const afterDash = !isItem && dash.test(text);
    const level = afterDash ? (dash.exec(text)?.[0].length ?? begins) : begins;
    // Where it stands beside something, its indentation is right, and something else is wrong.
    if (level === indent || (afterDash && begins === indent)) return null;
    const distance = Math.abs(level - indent);
    if (nearest === null || distance < Math.abs(nearest.column - 1 - indent))
      nearest = { line, column: level + 1, afterDash };
  }
  return nearest;
}

const dash = /^ *(?:- +)+/;

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function isEmpty(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}
