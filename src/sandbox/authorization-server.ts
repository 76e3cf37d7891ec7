import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Context } from 'oidc-provider';
import type { Handler } from './api.ts';
import type { TokenLookup } from './credential.ts';
import type { FaultSwitch } from './faults.ts';
import { addOAuthFaults } from './oauth-faults.ts';
import { importOidcProvider } from './quiet-import.ts';
import { createTokenStore } from './token-store.ts';
import { user } from './user.ts';

/** Where App Connect's client has the browser sent back to. */
const appConnectRedirectUri =
  'https://apps.ringcentral.com/integration/ringcentral-embeddable/latest/redirect.html';
/** RFC 8252 section 7.3: with any port. */
const loopbackRedirectUri = 'http://127.0.0.1/callback';

/** All that this CRM offers. Scopes that it does not know are ignored. */
const defaultScope = 'crm';

/** Seconds. */
const hour = 3600;
const lifetimes = {
  AuthorizationCode: 60,
  AccessToken: hour,
  RefreshToken: 14 * 24 * hour,
  Grant: 14 * 24 * hour,
  Session: 14 * 24 * hour,
  Interaction: hour,
  IdToken: hour,
};

export interface AuthorizationServer {
  /** Answers everything under `/oauth`. */
  handle: Handler;
  isLiveToken: TokenLookup;
}

/**
 * A certified OAuth 2.0 server (oidc-provider), mounted under `/oauth`. It signs its one user in and consents by
 * itself: the authorization request ends in a redirect with a code, after two redirects that set cookies.
 * Nothing is loaded before the first request needs it.
 */
export function createAuthorizationServer(
  issuer: string,
  client: { clientId: string; clientSecret: string },
  fault: FaultSwitch,
): AuthorizationServer {
  let started: Promise<Provider> | undefined;
  const start = (): Promise<Provider> => {
    started ??= createProvider(issuer, client, fault);
    return started;
  };
  return {
    // Before the server was ever asked, no token can exist.
    isLiveToken: async (token) =>
      started !== undefined && (await (await started).AccessToken.find(token)) !== undefined,
    handle: async (request, response, url) => {
      const provider = await start();
      const path = url.pathname.slice('/oauth'.length);
      if (path.startsWith('/interaction/')) {
        await signIn(provider, request, response);
        return;
      }
      // What a framework does when it mounts an app: oidc-provider reads both.
      const search = path === '/auth' ? withDefaultScope(url.searchParams) : url.search;
      Object.assign(request, { originalUrl: `${url.pathname}${search}` });
      request.url = `${path}${search}`;
      await provider.callback()(request, response);
    },
  };
}

/** RFC 6749 section 3.3: whatever scope is asked for, or none, the default one is part of it. */
function withDefaultScope(query: URLSearchParams): string {
  const scopes = query.getAll('scope');
  if (scopes.length < 2) query.set('scope', `${scopes[0] ?? ''} ${defaultScope}`.trim());
  return `?${query}`;
}

async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await provider.interactionFinished(request, response, { login: { accountId: user.id }, consent: {} });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'SessionNotFound')) throw error;
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('This sign-in is over, or the cookie of its first step was not sent back. Start again.\n');
  }
}

async function createProvider(
  issuer: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
  fault: FaultSwitch,
): Promise<Provider> {
  const { default: OidcProvider, interactionPolicy } = await importOidcProvider();
  const policy = interactionPolicy.base();
  // Asks for a consent page at every sign-in of a client with loopback redirect URIs.
  policy.get('consent').checks.remove('native_client_prompt');
  const store = createTokenStore(fault);

  const provider = new OidcProvider(issuer, {
    adapter: store.adapter,
    jwks: { keys: [signingKey()] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        // By this server's rules that accepts the secret in the body as well.
        token_endpoint_auth_method: 'client_secret_basic',
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
        redirect_uris: fault('authorize-refuses-redirect-uri')
          ? [loopbackRedirectUri]
          : [appConnectRedirectUri, loopbackRedirectUri],
      },
    ],
    cookies: { keys: [randomBytes(24).toString('hex')] },
    interactions: { policy, url: (_: Context, { uid }: { uid: string }) => `/oauth/interaction/${uid}` },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access', defaultScope],
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: ownTokensOnly },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
    },
    findAccount: (_: Context, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    loadExistingGrant: consent,
    // A refresh token always, and each works once: App Connect must cope with both.
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    // A CRM's tokens outlive the browser that fetched them.
    expiresWithSession: () => false,
    pkce: { required: () => false },
    clientBasedCORS: () => false,
    formats: {
      bitsOfOpaqueRandomness: (_: Context, token: { kind: string }) => tokenBits(token.kind, fault),
    },
    renderError: (context: Context, out: Record<string, string>) => {
      context.type = 'text';
      context.body = Object.entries(out)
        .map(([key, value]) => `${key}: ${value}\n`)
        .join('');
    },
    ttl: { ...lifetimes, ...(fault('short-lived-tokens') && { AccessToken: 60 }) },
  });
  addOAuthFaults(provider, store, fault);
  return provider;
}

/** A grant of its own for each sign-in: revoking one leaves the user's other sessions alive. */
async function consent({ oidc }: Context): Promise<object | undefined> {
  if (!oidc) return undefined;
  const grant = new oidc.provider.Grant({
    accountId: oidc.account.accountId,
    clientId: oidc.client.clientId,
  });
  grant.addOIDCScope(oidc.params?.scope ?? '');
  await grant.save();
  return grant;
}

function ownTokensOnly(_: Context, client: { clientId: string }, token: { clientId: string }): boolean {
  return client.clientId === token.clientId;
}

/** Six bits to a character. App Connect cannot store more than 2,000 characters. */
function tokenBits(kind: string, fault: FaultSwitch): number {
  return kind === 'AccessToken' && fault('token-too-long') ? 6 * 2100 : 256;
}

function signingKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' };
}
