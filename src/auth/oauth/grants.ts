import { createHash, randomBytes } from 'node:crypto';
import type { Transport } from '../../http/types.ts';
import type { ClientAuthentication } from '../../profile/types.ts';
import { type AuthorizationOutcome, type AuthorizeOptions, authorize } from './authorize.ts';
import type { OAuthClient } from './client.ts';
import { type GrantOptions, requestToken } from './token.ts';
import type { TokenAnswer } from './token-answer.ts';

/** One way to exchange a code. The first is App Connect's own. */
export interface ExchangeVariant {
  clientAuth: ClientAuthentication;
  pkce: boolean;
}

export const exchangeVariants: readonly ExchangeVariant[] = [
  { clientAuth: 'basic', pkce: false },
  { clientAuth: 'body', pkce: false },
  { clientAuth: 'query', pkce: false },
  { clientAuth: 'basic', pkce: true },
  { clientAuth: 'body', pkce: true },
  { clientAuth: 'query', pkce: true },
];

/** An authorization and the exchange of its code, in one variant. */
export interface Grant {
  variant: ExchangeVariant;
  authorization: AuthorizationOutcome;
  /** null when there was no code to exchange. */
  token: TokenAnswer | null;
}

/** How authorization codes are obtained: by the server itself, or with a person's help. */
export type Authorizer = (options: AuthorizeOptions) => Promise<AuthorizationOutcome>;

export function silentAuthorizer(transport: Transport, client: OAuthClient): Authorizer {
  return (options) => authorize(transport, client, options);
}

/** Obtains a code of its own and exchanges it. `spoil` sends something wrong in place of the code or the secret. */
export async function obtainGrant(
  transport: Transport,
  client: OAuthClient,
  authorizer: Authorizer,
  variant: ExchangeVariant,
  spoil: { clientSecret?: string } = {},
): Promise<Grant> {
  const pkce = variant.pkce ? newVerifier(transport) : null;
  const authorization = await authorizer(pkce ? { codeChallenge: pkce.challenge } : {});
  if (authorization.kind !== 'code') return { variant, authorization, token: null };
  const options: GrantOptions = { clientAuth: variant.clientAuth, ...spoil };
  const token = await exchangeCode(transport, client, authorization.code, options, pkce?.verifier ?? null);
  return { variant, authorization, token };
}

/** A code verifier and its S256 challenge (RFC 7636 section 4.1 and 4.2). */
export function newVerifier({ redaction }: Transport): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  redaction.add(verifier);
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** RFC 6749 section 4.1.3. */
export function exchangeCode(
  transport: Transport,
  client: OAuthClient,
  code: string,
  options: GrantOptions,
  verifier: string | null = null,
): Promise<TokenAnswer> {
  return requestToken(
    transport,
    client,
    'authorization_code',
    { code, redirect_uri: client.redirectUri, ...(verifier && { code_verifier: verifier }) },
    options,
  );
}

/** RFC 6749 section 6. */
export function refresh(
  transport: Transport,
  client: OAuthClient,
  refreshToken: string,
  options: GrantOptions = {},
): Promise<TokenAnswer> {
  return requestToken(transport, client, 'refresh_token', { refresh_token: refreshToken }, options);
}
