import type { FilterImplOptions } from 'liquidjs';
import { shown, TemplateError } from './template-error.ts';
import { isData, isEmpty, textOf } from './text.ts';

/** Stands for "leave this key out". As text it is ''. */
export const OMIT: { readonly toString: () => string } = Object.freeze({ toString: () => '' });

/** Nothing, or the wish to leave it out, survives a cast. */
function castFilter(convert: (value: unknown) => unknown): FilterImplOptions {
  return (value: unknown) => (value === OMIT ? OMIT : convert(value));
}

function toNumber(value: unknown): unknown {
  if (isEmpty(value)) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const text = String(value).trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    throw new TemplateError(`${shown(value)} is no number`);
  }
  const number = Number(text);
  // A 20-digit id would silently become another one.
  if (/^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number)) {
    throw new TemplateError(`${shown(value)} has more digits than a JSON number keeps; send it as text`);
  }
  return number;
}

function toText(value: unknown): string {
  return typeof value === 'object' && value !== null && isData(value) ? JSON.stringify(value) : textOf(value);
}

function toBoolean(value: unknown): boolean {
  switch (textOf(value, 'boolean').trim().toLowerCase()) {
    case 'true':
    case 'yes':
    case '1':
      return true;
    case 'false':
    case 'no':
    case '0':
    case '':
      return false;
    default:
      throw new TemplateError(`${shown(value)} is neither true nor false`);
  }
}

/** The JSON type of a value. */
export const castFilters: Record<string, FilterImplOptions> = {
  /** Nothing ('' or null) gives null. */
  number: castFilter(toNumber),
  /** Lists and records become JSON. */
  string: castFilter(toText),
  /** true, yes and 1; false, no, 0 and nothing. */
  boolean: castFilter(toBoolean),
  /** The key, or list element, disappears when its value is null or ''. */
  omit_empty: (value: unknown) => (isEmpty(value) ? OMIT : value),
};
