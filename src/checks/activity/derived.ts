/** A text that an update named, before and after. */
export interface Rewritten {
  before: string;
  after: string;
}

/** A shorter text may stand in another by chance. */
const shortestExcerpt = 8;

/**
 * Whether a value is made from a text that was rewritten: an excerpt of it, with or without an ellipsis, or how long it
 * is. What is cut, and what the new text would have let stand, changed for another reason.
 */
export function isDerived(old: unknown, value: unknown, { before, after }: Rewritten): boolean {
  const [from, to] = [numberOf(old), numberOf(value)];
  if (from !== null && to !== null)
    return measures.some((measure) => measure(before) === from && measure(after) === to);
  if (typeof old !== 'string' || typeof value !== 'string') return false;
  const [was, is] = [excerpt(old), excerpt(value)];
  const [whole, now] = [plain(before), plain(after)];
  if (was.length < shortestExcerpt || is.length < shortestExcerpt || was.startsWith(is)) return false;
  const begins = whole.startsWith(was) && now.startsWith(is);
  return begins || (whole.includes(was) && now.includes(is) && !now.includes(was));
}

/** How long a text is: in UTF-16 units, in characters, in bytes, in words; as it stands, trimmed and without its tags. */
const measures = [(text: string) => text, (text: string) => text.trim(), withoutTags].flatMap((form) => [
  (text: string) => form(text).length,
  (text: string) => [...form(text)].length,
  (text: string) => Buffer.byteLength(form(text)),
  (text: string) => form(text).split(/\s+/).filter(Boolean).length,
]);

function numberOf(value: unknown): number | null {
  if (typeof value === 'string') return /^\d+$/.test(value) ? Number(value) : null;
  return typeof value === 'number' ? value : null;
}

/** Without the ellipsis where it was cut. */
function excerpt(text: string): string {
  return plain(text.trim().replace(/\s*(?:…|\.{3,}|\[(?:…|\.{3})\])$/, ''));
}

/** What an excerpt may leave out, left out. */
function plain(text: string): string {
  return withoutTags(text).replace(/\s+/g, '').toLowerCase();
}

function withoutTags(text: string): string {
  return text.replace(/<[^<>]*>/g, '');
}
