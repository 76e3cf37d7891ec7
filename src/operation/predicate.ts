/** Whether a predicate, or the text of a condition, says yes. JMESPath's falsy values, and '', `false` and `0` as text. */
export function holds(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0) return false;
  if (typeof value === 'string') return !['', 'false', '0', 'null'].includes(value.trim());
  return !(Array.isArray(value) && value.length === 0);
}
