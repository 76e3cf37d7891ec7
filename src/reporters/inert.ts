import { stripVTControlCharacters } from 'node:util';

/**
 * Text as one harmless line for a terminal. What a CRM answers is untrusted: escape sequences could repaint the
 * screen, bidirectional overrides could reverse it, line breaks could forge rows of the report.
 * Removed: escape sequences, C0 and C1 control characters, invisible format characters (but the joiners that emoji
 * and some scripts need), all but four combining marks in a row. White space becomes single blanks. What a build
 * server would take for a command (`::error::` of GitHub, `##[…]` of GitHub and Azure, `##teamcity[…]`) is broken by a blank.
 * @param limit longest result, in characters; what is longer ends in `…`.
 */
export function inert(text: string, limit = 400): string {
  const line = stripVTControlCharacters(text)
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(/(?![\u200C\u200D])\p{Cf}/gu, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/(\p{Mn}{4})\p{Mn}+/gu, '$1')
    .replace(/::(?=[a-z][^\n]*?::)/gi, ': :')
    .replace(/##(?=[a-z]*\[)/gi, '# #')
    .trim();
  const characters = [...line];
  return characters.length <= limit
    ? line
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

/** A copy of plain data with every text in it changed, wherever it stands. Names of keys stay. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  return mapped(value, change) as T;
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((element) => mapped(element, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, change)]));
}
