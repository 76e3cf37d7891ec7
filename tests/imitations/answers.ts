import { HttpResponse, type JsonBodyType } from 'msw';
import type { CrmOptions } from './options.ts';

/** An answer with a body, as the CRM's statuses and values go. */
export function respond(status: number, body: JsonBodyType & object, options: CrmOptions): Response {
  const told = options.errors === 'success-false' ? { success: true, ...body } : body;
  return HttpResponse.json(options.missingValues === 'false' ? withFalse(told) : told, {
    status: statusOf(status, options),
  });
}

/** An error, as this CRM tells one. */
export function refuse(status: number, message: string, options: CrmOptions, field?: string): Response {
  if (options.errors === 'header') {
    return new HttpResponse(null, { status, headers: { 'x-status-reason': message } });
  }
  const error = { code: status, message, ...(field && { field }) };
  const debug = `Traceback (most recent call last):\n  File "http.py", line 639, in dispatch\n${message}`;
  const body = {
    ...(options.errors === 'success-false' && { success: false }),
    error: options.errors === 'traceback' ? { ...error, data: { name: 'AccessDenied', debug } } : error,
  };
  return HttpResponse.json(body, { status: statusOf(status, options) });
}

function statusOf(status: number, { statuses }: CrmOptions): number {
  return statuses === 'always-200' ? 200 : status;
}

function withFalse(value: JsonBodyType): JsonBodyType {
  if (value === null || value === '') return false;
  if (Array.isArray(value)) return value.map(withFalse);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withFalse(inner)]));
}
