import { tellingSecrets } from '../operation/derived-secrets.ts';
import type { OperationContext } from '../operation/step.ts';
import type { AuthConfig } from '../profile/types.ts';
import { obtainByLogin } from './login.ts';
import type { AuthorizationPage } from './oauth/authorize.ts';
import type { OAuthClient } from './oauth/client.ts';
import { clientHeaders, tokenCredential } from './oauth/credential.ts';
import { obtainGrant } from './oauth/grants.ts';
import type { AuthorizerFor, Codes } from './oauth/grants-for-codes.ts';
import { obtainTokens, requestByGrant } from './oauth/obtain.ts';
import type { TokenAnswer } from './oauth/token-answer.ts';
import { nothing, type Obtained } from './obtained.ts';
import { carry, createSession, type NamedSessions, type Session } from './session.ts';
import { proxyKeyCredential, staticCredential } from './static.ts';
import type { TokenKeeper } from './stored/keeper.ts';

/** How the run came by its session, or why it has none. */
export interface SignIn extends Omit<Obtained, 'credential'> {
  session: Session | null;
}

/** Whether the `oauth.*` requirements speak of this profile: a grant that App Connect's users go through. */
export function isAuthorizationCode(auth: AuthConfig): auth is Extract<AuthConfig, { type: 'oauth' }> {
  return auth.type === 'oauth' && (auth.grant === 'authorization_code' || auth.grant === 'refresh_token');
}

/** What else a sign-in may use. */
export interface SignInOptions {
  /** How authorization codes are obtained after the first, where that is not exchanged in App Connect's way. */
  again?: AuthorizerFor;
  /** Has tokens that a person obtained before: they take the place of an authorization. */
  keeper?: TokenKeeper | null;
}

/**
 * Obtains the profile's main session and those of its further credentials.
 * @param first how the first authorization code is obtained
 */
export async function signIn(
  context: OperationContext,
  first: AuthorizerFor,
  { again = first, keeper = null }: SignInOptions = {},
): Promise<SignIn> {
  const { profile } = context;
  const codes = { first, again };
  const { redaction } = context.transport;
  for (const secret of Object.values(profile.secrets)) redaction.add(secret);
  const further = new Map(
    await Promise.all(
      Object.entries(profile.credentials).map(async ([name, auth]) => {
        return [name, await obtain(context, auth, codes, null)] as const;
      }),
    ),
  );
  const main = await obtain(context, profile.auth, codes, keeper);
  // Without one of them requests would go out unsigned, and be refused for our own trouble.
  for (const [name, { failure }] of further) {
    if (failure) {
      const reason = `credentials.${name}: ${failure.reason}`;
      return { ...main, session: null, failure: { ...failure, reason } };
    }
  }
  const { credential, ...rest } = main;
  if (!credential) return { session: null, ...rest };
  const sessions = [...further].flatMap(([name, { credential: one }]): [string, Session][] =>
    one ? [[name, createSession(one, redaction)]] : [],
  );
  return { session: createSession(credential, redaction, namedSessions(rest.client, sessions)), ...rest };
}

/** What a profile signs with beside its main credential: the client's own, and its further credentials. */
function namedSessions(
  client: OAuthClient | null,
  sessions: readonly (readonly [string, Session])[],
): NamedSessions {
  const current = new Map(sessions);
  return {
    signerOf(which) {
      if (which === 'client') {
        return client && ((request) => carry(request, { headers: clientHeaders(client), query: {} }));
      }
      const session = current.get(which);
      return session
        ? (request, state) => (state === 'good' ? session : session.as(state)).sign(request)
        : null;
    },
    endedOf: (which) => current.get(which)?.ended() ?? null,
    async renew(wanted) {
      for (const [name, session] of current) current.set(name, await session.fresh(wanted));
    },
  };
}

/** A second session of the same user or client, or why there is none. */
export type AnotherSession =
  | { kind: 'session'; session: Session }
  | AuthorizationPage
  | { kind: 'none'; reason: string };

/**
 * Signs in once more, in the way that worked.
 * @param first a sign-in of this run that gave a session
 */
export async function signInAgain(
  context: OperationContext,
  first: SignIn & { session: Session },
  again: AuthorizerFor,
): Promise<AnotherSession> {
  const { profile, transport } = context;
  const { client, session } = first;
  if (profile.auth.type === 'login') {
    const { credential, failure } = await obtainByLogin(context, profile.auth);
    if (credential) return { kind: 'session', session: session.beside(credential) };
    return { kind: 'none', reason: failure?.reason ?? 'no session was given' };
  }
  if (profile.auth.type !== 'oauth' || !client) return { kind: 'none', reason: 'the credential is not ours' };
  const { grant } = profile.auth;
  if (grant === 'client_credentials' || grant === 'password') {
    return fromAnswer(context, client, await requestByGrant(transport, client, grant), session);
  }
  const working = first.grants.at(-1);
  if (!working) return { kind: 'none', reason: 'a refresh token that was handed in gives one session' };
  const { authorization, token } = await obtainGrant(transport, client, again(client), working.variant);
  if (authorization.kind === 'page') return authorization;
  if (!token) return { kind: 'none', reason: 'no second authorization code was had' };
  return fromAnswer(context, client, token, session);
}

function fromAnswer(
  context: OperationContext,
  client: OAuthClient,
  answer: TokenAnswer,
  beside: Session,
): AnotherSession {
  if (answer.kind === 'trouble') return { kind: 'none', reason: answer.message };
  const session = sessionOf(context, client, answer, beside);
  return session ? { kind: 'session', session } : { kind: 'none', reason: 'no token was given' };
}

/** A session of its own for new tokens of the same client: after a refresh, say. */
export function sessionOf(
  { profile }: OperationContext,
  client: OAuthClient,
  answer: TokenAnswer,
  beside: Session,
): Session | null {
  if (answer.kind !== 'answered' || !answer.tokens) return null;
  const discovered = { ...beside.tokens?.discovered, ...answer.tokens.discovered };
  return beside.beside(tokenCredential(profile, client, { ...answer.tokens, discovered }, true));
}

async function obtain(
  context: OperationContext,
  auth: AuthConfig,
  codes: Codes,
  keeper: TokenKeeper | null,
): Promise<Obtained> {
  const { profile } = context;
  if (auth.type === 'oauth') return obtainTokens(context, auth, codes, keeper);
  if (auth.type === 'login') return obtainByLogin(context, auth);
  const credential =
    profile.language === 'proxyConfig'
      ? proxyKeyCredential(profile)
      : tellingSecrets(profile, context.transport.redaction, 'other', () => staticCredential(profile, auth));
  return { ...nothing, credential };
}
