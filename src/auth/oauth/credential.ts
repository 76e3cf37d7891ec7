import type { Profile } from '../../profile/types.ts';
import { basic, type Credential, type Renewed, type Tokens } from '../session.ts';
import type { OAuthClient } from './client.ts';

/** Obtains new tokens for a client: by the refresh token, or by the grant that gave the first ones. */
export type Renewal = (tokens: Tokens) => Promise<Renewed<Tokens>>;

/** A token pair as a credential: `Authorization: Bearer <access token>`, or the profile's own scheme. */
export function tokenCredential(
  profile: Profile,
  { scheme }: Pick<OAuthClient, 'scheme'>,
  tokens: Tokens,
  obtained: boolean,
  renewal?: Renewal,
): Credential {
  const { CRM_READY_SECRET_KEY, CRM_READY_HOSTNAME } = profile.secrets;
  return {
    obtained,
    tokens,
    ...(renewal && {
      renew: async () => {
        const renewed = await renewal(tokens);
        if (renewed.kind !== 'renewed') return renewed;
        const discovered = { ...tokens.discovered, ...renewed.value.discovered };
        const next = { ...renewed.value, discovered };
        return {
          kind: 'renewed',
          value: tokenCredential(profile, { scheme }, next, obtained, renewal),
        };
      },
    }),
    values: { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken ?? '' },
    carry: ({ accessToken = '' }) => ({
      headers: { authorization: `${scheme} ${accessToken}`.trim() },
      query: {},
    }),
    variables: ({ accessToken = '', refreshToken = '' }) => ({
      auth: { ...tokens.discovered, accessToken, refreshToken },
      user: { id: null, hostname: CRM_READY_HOSTNAME ?? null, accessToken, refreshToken },
    }),
    proxy: ({ accessToken = '', refreshToken = '' }) => ({
      authType: 'oauth',
      accessToken,
      refreshToken,
      ...(CRM_READY_SECRET_KEY !== undefined && { secretKey: CRM_READY_SECRET_KEY }),
      ...(CRM_READY_HOSTNAME !== undefined && { hostname: CRM_READY_HOSTNAME }),
    }),
  };
}

/** The `client` credential of an operation: the OAuth client's own id and secret by HTTP Basic (RFC 7009). */
export function clientHeaders({ clientId, clientSecret }: OAuthClient): Record<string, string> {
  return { authorization: basic(clientId, clientSecret) };
}
