/** Whether a text stands anywhere in an answer, white space folded. */
export function contains(raw: unknown, text: string): boolean {
  if (typeof raw === 'string') return fold(raw).includes(fold(text));
  if (typeof raw !== 'object' || raw === null) return false;
  return Object.values(raw).some((value) => contains(value, text));
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
