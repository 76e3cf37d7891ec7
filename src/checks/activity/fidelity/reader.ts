import { labelsIn } from '../../../app-connect/compose.ts';

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * What a reader of HTML sees: text with entities decoded, a line break where a block or `<br>` breaks the line, the
 * address behind each link, white space folded. A `<` that begins no tag is text.
 */
export function seenByReader(html: string): string {
  return html
    .replace(/<a\b[^<>]*?\bhref\s*=\s*["']?([^"'\s<>]*)[^<>]*>/gi, (_tag, address: string) => `[${address}] `)
    .replace(/\s+/g, ' ')
    .replace(/<(?:br|\/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote))\b[^<>]*>/gi, '\n')
    .replace(/<(?:\/?[a-z]|!--)[^<>]*>/gi, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (entity, decimal, hex, name) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    })
    .replace(/[ \u00a0]*\n[\s\u00a0]*/g, '\n')
    .replace(/ +/g, ' ')
    .trim();
}

/** Whether two texts of a log in HTML are one to whoever reads them, and to App Connect, which looks for its labels. */
export function readsAlike(written: string, read: string): boolean {
  const [before, after] = [written, read].map((html) => JSON.stringify(labelsIn('text/html', html)));
  return before === after && seenByReader(written) === seenByReader(read);
}
