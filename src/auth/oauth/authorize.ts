import { HttpTrouble } from '../../http/trouble.ts';
import type { HttpAnswer, Redaction, Transport, TroubleCode } from '../../http/types.ts';
import { pageText, shortened } from '../../operation/answer.ts';
import { fillInBrowser } from '../login-pages/by-browser.ts';
import { fillPages } from '../login-pages/by-requests.ts';
import { createVisitor, type Landing } from '../login-pages/visitor.ts';
import type { LoginPages, OAuthClient } from './client.ts';

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
  | AuthorizationPage
  /** An error page, or an answer that is neither a page nor a redirect. */
  | { kind: 'refused'; status: number; message: string; exchange: number }
  | { kind: 'trouble'; code: TroubleCode | 'status'; message: string; exchange: number | null };

/** A page for a person: the request is accepted, but the code needs a login. */
export interface AuthorizationPage {
  kind: 'page';
  url: string;
  status: number;
  exchange: number;
  /** Why the login pages of the profile did not lead past it; absent: the profile describes none. */
  problem?: string;
  /** What the page says, where there is nothing on it that a login could begin with. */
  deadEnd?: string;
}

export interface AuthorizeOptions {
  redirectUri?: string;
  /** RFC 7636, S256. */
  codeChallenge?: string;
}

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
 * never requested: code and state are read there. Where a page answers, the login pages of the profile are filled in,
 * if it describes any.
 */
export async function authorize(
  transport: Transport,
  client: OAuthClient,
  options: AuthorizeOptions = {},
): Promise<AuthorizationOutcome> {
  const ends = [options.redirectUri ?? client.redirectUri, client.redirectUri];
  const url = authorizationUrl(client, options);
  const { redaction } = transport;
  try {
    const visit = createVisitor(transport, ends);
    const landing = await visit({ method: 'GET', url });
    if (landing.kind !== 'answer') return outcomeOf(landing);
    const outcome = page(landing.answer, redaction);
    if (outcome.kind !== 'page' || client.login === null) return outcome;
    if (client.login.scripts) return await inBrowser(client.login, url, ends, landing.answer, redaction);
    const end = await fillPages(visit, client.login.pages, landing.answer, redaction);
    if (end.kind !== 'stuck') return outcomeOf(end);
    const last = page(end.answer, redaction);
    if (last.kind === 'trouble') return last;
    const { status, exchange } = end.answer;
    return { kind: 'page', url: end.answer.url, status, exchange, problem: end.problem };
  } catch (error) {
    if (!(error instanceof HttpTrouble)) throw error;
    return { kind: 'trouble', code: error.code, message: error.message, exchange: error.exchange };
  }
}

async function inBrowser(
  { browser, ...login }: LoginPages,
  url: string,
  ends: readonly string[],
  { exchange }: HttpAnswer,
  redaction: Redaction,
): Promise<AuthorizationOutcome> {
  if (browser === null) {
    const problem = 'the login pages need scripts, and no browser was found to fill them in: see --browser';
    return { kind: 'page', url, status: 200, exchange, problem };
  }
  try {
    const end = await fillInBrowser({ ...login, browser }, url, ends, redaction);
    if (end.kind === 'stuck')
      return { kind: 'page', url: end.url, status: 200, exchange, problem: end.problem };
    const code = end.url.searchParams.get('code');
    if (code !== null) redaction.add(code);
    return callback(end.url, exchange, 0);
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    const message = `the browser could not fill in the login pages: ${redaction.text(line)}`;
    return { kind: 'trouble', code: 'protocol', message, exchange };
  }
}

function outcomeOf(landing: Exclude<Landing, { kind: 'answer' }>): AuthorizationOutcome {
  if (landing.kind === 'redirect-uri') return callback(landing.url, landing.exchange, landing.hops);
  const { status, message, exchange } = landing;
  return { kind: 'refused', status, message, exchange };
}

/** Whether an address has what an authorization server sends back: a code, or an error that is not empty. */
export function isCallback({ searchParams }: URL): boolean {
  return searchParams.has('code') || ['error', 'error_description'].some((name) => searchParams.get(name));
}

/** Code, state and error of a callback URL. */
export function callback(url: URL, exchange: number, hops: number): AuthorizationOutcome {
  const get = (name: string) => url.searchParams.get(name);
  // Some write every parameter each time: an empty error is none, for App Connect's client too, and an empty code is none.
  const error = get('error') || null;
  const code = get('code') || null;
  const redirectedTo = `${url.origin}${url.pathname}`;
  if (code === null || error !== null) {
    return {
      kind: 'denied',
      error: error ?? 'neither code nor error in the callback',
      description: get('error_description') || null,
      state: get('state'),
      redirectedTo,
      exchange,
    };
  }
  return { kind: 'code', code, state: get('state'), issuer: get('iss'), redirectedTo, exchange, hops };
}

function page(answer: HttpAnswer, redaction: Redaction): AuthorizationOutcome {
  const { status, exchange, url } = answer;
  if (status === 429 || status >= 500) {
    return { kind: 'trouble', code: 'status', message: `HTTP ${status}`, exchange };
  }
  const html = (answer.headers['content-type'] ?? '').includes('html');
  const message = shortened(pageText(answer.text, redaction), redaction, 160);
  if (status >= 200 && status < 300 && html) {
    const refusal = refusalIn(answer);
    if (refusal !== null)
      return { kind: 'refused', status, message: shortened(refusal, redaction, 160), exchange };
    return { kind: 'page', url, status, exchange, ...(isDeadEnd(answer) && { deadEnd: message }) };
  }
  return { kind: 'refused', status, message, exchange };
}

/**
 * The error that the address of a page names: Salesforce, for one, shows a wrong redirect URI at
 * `AuthorizationError?error=redirect_uri_mismatch`, with a script on the page. Beside something to fill in only an error
 * code that is known counts.
 */
function refusalIn({ text, url }: HttpAnswer): string | null {
  const { searchParams } = new URL(url);
  const error = searchParams.get('error');
  if (!error || notOfTheRequest.has(error)) return null;
  if (/<(form|input|button|iframe|frame)\b/i.test(text) && error.match(errorCodes)?.[0] !== error)
    return null;
  return [error, searchParams.get('error_description')].filter(Boolean).join(': ');
}

/** Said to whoever was asked for consent, or would have to be; or for the time being. Nothing about the request. */
export const notOfTheRequest: ReadonlySet<string> = new Set([
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
  'server_error',
  'temporarily_unavailable',
]);

/** Whether a page leads nowhere: nothing to press and no script; or but links, on a page that names an error. */
function isDeadEnd({ text, url }: HttpAnswer): boolean {
  if (/<(form|input|button|script|iframe|frame|object|embed)\b|http-equiv|\son\w+\s*=/i.test(text))
    return false;
  return (
    !/<(a|area)\b/i.test(text) || errorCodes.test(text) || Boolean(new URL(url).searchParams.get('error'))
  );
}

/** RFC 6749 section 4.1.2.1, and what some servers call a wrong redirect URI. */
const errorCodes =
  /\b(invalid_request|unauthorized_client|access_denied|unsupported_response_type|invalid_scope|server_error|temporarily_unavailable|invalid_client|redirect_uri_mismatch|invalid_redirect_uri)\b/;
