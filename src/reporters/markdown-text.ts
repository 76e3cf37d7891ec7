import { inert } from './inert.ts';

/**
 * Text of a CRM as Markdown that shows just these characters: no links, images, HTML, tables or formulas. A zero-width
 * space keeps GitHub and GitLab from making mentions, references and links of what is left. One line; not for its start.
 */
export function prose(text: string, limit?: number): string {
  return inert(text, limit)
    .replace(/[\\`*_[\]<>|~&#!$]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200B')
    .replace(/#(?=\w)/g, '#\u200B')
    .replace(/:(?=\/\/)/g, ':\u200B')
    .replace(/\b(www)\./gi, '$1\u200B.')
    .replace(/:(?=[\w+-]+:)/g, ':\u200B');
}

/** Text in the letters of a typewriter, with as many backticks around it as it takes. */
export function code(text: string, limit?: number): string {
  const line = inert(text, limit) || ' ';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const blank = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${blank}${line}${blank}${fence}`;
}

/** A line on its own that people copy: a fenced block. */
export function block(line: string, language = ''): string[] {
  const text = inert(line, 2000);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text, fence];
}

/** A link, where its address is one that a browser may follow. */
export function link(title: string, url: string): string {
  if (!/^https:\/\/[\w./~#?=&%:+-]+$/.test(url)) return prose(title);
  return `[${prose(title)}](<${url}>)`;
}

/** A table; cells are Markdown already. A code span must not hold the bar that ends a cell. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}
