import { renderProxyRequest } from '../app-connect/render.ts';
import type { OperationName, Profile } from '../profile/types.ts';
import type { SignedRequest, Signer } from './types.ts';

/**
 * A request of a bare proxyConfig, by App Connect's own rules, signed as App Connect signs it.
 * @param emptyBody false: leave out the `{}` of a GET or DELETE, to see whether that is what a CRM refuses
 */
export function renderProxy(
  profile: Profile,
  name: OperationName,
  signer: Signer,
  scope: Record<string, unknown>,
  emptyBody: boolean,
): SignedRequest {
  const { apiKey, accessToken, refreshToken, secretKey, hostname } = signer.proxy;
  const user = typeof scope.user === 'object' && scope.user !== null ? scope.user : {};
  const { credentialHeaders, ...request } = renderProxyRequest(profile.document, name, {
    user: {
      ...user,
      accessToken: accessToken ?? apiKey,
      refreshToken,
      hostname,
      platform: profile.meta.name,
    },
    apiKey,
    accessToken,
    secretKey,
    hostname,
    variables: scope,
  });
  const headers = { ...request.headers };
  // An empty credential still makes a header (`Basic Og==`): "no credential" means no header at all.
  if ((accessToken ?? apiKey) === '') for (const header of credentialHeaders) delete headers[header];
  const drop =
    !emptyBody && request.body === '{}' && (request.method === 'GET' || request.method === 'DELETE');
  if (!drop) return { request: { ...request, headers }, credentialHeaders };
  const { body: _body, ...withoutBody } = request;
  delete headers['content-type'];
  return { request: { ...withoutBody, headers }, credentialHeaders };
}
