import type { ReadAnswer } from './read-answer.ts';
import { HttpTrouble } from './trouble.ts';
import type { HttpRequest } from './types.ts';

export const maxRedirects = 5;

/** A request on its way, with the names of the headers that still carry a credential. */
export interface Hop {
  request: HttpRequest;
  credentialHeaders: readonly string[];
}

/** Credentials whoever put them there. */
const alwaysCredentials = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * The request that a redirect asks for (RFC 9110 section 15.4); null when the answer is no redirect. Credentials are
 * left behind when the host (name and port) changes.
 * @throws {HttpTrouble} `plain-http`, when it leads from https to http; `protocol` for a Location that is no URL
 */
export function redirectOf({ request, credentialHeaders }: Hop, answer: ReadAnswer): Hop | null {
  const { location } = answer.headers;
  if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return null;
  if (!URL.canParse(location, request.url)) {
    throw new HttpTrouble(
      'protocol',
      `${new URL(request.url).host} redirects to something that is not a URL.`,
    );
  }
  const from = new URL(request.url);
  const to = new URL(location, from);
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new HttpTrouble(
      'plain-http',
      `${from.host} redirects from https to plain http: it must redirect to https.`,
    );
  }
  const moved = from.host !== to.host;
  const left = new Set(
    moved ? [...alwaysCredentials, ...credentialHeaders.map((name) => name.toLowerCase())] : [],
  );
  const asGet = becomesGet(answer.status, request.method.toUpperCase());
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => {
      const key = name.toLowerCase();
      // The host header named the old host.
      return !left.has(key) && !(asGet && key.startsWith('content-')) && !(moved && key === 'host');
    }),
  );
  const body = asGet || request.body === undefined ? {} : { body: request.body };
  return {
    request: { method: asGet ? 'GET' : request.method, url: to.href, headers, ...body },
    credentialHeaders: moved ? [] : credentialHeaders,
  };
}

/** 303: see other, by GET. 301 and 302: every browser turns a POST into a GET, and RFC 9110 allows it. */
function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}
