/** Command lines for a POSIX shell. Whatever stands in a text, the shell takes it as one word and runs none of it. */

const plain = /^[\w@%+=:,./-]+$/;
const odd = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/**
 * A text as one word. Characters that nobody can see would be lost when the line is copied, or hide what it does: a
 * text that has some is written in bash's `$'…'`, byte by byte.
 */
export function word(text: string): string {
  if (plain.test(text)) return text;
  if (!odd.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = [...text].map((character) =>
    odd.test(character)
      ? bytes(character)
      : character.replace(/[\\']/, (special) => `\\${special}`).replace('\n', '\\n'),
  );
  return `$'${escaped.join('')}'`;
}

function bytes(character: string): string {
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
