import { Cookie, CookieJar } from 'tough-cookie';
import { HttpTrouble } from '../../http/trouble.ts';
import type { HttpAnswer, Redaction, Transport, TroubleCode } from '../../http/types.ts';
import { pageText, shortened } from '../../operation/answer.ts';
import type { OAuthClient } from './client.ts';

/** Where an authorization request led. */
export type AuthorizationOutcome =
  | {
      kind: 'code';
      code: string;
      state: string | null;
      issuer: string | null;
      /** Where the code was sent, without the query. */
      redirectedTo: string;
      exchange: number;
      hops: number;
    }
  /** Redirected to the redirect URI with `error` (RFC 6749 section 4.1.2.1). */
  | {
      kind: 'denied';
      error: string;
      description: string | null;
      state: string | null;
      redirectedTo: string;
      exchange: number;
    }
  /** A page for a person: the request is accepted, but the code needs a login. */
  | { kind: 'page'; url: string; status: number; exchange: number }
  /** An error page, or an answer that is neither a page nor a redirect. */
  | { kind: 'refused'; status: number; message: string; exchange: number }
  | { kind: 'trouble'; code: TroubleCode | 'status'; message: string; exchange: number | null };

export interface AuthorizeOptions {
  redirectUri?: string;
  /** RFC 7636, S256. */
  codeChallenge?: string;
}

const maxHops = 15;

/**
 * The authorization request of App Connect's browser client: `response_type=code`, client id, its redirect URI,
 * `state=platform=<name>` and the scope text exactly as configured (which may be a query fragment).
 */
export function authorizationUrl(client: OAuthClient, options: AuthorizeOptions = {}): string {
  const scope = client.scope.includes('=')
    ? client.scope.replace(/^[?&]+/, '')
    : client.scope === ''
      ? ''
      : `scope=${encodeURIComponent(client.scope)}`;
  const parameters = [
    'response_type=code',
    `client_id=${encodeURIComponent(client.clientId)}`,
    scope,
    `state=${encodeURIComponent(client.state)}`,
    `redirect_uri=${encodeURIComponent(options.redirectUri ?? client.redirectUri)}`,
    ...(options.codeChallenge
      ? [`code_challenge=${options.codeChallenge}`, 'code_challenge_method=S256']
      : []),
  ].filter((parameter) => parameter !== '');
  const url = client.authUrl ?? '';
  return `${url}${url.includes('?') ? '&' : '?'}${parameters.join('&')}`;
}

/**
 * Sends the authorization request and follows it to the `Location` that points at the redirect URI, which itself is
 * never requested: where the server gives consent by itself, code and state are read there.
 */
export async function authorize(
  transport: Transport,
  client: OAuthClient,
  options: AuthorizeOptions = {},
): Promise<AuthorizationOutcome> {
  const ends = [options.redirectUri ?? client.redirectUri, client.redirectUri];
  const jar = new CookieJar(undefined, { rejectPublicSuffixes: false });
  let url = authorizationUrl(client, options);
  try {
    for (let hop = 1; hop <= maxHops; hop++) {
      const cookie = await jar.getCookieString(url);
      const answer = await transport.send(
        { method: 'GET', url, headers: { accept: 'text/html,*/*', ...(cookie !== '' && { cookie }) } },
        {
          intent: 'authorization request',
          repeat: 'read',
          asBrowser: true,
          secretsIn: ({ headers }) => codeIn(headers.location, url),
        },
      );
      await keepCookies(jar, answer, url);
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
      if (location === undefined) return page(answer, transport.redaction);
      if (!URL.canParse(location, url)) {
        const { status, exchange } = answer;
        return { kind: 'refused', status, message: 'redirects to something that is not a URL', exchange };
      }
      const next = new URL(location, url);
      if (ends.some((end) => leadsTo(next, end))) return callback(next, answer.exchange, hop);
      url = next.href;
    }
    return {
      kind: 'trouble',
      code: 'too-many-redirects',
      message: `more than ${maxHops} redirects`,
      exchange: null,
    };
  } catch (error) {
    if (!(error instanceof HttpTrouble)) throw error;
    return { kind: 'trouble', code: error.code, message: error.message, exchange: error.exchange };
  }
}

/** Code, state and error of a callback URL. */
export function callback(url: URL, exchange: number, hops: number): AuthorizationOutcome {
  const get = (name: string) => url.searchParams.get(name);
  const error = get('error');
  const code = get('code');
  const redirectedTo = `${url.origin}${url.pathname}`;
  if (code === null || error !== null) {
    return {
      kind: 'denied',
      error: error ?? 'neither code nor error in the callback',
      description: get('error_description'),
      state: get('state'),
      redirectedTo,
      exchange,
    };
  }
  return { kind: 'code', code, state: get('state'), issuer: get('iss'), redirectedTo, exchange, hops };
}

function leadsTo(url: URL, redirectUri: string): boolean {
  const target = new URL(redirectUri);
  return url.origin === target.origin && url.pathname === target.pathname;
}

function page(answer: HttpAnswer, redaction: Redaction): AuthorizationOutcome {
  const { status, exchange, url } = answer;
  if (status === 429 || status >= 500) {
    return { kind: 'trouble', code: 'status', message: `HTTP ${status}`, exchange };
  }
  const html = (answer.headers['content-type'] ?? '').includes('html');
  if (status >= 200 && status < 300 && html) return { kind: 'page', url, status, exchange };
  return {
    kind: 'refused',
    status,
    message: shortened(pageText(answer.text, redaction), redaction, 160),
    exchange,
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
