import { Chalk } from 'chalk';
import { asciiMarks, type Marks, unicodeMarks } from './marks.ts';
import { columns, wrap } from './wrap.ts';

/** Colours by what they say. All are the identity where colour is off. */
export interface Ink {
  good: (text: string) => string;
  loss: (text: string) => string;
  bad: (text: string) => string;
  quiet: (text: string) => string;
  strong: (text: string) => string;
}

/** What every section needs to know of the place where it is shown. */
export interface Page {
  /** Columns, from 40 to 100: longer lines are not read, shorter ones cannot hold a requirement's id. */
  width: number;
  /** Too narrow for columns of text side by side. */
  narrow: boolean;
  /** Columns of the longest id, so that all items align. */
  idWidth: number;
  ink: Ink;
  marks: Marks;
}

/** @param ids every requirement id that will be shown */
export function pageOf(
  options: { colour: boolean; width: number; unicode: boolean },
  ids: readonly string[],
): Page {
  const chalk = new Chalk({ level: options.colour ? 1 : 0 });
  const width = Number.isFinite(options.width) ? Math.min(100, Math.max(40, Math.floor(options.width))) : 80;
  return {
    width,
    narrow: width < 64,
    idWidth: Math.max(12, ...ids.map(columns)),
    ink: {
      good: chalk.green,
      loss: chalk.yellow,
      bad: chalk.red,
      quiet: chalk.dim,
      strong: chalk.bold,
    },
    marks: options.unicode ? unicodeMarks : asciiMarks,
  };
}

/** Two texts at the two edges of the page; on two lines where they do not fit on one. Plain lengths, inked texts. */
export function spread(
  page: Page,
  left: { text: string; ink?: (text: string) => string },
  right: { text: string; ink?: (text: string) => string },
  indent = 2,
): string[] {
  const inked = (part: { text: string; ink?: (text: string) => string }) =>
    part.ink?.(part.text) ?? part.text;
  const gap = page.width - indent - columns(left.text) - columns(right.text);
  if (gap >= 2) return [' '.repeat(indent) + inked(left) + ' '.repeat(gap) + inked(right)];
  return [
    ...paragraph(page, left.text, indent, left.ink),
    ...paragraph(page, right.text, indent + 2, right.ink),
  ];
}

/** Wrapped text, every line indented and inked. */
export function paragraph(
  page: Page,
  text: string,
  indent: number,
  ink: (text: string) => string = (plain) => plain,
): string[] {
  return wrap(text, page.width - indent).map((line) => ' '.repeat(indent) + ink(line));
}

/**
 * A label and its wrapped text beside it: `label      text`, or `label: text` where the page is narrow.
 * @param labelWidth columns that all labels of the list share
 */
export function labelled(
  page: Page,
  label: string,
  text: string,
  { indent, labelWidth }: { indent: number; labelWidth: number },
): string[] {
  if (page.narrow) {
    const [first = '', ...rest] = wrap(`${label}: ${text}`, page.width - indent);
    const head =
      ' '.repeat(indent) + page.ink.quiet(first.slice(0, label.length + 1)) + first.slice(label.length + 1);
    return [head, ...rest.map((line) => ' '.repeat(indent) + line)];
  }
  const start = indent + labelWidth + 1;
  return wrap(text, page.width - start).map((line, index) =>
    index === 0
      ? ' '.repeat(indent) + page.ink.quiet(label.padEnd(labelWidth + 1)) + line
      : ' '.repeat(start) + line,
  );
}
