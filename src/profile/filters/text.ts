import { toValue } from 'liquidjs';
import { TemplateError } from './template-error.ts';

/**
 * The text of a value: null and undefined are '', a number or boolean is itself, a date is ISO 8601 in UTC.
 * @param name of the filter that needs text, for the message
 * @throws {TemplateError} for a list or a record, whose text would be `[object Object]`
 */
export function textOf(input: unknown, name?: string): string {
  const value: unknown = toValue(input);
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value === 'object' && isData(value)) {
    const kind = Array.isArray(value) ? 'a list' : 'a record';
    throw new TemplateError(
      name === undefined
        ? `${kind} cannot stand inside text; add \`| json\` or name one of its parts`
        : `the filter \`${name}\` needs text, and was given ${kind}`,
    );
  }
  return String(value);
}

/** Whether an object is a list or a plain record, and none of ours that has a text of its own. */
export function isData(value: object): boolean {
  return (
    Array.isArray(value) ||
    typeof value.toString !== 'function' ||
    value.toString === Object.prototype.toString
  );
}

/** Whether there is nothing: null, undefined, '' or Liquid's `nil`. */
export function isEmpty(input: unknown): boolean {
  const value: unknown = toValue(input);
  return value === null || value === undefined || value === '';
}
