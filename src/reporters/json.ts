import type { Report } from '../report/types.ts';

/** The report as a JSON document. */
export function renderJson(report: Report): string {
  return jsonText(report);
}

/**
 * Plain data as JSON, indented, with a newline at its end. Control and format characters are written as `\uXXXX`: the
 * same document to a parser, and harmless where somebody prints it on a terminal. So is a `##[`, which GitHub's and
 * Azure's runners look for anywhere in a line.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|#(?=[a-z]*\[)/giu, escaped)}\n`;
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
