/** Texts for a page: harmless to look at, and dates as people write them. */

/**
 * Text of one or more lines in which nothing is hidden: control characters, bidirectional overrides and other
 * invisible characters are spelled out (`\u{202E}`), lone surrogates replaced, piles of combining marks cut. Line
 * breaks, tabs and the joiners that emoji and some scripts need stay. Escaping for HTML is not done here.
 * @param limit longest result in characters; where more is cut off, the text says how much
 */
export function visible(text: string, limit = 4000): string {
  const kept = text.length <= limit ? text : text.slice(0, limit);
  const shown = kept
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu, spelledOut)
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/(\p{Mn}{4})\p{Mn}+/gu, '$1');
  return kept === text ? shown : `${shown}… (${grouped(text.length - limit)} more characters)`;
}

function spelledOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

/** `26 November 2026, 06:27 UTC`; the text itself where it is no date. */
export function dateTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = date.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** `20,042`. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}

/** `84 ms`, `1.2 s`. */
export function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

export function capital(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}

/** `a, b and c`. */
export function listOf(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
