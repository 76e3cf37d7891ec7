import { HttpTrouble } from './trouble.ts';
import type { HttpAnswer, SendOptions, Transport } from './types.ts';

/** The part of WHATWG fetch's `RequestInit` that is understood. A signal is not: the transport has its own time-out. */
export interface FetchInit {
  method?: string;
  headers?: Record<string, string> | Headers;
  /** A string, URLSearchParams, Uint8Array or null. */
  body?: unknown;
  /** Redirects are never followed, whatever is asked for. */
  redirect?: string;
}

/** Intent, repeat and the like of every request that goes through the function. */
export type FetchDefaults = Omit<SendOptions, 'followRedirects'>;

/**
 * The transport in the shape of WHATWG fetch, for libraries that take one (openid-client's `customFetch`). A signal of
 * the caller is not heeded, because it would count the time that a request waits for its turn.
 * @returns rejects with HttpTrouble where fetch rejects with a TypeError
 */
export function createFetch(
  transport: Transport,
  defaults: FetchDefaults,
): (url: string, init?: FetchInit) => Promise<Response> {
  return async (url, init = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    const body = bodyText(init.body);
    if (init.body instanceof URLSearchParams) {
      headers['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8';
    }
    const request = { method: init.method ?? 'GET', url, headers, ...(body !== undefined && { body }) };
    return toResponse(await transport.send(request, defaults));
  };
}

function bodyText(body: unknown): string | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  throw new TypeError('the body must be a string, URLSearchParams, Uint8Array or null');
}

/** The text was unpacked and decoded: these speak of the bytes on the wire. */
const ofTheWire: ReadonlySet<string> = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

function toResponse({ status, headers, text, exchange }: HttpAnswer): Response {
  if (status < 200 || status > 599) {
    throw new HttpTrouble('protocol', `HTTP status ${status} is none that RFC 9110 knows.`, exchange);
  }
  const list = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (ofTheWire.has(name)) continue;
    // Headers takes Latin-1 only; what was read as UTF-8 goes back to its bytes.
    for (const one of name === 'set-cookie' ? value.split('\n') : [value]) {
      list.append(name, Buffer.from(one, 'utf8').toString('latin1'));
    }
  }
  const empty = status === 204 || status === 205 || status === 304;
  // As bytes: for a text, Response would make up a content type.
  return new Response(empty ? null : Buffer.from(text, 'utf8'), { status, headers: list });
}
