import type { Transport } from '../http/types.ts';
import type { OperationContext } from '../operation/run.ts';
import type { Outcome } from '../operation/types.ts';
import type { AuthConfig, ClientAuthentication, Profile } from '../profile/types.ts';
import { logIn } from './login.ts';
import { type OAuthClient, oauthClient } from './oauth/client.ts';
import { clientHeaders, type Renewal, tokenCredential } from './oauth/credential.ts';
import { type Authorizer, exchangeVariants, type Grant, obtainGrant, refresh } from './oauth/grants.ts';
import { requestToken, type TokenAnswer } from './oauth/token.ts';
import { type Credential, carry, createSession, type Session, type Tokens } from './session.ts';
import { proxyKeyCredential, staticCredential } from './static.ts';
import type { Kept, Refresh, TokenKeeper } from './stored/keeper.ts';

/** How the run came by its session, or why it has none. */
export interface SignIn {
  session: Session | null;
  /** Why there is no session, and which requirement is the cause. */
  failure: SignInFailure | null;
  /** Grants that were tried for an authorization code, in order; the last one worked where there is a session. */
  grants: Grant[];
  /** Token request of the other grants (client credentials, password, refresh token). */
  token: TokenAnswer | null;
  client: OAuthClient | null;
  /** Why the refresh token of a stored login was not spent, or its answer says nothing of the CRM. */
  notSpent?: string;
}

interface SignInFailure {
  requirement:
    | 'oauth.authorize'
    | 'oauth.code-exchange'
    | 'oauth.refresh'
    | 'auth.alternative'
    | 'auth.accepted';
  /** `person`: a login page that only a person can get past. */
  kind: 'refused' | 'trouble' | 'person';
  reason: string;
}

/** Whether the `oauth.*` requirements speak of this profile: a grant that App Connect's users go through. */
export function isAuthorizationCode(auth: AuthConfig): auth is Extract<AuthConfig, { type: 'oauth' }> {
  return auth.type === 'oauth' && (auth.grant === 'authorization_code' || auth.grant === 'refresh_token');
}

/**
 * Obtains the profile's main session and those of its further credentials.
 * @param keeper has tokens that a person obtained before: used in place of an authorization
 */
export async function signIn(
  context: OperationContext,
  authorizerFor: (client: OAuthClient) => Authorizer,
  keeper: TokenKeeper | null = null,
): Promise<SignIn> {
  const { profile } = context;
  const { redaction } = context.transport;
  for (const secret of Object.values(profile.secrets)) redaction.add(secret);
  const further = new Map(
    await Promise.all(
      Object.entries(profile.credentials).map(async ([name, auth]) => {
        return [name, await obtain(context, auth, authorizerFor, null)] as const;
      }),
    ),
  );
  const main = await obtain(context, profile.auth, authorizerFor, keeper);
  // Without one of them requests would go out unsigned, and be refused for our own trouble.
  for (const [name, { failure }] of further) {
    if (failure)
      return {
        ...main,
        session: null,
        failure: { ...failure, reason: `credentials.${name}: ${failure.reason}` },
      };
  }
  const { credential, ...rest } = main;
  if (!credential) return { session: null, ...rest };
  const named = (which: string) => {
    if (which === 'client') {
      const { client } = rest;
      return (
        client &&
        ((request: Parameters<Session['sign']>[0]) =>
          carry(request, { headers: clientHeaders(client), query: {} }))
      );
    }
    const other = further.get(which)?.credential;
    return other
      ? (request: Parameters<Session['sign']>[0], state: Session['state']) => {
          const session = createSession(other, redaction);
          return (state === 'good' ? session : session.as(state)).sign(request);
        }
      : null;
  };
  return { session: createSession(credential, redaction, named), ...rest };
}

/** A session of its own for new tokens of the same client: after a refresh, say. */
export function sessionOf(
  context: OperationContext,
  client: OAuthClient,
  answer: TokenAnswer,
): Session | null {
  if (answer.kind !== 'answered' || !answer.tokens) return null;
  return createSession(
    tokenCredential(context.profile, client, answer.tokens, true),
    context.transport.redaction,
  );
}

type Obtained = Omit<SignIn, 'session'> & { credential: Credential | null };
const nothing = { failure: null, grants: [], token: null, client: null };

async function obtain(
  context: OperationContext,
  auth: AuthConfig,
  authorizerFor: (client: OAuthClient) => Authorizer,
  keeper: TokenKeeper | null,
): Promise<Obtained> {
  const { profile } = context;
  if (auth.type === 'login') return fromLogin(await logIn(context, auth));
  if (auth.type !== 'oauth') {
    const credential =
      profile.language === 'proxyConfig' ? proxyKeyCredential(profile) : staticCredential(profile, auth);
    return { ...nothing, credential };
  }
  const client = oauthClient(profile, auth);
  if (client.accessToken) {
    const tokens = { accessToken: client.accessToken, refreshToken: client.refreshToken, expiresIn: null };
    return { ...nothing, client, credential: tokenCredential(profile, client, tokens, false) };
  }
  const { transport } = context;
  switch (auth.grant) {
    case 'client_credentials':
      return fromToken(
        profile,
        client,
        await requestToken(transport, client, 'client_credentials', scoped(client)),
        'auth.alternative',
        async () => tokensIn(await requestToken(transport, client, 'client_credentials', scoped(client))),
      );
    case 'password': {
      const { username, password } = client;
      const parameters = { ...scoped(client), username: username ?? '', password: password ?? '' };
      const token = await requestToken(transport, client, 'password', parameters);
      return fromToken(
        profile,
        client,
        token,
        'auth.alternative',
        byRefreshToken(transport, client, client.clientAuth),
      );
    }
    case 'refresh_token':
    case 'authorization_code':
      if (keeper) return fromKeeper(context, client, keeper);
      if (client.refreshToken) {
        const answer = await refresh(transport, client, client.refreshToken);
        const token = keepRefreshToken(answer, client.refreshToken);
        return fromToken(
          profile,
          client,
          token,
          'oauth.refresh',
          byRefreshToken(transport, client, client.clientAuth),
        );
      }
      return fromCode(context, client, authorizerFor(client));
  }
}

/** Tokens of an earlier login, refreshed where they need it; only their keeper spends the refresh token. */
async function fromKeeper(
  { profile, transport }: OperationContext,
  client: OAuthClient,
  keeper: TokenKeeper,
): Promise<Obtained> {
  let way = client.clientAuth;
  const spend: Refresh = ({ refreshToken, clientAuth }) => {
    way = clientAuth;
    return refresh(transport, client, refreshToken, { clientAuth });
  };
  const kept = await keeper.give(null, spend).catch(keeperFailed);
  const renewal: Renewal = async ({ accessToken }) =>
    (await keeper.give(accessToken, spend).catch(keeperFailed)).tokens;
  const refused =
    kept.answer?.kind === 'answered' && !kept.answer.tokens ? describeRefusal(kept.answer) : null;
  const token = refused === null ? kept.answer : null;
  // A stored refresh token that is refused may have been spent elsewhere: that is no answer of the CRM to App Connect.
  const notSpent = refused === null ? kept.notSpent : `the stored refresh token is refused (${refused})`;
  const base = { grants: [], token, client: { ...client, clientAuth: way }, ...(notSpent && { notSpent }) };
  if (kept.tokens) {
    const credential = tokenCredential(profile, client, kept.tokens, keeper.obtained, renewal);
    return { ...base, failure: null, credential };
  }
  if (kept.answer?.kind === 'trouble') {
    const { message } = kept.answer;
    return {
      ...base,
      credential: null,
      failure: { requirement: 'oauth.refresh', kind: 'trouble', reason: message },
    };
  }
  const reason = `the stored login has ended: ${notSpent ?? 'its access token has expired'}`;
  return { ...base, credential: null, failure: { requirement: 'oauth.refresh', kind: 'person', reason } };
}

/** Nothing was sent: the run can only say so. */
function keeperFailed(error: unknown): Kept {
  const message = error instanceof Error ? error.message : String(error);
  return { tokens: null, answer: null, notSpent: message };
}

/** Tries the ways to exchange a code, App Connect's first, each with a code of its own, until one gives a token. */
async function fromCode(
  context: OperationContext,
  client: OAuthClient,
  authorizer: Authorizer,
): Promise<Obtained> {
  const grants: Grant[] = [];
  for (const variant of exchangeVariants) {
    const grant = await obtainGrant(context.transport, client, authorizer, variant);
    grants.push(grant);
    const base = { grants, token: null, client };
    if (grant.token?.kind === 'answered' && grant.token.tokens) {
      return {
        ...base,
        failure: null,
        credential: tokenCredential(
          context.profile,
          client,
          grant.token.tokens,
          true,
          byRefreshToken(context.transport, client, variant.clientAuth),
        ),
      };
    }
    // Without a code the other variants would fail in the same place; trouble is no reason to try another way.
    if (!grant.token || grant.token.kind === 'trouble') {
      return { ...base, credential: null, failure: grantFailure(grant) };
    }
  }
  const first = grants[0]?.token;
  return {
    grants,
    token: null,
    client,
    credential: null,
    failure: {
      requirement: 'oauth.code-exchange',
      kind: 'refused',
      reason: first?.kind === 'answered' ? describeRefusal(first) : 'the code was not exchanged',
    },
  };
}

function grantFailure({ authorization, token }: Grant): SignInFailure {
  if (token?.kind === 'trouble') {
    return { requirement: 'oauth.code-exchange', kind: 'trouble', reason: token.message };
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

function fromLogin(outcome: Outcome<Credential>): Obtained {
  if (outcome.kind === 'ok') return { ...nothing, credential: outcome.value };
  const requirement = 'auth.accepted';
  switch (outcome.kind) {
    case 'trouble':
      return {
        ...nothing,
        credential: null,
        failure: { requirement, kind: 'trouble', reason: outcome.message },
      };
    case 'refused': {
      const reason = `the login was refused: HTTP ${outcome.status} ${outcome.message}`.trim();
      return { ...nothing, credential: null, failure: { requirement, kind: 'refused', reason } };
    }
    case 'unreadable':
      return {
        ...nothing,
        credential: null,
        failure: { requirement, kind: 'refused', reason: outcome.reason },
      };
    default:
      return {
        ...nothing,
        credential: null,
        failure: { requirement, kind: 'refused', reason: 'no login step was sent' },
      };
  }
}

/** A reply without a new refresh token keeps the old one (RFC 6749 section 6). */
export function keepRefreshToken(answer: TokenAnswer, refreshToken: string): TokenAnswer {
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

function tokensIn(answer: TokenAnswer): Tokens | null {
  return answer.kind === 'answered' ? answer.tokens : null;
}

/** What the token endpoint said when it gave no token, in a line. */
function describeRefusal(answer: Extract<TokenAnswer, { kind: 'answered' }>): string {
  const said = answer.error
    ? `${answer.error} ${answer.errorDescription ? `"${answer.errorDescription}"` : ''}`
    : 'no access_token';
  return `HTTP ${answer.status} ${said}`.trim();
}

function scoped(client: OAuthClient): Record<string, string> {
  return client.scope === '' ? {} : { scope: client.scope };
}
