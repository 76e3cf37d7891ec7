import type * as oauth from 'openid-client';
import type { ClientAuthentication } from '../../profile/types.ts';
import { basic } from '../session.ts';

/**
 * How a client says who it is in a token request (RFC 6749 section 2.3.1), as App Connect does it.
 * @param emptySecret HTTP Basic though there is no secret
 */
export function authenticate(
  how: ClientAuthentication,
  id: string,
  secret: string,
  emptySecret = false,
): oauth.ClientAuth {
  return (_server, _client, body, headers) => {
    if (how === 'basic' && (secret !== '' || emptySecret)) headers.set('authorization', basic(id, secret));
    else {
      body.set('client_id', id);
      if (secret !== '') body.set('client_secret', secret);
    }
  };
}

/**
 * Bullhorn and monday: every parameter in the query string. App Connect's code connectors leave what is no credential
 * in the body as well, so that servers which read only the credentials from the query are content, too.
 */
export function inQuery(
  url: string,
  init: oauth.CustomFetchOptions,
): { url: string; init: oauth.CustomFetchOptions } {
  const body = new URLSearchParams(String(init.body ?? ''));
  const query = body.toString();
  body.delete('client_id');
  body.delete('client_secret');
  return { url: `${url}${url.includes('?') ? '&' : '?'}${query}`, init: { ...init, body: body.toString() } };
}
