import type { Report } from '../report/types.ts';

/**
 * The report as a JSON document, indented, with a newline at its end. Control and format characters are written
 * as `\uXXXX`: the same document to a parser, and harmless where somebody prints it on a terminal.
 */
export function renderJson(report: Report): string {
  const text = JSON.stringify(report, null, 2);
  return `${text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
