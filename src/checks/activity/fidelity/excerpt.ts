/**
 * A piece of text as one harmless line: line breaks, tabs, control and invisible characters and halves of surrogate
 * pairs are shown as escapes such as `\n` and `\u202e`.
 * @param limit characters shown; what is longer ends in `…`
 */
export function excerpt(text: string, limit = 30): string {
  // No more than these can be shown; the text may be long.
  const characters = [...text.slice(0, 2 * limit + 2)];
  const shown = characters
    .slice(0, limit)
    .join('')
    .replace(/[\n\r\t\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, escaped);
  return characters.length > limit ? `${shown}…` : shown;
}

function escaped(character: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  return short ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

/** A short piece of text in backticks. */
export function code(text: string): string {
  return `\`${excerpt(text)}\``;
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more` */
export function listed(parts: readonly string[], limit = 5): string {
  const shown =
    parts.length > limit ? [...parts.slice(0, limit - 1), `${parts.length - limit + 1} more`] : parts;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 character`, `20,000 characters` */
export function counted(number: number, unit: string): string {
  return `${number.toLocaleString('en')} ${unit}${number === 1 ? '' : 's'}`;
}
