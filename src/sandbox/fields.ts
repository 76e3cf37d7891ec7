import { Refusal } from './http.ts';
import type { Direction } from './store.ts';

type Body = Record<string, unknown>;

/** A text that must be there and say something. @throws {Refusal} 422 naming the field */
export function requiredText(body: Body, field: string): string {
  const value = optionalText(body, field);
  if (value === null || value.trim() === '') throw invalid(field, `${field} is required.`);
  return value;
}

/** A text, or null when it is absent. @throws {Refusal} 422 naming the field, when it is no text */
export function optionalText(body: Body, field: string): string | null {
  const value = body[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw invalid(field, `${field} must be a text.`);
  return value;
}

/** `inbound` or `outbound`, in any case. @throws {Refusal} 422 naming the field */
export function direction(body: Body): Direction {
  const value = requiredText(body, 'direction').toLowerCase();
  if (value !== 'inbound' && value !== 'outbound') {
    throw invalid('direction', 'direction must be inbound or outbound.');
  }
  return value;
}

/**
 * ISO 8601 with a zone, as the same instant in UTC.
 * @param ignoreOffset a fault: keep the time of day and call it UTC
 * @throws {Refusal} 422 naming the field
 */
export function instant(body: Body, field: string, ignoreOffset = false): string {
  const value = requiredText(body, field);
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+)(Z|[+-]\d\d:?\d\d)$/i.exec(value);
  const time = match ? Date.parse(ignoreOffset ? `${match[1]}Z` : value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw invalid(field, `${field} must be a time such as 2026-03-01T09:30:00-05:00.`);
  }
  return new Date(time).toISOString();
}

/** 422: the request was understood, and the field named is wrong. */
export function invalid(field: string, message: string): Refusal {
  return new Refusal(422, 'invalid_field', message, { field });
}
