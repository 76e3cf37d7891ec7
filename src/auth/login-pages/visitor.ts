import { Cookie, CookieJar } from 'tough-cookie';
import { HttpTrouble } from '../../http/trouble.ts';
import type { HttpAnswer, Transport } from '../../http/types.ts';

/** Where a request of a browser ended. */
export type Landing =
  /** A redirect to a redirect URI, which itself is never requested. */
  | { kind: 'redirect-uri'; url: URL; exchange: number; hops: number }
  /** A page, or whatever else is no redirect. */
  | { kind: 'answer'; answer: HttpAnswer }
  | { kind: 'astray'; status: number; message: string; exchange: number };

interface PageRequest {
  method: 'GET' | 'POST';
  url: string;
  /** A form. */
  body?: string;
  /** The page that the request comes from. */
  from?: string;
  /** Something that only hosts of the profile may see is in it. */
  confidential?: boolean;
}

/** Follows redirects, and keeps cookies from one request to the next. @throws {HttpTrouble} when no answer came */
export type Visit = (request: PageRequest) => Promise<Landing>;

const maxHops = 15;

/**
 * A browser without scripts: cookies, redirects and forms.
 * @param ends the redirect URIs at which it stops
 */
export function createVisitor(transport: Transport, ends: readonly string[]): Visit {
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false });
  return async (first) => {
    let request = first;
    for (let hop = 1; hop <= maxHops; hop++) {
      const { method, url, body, confidential = false } = request;
      const cookie = await jar.getCookieString(url);
      const answer = await transport.send(
        {
          method,
          url,
          headers: {
            accept: 'text/html,*/*',
            ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
            ...origin(request),
            ...(cookie !== '' && { cookie }),
          },
          ...(body !== undefined && { body }),
        },
        {
          intent: hop === 1 && request.from !== undefined ? 'login page' : 'authorization request',
          repeat: method === 'GET' ? 'read' : 'once',
          asBrowser: !confidential,
          secretsIn: ({ headers }) => codeIn(headers.location, url),
        },
      );
      await keepCookies(jar, answer, url);
      const { status, exchange } = answer;
      const location = status >= 300 && status < 400 ? answer.headers.location : undefined;
      if (location === undefined) return { kind: 'answer', answer };
      if (!URL.canParse(location, url)) {
        return { kind: 'astray', status, message: 'redirects to something that is not a URL', exchange };
      }
      const next = new URL(location, url);
      if (leadsTo(next, ends)) return { kind: 'redirect-uri', url: next, exchange, hops: hop };
      if (!/^https?:$/.test(next.protocol)) {
        const message = `redirects to an address that begins with ${next.protocol}, which is not the redirect URI`;
        return { kind: 'astray', status, message, exchange };
      }
      // Only 307 and 308 keep the method and the body (RFC 9110 section 15.4).
      request = [307, 308].includes(status)
        ? { ...request, url: next.href }
        : { method: 'GET', url: next.href };
    }
    throw new HttpTrouble('too-many-redirects', `more than ${maxHops} redirects`);
  };
}

/** Whether a redirect leads to one of these redirect URIs: whatever its query. */
export function leadsTo(url: URL, ends: readonly string[]): boolean {
  return ends.some((end) => {
    const { origin, pathname } = new URL(end);
    return url.origin === origin && url.pathname === pathname;
  });
}

/** What browsers send with a form, and what protections against forged requests look for. */
function origin({ from, url, method }: PageRequest): Record<string, string> {
  if (from === undefined) return {};
  const page = new URL(from);
  return {
    ...(method === 'POST' && { origin: page.origin }),
    referer: page.origin === new URL(url).origin ? page.href : `${page.origin}/`,
  };
}

async function keepCookies(jar: CookieJar, answer: HttpAnswer, url: string): Promise<void> {
  for (const line of (answer.headers['set-cookie'] ?? '').split('\n')) {
    const cookie = Cookie.parse(line);
    if (cookie) await jar.setCookie(cookie, url, { ignoreError: true });
  }
}

function codeIn(location: string | undefined, base: string): string[] {
  if (location === undefined || !URL.canParse(location, base)) return [];
  const code = new URL(location, base).searchParams.get('code');
  return code === null ? [] : [code];
}
