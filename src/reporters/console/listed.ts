/** `a, b, c and 4 more`: as many as one takes in at a glance. */
export function listed(parts: readonly string[], shown = 4): string {
  // "and 1 more" takes the place of what it hides.
  const count = parts.length === shown + 1 ? parts.length : shown;
  const more = parts.length - count;
  return parts.slice(0, count).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
