import type { Transport } from '../../http/types.ts';
import { tellingSecrets } from '../../operation/derived-secrets.ts';
import type { OperationContext } from '../../operation/step.ts';
import type { ClientAuthentication, Profile } from '../../profile/types.ts';
import { describeRefusal, nothing, type Obtained, renewedBy, type SignInFailure } from '../obtained.ts';
import type { TokenKeeper } from '../stored/keeper.ts';
import { fromKeeper } from '../stored/kept-tokens.ts';
import { type OAuthClient, type OAuthConfig, oauthClient } from './client.ts';
import { type Renewal, tokenCredential } from './credential.ts';
import { refresh } from './grants.ts';
import { type Codes, grantsForCodes } from './grants-for-codes.ts';
import { requestToken } from './token.ts';
import { type TokenAnswer, tokensIn } from './token-answer.ts';

/** Tokens by the grant of the profile, those of an earlier login, or those that the user handed in. */
export async function obtainTokens(
  context: OperationContext,
  auth: OAuthConfig,
  codes: Codes,
  keeper: TokenKeeper | null,
): Promise<Obtained> {
  const { profile, transport } = context;
  const client = tellingSecrets(profile, transport.redaction, 'other', () => oauthClient(profile, auth));
  if (client.accessToken) {
    const tokens = { accessToken: client.accessToken, refreshToken: client.refreshToken, expiresIn: null };
    return { ...nothing, client, credential: tokenCredential(profile, client, tokens, false) };
  }
  const renewal = byRefreshToken(transport, client, client.clientAuth);
  switch (auth.grant) {
    case 'client_credentials': {
      const ask = () => requestByGrant(transport, client, 'client_credentials');
      const again = async () => renewedBy(await ask());
      return fromToken(profile, client, await ask(), { requirement: 'auth.accepted', obtained: true }, again);
    }
    case 'password': {
      const token = await requestByGrant(transport, client, 'password');
      return fromToken(profile, client, token, { requirement: 'auth.accepted', obtained: true }, renewal);
    }
    case 'refresh_token':
    case 'authorization_code':
      if (keeper) return fromKeeper(context, client, keeper);
      if (client.refreshToken) {
        const answer = await refresh(transport, client, client.refreshToken);
        const token = keepRefreshToken(answer, client.refreshToken);
        // Its access token is the run's, but a revocation may end the grant: the next run's, and whoever else's.
        return fromToken(profile, client, token, { requirement: 'oauth.refresh', obtained: false }, renewal);
      }
      return fromCode(context, client, codes);
  }
}

/** The grants that need neither a code nor an older token. */
export function requestByGrant(
  transport: Transport,
  client: OAuthClient,
  grant: 'client_credentials' | 'password',
): Promise<TokenAnswer> {
  const { username, password, scope } = client;
  return requestToken(transport, client, grant, {
    ...(scope !== '' && { scope }),
    ...(grant === 'password' && { username: username ?? '', password: password ?? '' }),
  });
}

async function fromCode(
  { transport, profile }: OperationContext,
  client: OAuthClient,
  codes: Codes,
): Promise<Obtained> {
  const { grants, failure } = await grantsForCodes(transport, client, codes);
  const base = { grants, token: null, client };
  const last = grants.at(-1);
  const tokens = last?.token && tokensIn(last.token);
  if (failure || !last || !tokens) return { ...base, credential: null, failure };
  const renewal = byRefreshToken(transport, client, last.variant.clientAuth);
  return { ...base, failure: null, credential: tokenCredential(profile, client, tokens, true, renewal) };
}

function fromToken(
  profile: Profile,
  client: OAuthClient,
  token: TokenAnswer,
  { requirement, obtained }: { requirement: SignInFailure['requirement']; obtained: boolean },
  renewal: Renewal,
): Obtained {
  const base = { grants: [], token, client };
  if (token.kind === 'trouble') {
    return { ...base, credential: null, failure: { requirement, kind: 'trouble', reason: token.message } };
  }
  if (!token.tokens) {
    const reason = `the token request was refused: ${describeRefusal(token)}`;
    return { ...base, credential: null, failure: { requirement, kind: 'refused', reason } };
  }
  return {
    ...base,
    failure: null,
    credential: tokenCredential(profile, client, token.tokens, obtained, renewal),
  };
}

/** A reply without a new refresh token keeps the old one (RFC 6749 section 6). */
function keepRefreshToken(answer: TokenAnswer, refreshToken: string): TokenAnswer {
  if (answer.kind !== 'answered' || !answer.tokens || answer.tokens.refreshToken) return answer;
  return { ...answer, tokens: { ...answer.tokens, refreshToken } };
}

/** New tokens for the refresh token. */
function byRefreshToken(
  transport: Transport,
  client: OAuthClient,
  clientAuth: ClientAuthentication,
): Renewal {
  return async ({ refreshToken }) => {
    if (refreshToken === null)
      return { kind: 'not renewed', reason: 'there is no refresh token', again: 'never' };
    // Clean-up needs the session, whatever ends the run: a refresh token that rotates must not be lost.
    const answer = await refresh(transport, client, refreshToken, { clientAuth, toTheEnd: true });
    return renewedBy(keepRefreshToken(answer, refreshToken));
  };
}
