import type { Json } from './types.ts';

/** The value where it is an object; an empty one otherwise, so that a wrong shape is passed over, not thrown at. */
export function asObject(value: Json | undefined): { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** The value where it is a list; an empty one otherwise. */
export function asList(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The value where it is a text that says something. */
export function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The plain values of an object, as text. */
export function asTexts(value: Json | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asObject(value)).flatMap(([key, entry]) =>
      typeof entry === 'object' ? [] : [[key, String(entry)]],
    ),
  );
}
