import type { Transport } from '../../http/types.ts';
import type { OperationContext } from '../../operation/run.ts';
import type { ClientAuthentication, Profile } from '../../profile/types.ts';
import { describeRefusal, nothing, type Obtained, type SignInFailure } from '../obtained.ts';
import type { Tokens } from '../session.ts';
import type { TokenKeeper } from '../stored/keeper.ts';
import { fromKeeper } from '../stored/kept-tokens.ts';
import { type OAuthClient, type OAuthConfig, oauthClient } from './client.ts';
import { type Renewal, tokenCredential } from './credential.ts';
import { type Authorizer, exchangeVariants, type Grant, obtainGrant, refresh } from './grants.ts';
import { requestToken, type TokenAnswer } from './token.ts';

export type AuthorizerFor = (client: OAuthClient) => Authorizer;

/** How authorization codes are obtained. */
export interface Codes {
  /** The first of a run: a person may be asked to log in. */
  first: AuthorizerFor;
  /** Every other: a person is asked only where that was agreed on. */
  again: AuthorizerFor;
}

/** Tokens by the grant of the profile, those of an earlier login, or those that the user handed in. */
export async function obtainTokens(
  context: OperationContext,
  auth: OAuthConfig,
  codes: Codes,
  keeper: TokenKeeper | null,
): Promise<Obtained> {
  const { profile, transport } = context;
  const client = oauthClient(profile, auth);
  if (client.accessToken) {
    const tokens = { accessToken: client.accessToken, refreshToken: client.refreshToken, expiresIn: null };
    return { ...nothing, client, credential: tokenCredential(profile, client, tokens, false) };
  }
  const renewal = byRefreshToken(transport, client, client.clientAuth);
  switch (auth.grant) {
    case 'client_credentials': {
      const ask = () => requestByGrant(transport, client, 'client_credentials');
      return fromToken(profile, client, await ask(), 'auth.alternative', async () => tokensIn(await ask()));
    }
    case 'password': {
      const token = await requestByGrant(transport, client, 'password');
      return fromToken(profile, client, token, 'auth.alternative', renewal);
    }
    case 'refresh_token':
    case 'authorization_code':
      if (keeper) return fromKeeper(context, client, keeper);
      if (client.refreshToken) {
        const answer = await refresh(transport, client, client.refreshToken);
        const token = keepRefreshToken(answer, client.refreshToken);
        return fromToken(profile, client, token, 'oauth.refresh', renewal);
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

/** Tries the ways to exchange a code, App Connect's first, each with a code of its own, until one gives a token. */
async function fromCode(context: OperationContext, client: OAuthClient, codes: Codes): Promise<Obtained> {
  const { transport, profile } = context;
  const grants: Grant[] = [];
  const without = (failure: SignInFailure) => ({ grants, token: null, client, credential: null, failure });
  for (const variant of exchangeVariants) {
    const authorizer = grants.length === 0 ? codes.first(client) : codes.again(client);
    const grant = await obtainGrant(transport, client, authorizer, variant);
    const [first] = grants;
    if (grant.authorization.kind === 'page' && first) {
      return without(onlyOneCode(first, grant.authorization.problem));
    }
    grants.push(grant);
    const tokens = grant.token && tokensIn(grant.token);
    if (tokens) {
      const renewal = byRefreshToken(transport, client, variant.clientAuth);
      const credential = tokenCredential(profile, client, tokens, true, renewal);
      return { grants, token: null, client, failure: null, credential };
    }
    // Without a code the other variants would fail in the same place.
    if (!grant.token || isSilence(grant.token)) return without(grantFailure(grant));
  }
  const [first] = grants;
  return without(
    first ? grantFailure(first) : { requirement: 'oauth.authorize', kind: 'trouble', reason: 'no code' },
  );
}

/** Nobody answered, or not now. A 5xx may be an answer to just this way of asking, so that another is tried. */
function isSilence(token: TokenAnswer): boolean {
  return token.kind === 'trouble' && !(token.code === 'status' && /HTTP 5/.test(token.message));
}

/** @param problem why the described login pages did not give a second code; absent: there are none */
function onlyOneCode(first: Grant, problem = '--authorize-again'): SignInFailure {
  const failure = grantFailure(first);
  const others = `the other ways of asking need a code, and so a login, of their own: ${problem}`;
  return { ...failure, reason: `${failure.reason}; ${others}` };
}

function grantFailure({ authorization, token }: Grant): SignInFailure {
  if (token) {
    const requirement = 'oauth.code-exchange';
    if (token.kind === 'trouble') return { requirement, kind: 'trouble', reason: token.message };
    return { requirement, kind: 'refused', reason: describeRefusal(token) };
  }
  const requirement = 'oauth.authorize';
  switch (authorization.kind) {
    case 'page':
      return {
        requirement,
        kind: 'person',
        reason: authorization.problem ?? 'the login page needs a person',
      };
    case 'denied':
      return {
        requirement,
        kind: 'refused',
        reason: `${authorization.error} ${authorization.description ?? ''}`.trim(),
      };
    case 'refused':
      return {
        requirement,
        kind: 'refused',
        reason: `HTTP ${authorization.status} ${authorization.message}`.trim(),
      };
    case 'trouble':
      return { requirement, kind: 'trouble', reason: authorization.message };
    case 'code':
      return { requirement, kind: 'trouble', reason: 'the code was not exchanged' };
  }
}

function fromToken(
  profile: Profile,
  client: OAuthClient,
  token: TokenAnswer,
  requirement: SignInFailure['requirement'],
  renewal: Renewal,
): Obtained {
  const base = { grants: [], token, client };
  if (token.kind === 'trouble') {
    return { ...base, credential: null, failure: { requirement, kind: 'trouble', reason: token.message } };
  }
  if (!token.tokens) {
    return {
      ...base,
      credential: null,
      failure: { requirement, kind: 'refused', reason: describeRefusal(token) },
    };
  }
  return {
    ...base,
    failure: null,
    credential: tokenCredential(profile, client, token.tokens, true, renewal),
  };
}

/** A reply without a new refresh token keeps the old one (RFC 6749 section 6). */
function keepRefreshToken(answer: TokenAnswer, refreshToken: string): TokenAnswer {
  if (answer.kind !== 'answered' || !answer.tokens || answer.tokens.refreshToken) return answer;
  return { ...answer, tokens: { ...answer.tokens, refreshToken } };
}

/** New tokens for the refresh token; null when there is none, or when it is refused. */
function byRefreshToken(
  transport: Transport,
  client: OAuthClient,
  clientAuth: ClientAuthentication,
): Renewal {
  return async ({ refreshToken }) =>
    refreshToken === null
      ? null
      : tokensIn(
          keepRefreshToken(await refresh(transport, client, refreshToken, { clientAuth }), refreshToken),
        );
}

export function tokensIn(answer: TokenAnswer): Tokens | null {
  return answer.kind === 'answered' ? answer.tokens : null;
}
