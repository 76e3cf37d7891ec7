/** Lines that fit, counted in columns of a terminal. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const wide =
  /\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|\uFE0F|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;

/** Columns that a terminal gives to plain text (no escape sequences): East Asian letters and emoji take two. */
export function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let sum = 0;
  for (const { segment } of segmenter.segment(text)) sum += wide.test(segment) ? 2 : 1;
  return sum;
}

/** Text with blanks behind it, `width` columns in all; unchanged when it is longer. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** Text with blanks before it, `width` columns in all; unchanged when it is longer. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columns(text))) + text;
}

/** Text cut to `width` columns, ending in `ellipsis` where something was cut. */
export function clip(text: string, width: number, ellipsis: string): string {
  if (columns(text) <= width) return text;
  return (breakWord(text, Math.max(1, width - columns(ellipsis)))[0] ?? '') + ellipsis;
}

const requirementId = /^\W?(oauth|auth|logout|activity|lookup|contact|user)\.[a-z0-9-]+\W*$/;

/**
 * Breaks plain text at blanks into lines of at most `width` columns. A word that is longer is broken where it
 * must be, but the id of a requirement never is: people search for it. At least one line.
 */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const parts = columns(word) <= room || requirementId.test(word) ? [word] : breakWord(word, room);
    for (const part of parts) {
      if (line === '') line = part;
      else if (columns(line) + 1 + columns(part) <= room) line += ` ${part}`;
      else {
        lines.push(line);
        line = part;
      }
    }
  }
  lines.push(line);
  return lines;
}

function breakWord(word: string, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const { segment } of segmenter.segment(word)) {
    const size = columns(segment);
    if (used + size > width && part !== '') {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += segment;
    used += size;
  }
  parts.push(part);
  return parts;
}
