import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FaultSwitch } from './faults.ts';
import type { Answer, Caller } from './http.ts';

/** Looks an access token up at the authorization server. */
export type TokenLookup = (token: string) => Promise<boolean>;

/** Who calls: by `Authorization: Bearer <access token or API key>` (RFC 6750 section 2.1) or `X-Api-Key`. */
export async function identify(
  headers: IncomingHttpHeaders,
  apiKey: string,
  isLiveToken: TokenLookup,
  fault: FaultSwitch,
): Promise<Caller> {
  const key = headers['x-api-key'];
  if (typeof key === 'string') return isEqual(key, apiKey) ? 'known' : 'wrong';
  const { authorization } = headers;
  if (authorization === undefined || authorization.trim() === '') return 'missing';
  const [scheme = '', token = ''] = authorization.trim().split(/\s+/);
  if (scheme.toLowerCase() !== (fault('bearer-refused') ? 'token' : 'bearer')) return 'wrong';
  if (token === '') return 'missing';
  return isEqual(token, apiKey) || (await isLiveToken(token)) ? 'known' : 'wrong';
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whether a request passes the door; only a fault lets in anybody but a known caller. */
export function isLetIn(caller: Caller, path: string, fault: FaultSwitch): boolean {
  if (caller === 'known') return true;
  if (caller === 'missing') return fault('user-ok-without-credential');
  return path === '/me' && (fault('user-ok-for-wrong-token') || fault('user-ok-for-wrong-token-full'));
}

/** How the door refuses: 401 with a challenge (RFC 6750 section 3), and JSON. */
export function refuse(caller: Caller, fault: FaultSwitch): Answer {
  if (fault('refuses-with-302-to-html')) return { status: 302, headers: { location: '/login' } };
  const body = {
    error: caller === 'missing' ? 'missing_credential' : 'invalid_credential',
    message: caller === 'missing' ? 'Send a token or an API key.' : 'This credential is not valid.',
  };
  if (fault('refuses-with-400')) return { status: 400, body };
  const scheme = fault('bearer-refused') ? 'Token' : 'Bearer';
  // RFC 6750 section 3.1: no error code for a request that carried no credential.
  const reason = caller === 'missing' ? '' : ', error="invalid_token"';
  return { status: 401, body, headers: { 'www-authenticate': `${scheme} realm="Reference CRM"${reason}` } };
}
