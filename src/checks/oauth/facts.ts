import type { AuthorizationOutcome } from '../../auth/oauth/authorize.ts';
import { type Deviation, says, weighs } from '../../auth/oauth/deviations.ts';
import type { TokenAnswer, TokenResponseFacts } from '../../auth/oauth/token-answer.ts';
import { isAuthorizationCode } from '../../auth/sign-in.ts';
import type { Profile } from '../../profile/types.ts';

/** The `oauth.*` requirements speak only of profiles whose users sign in with an authorization code. */
export const asksOAuth = (profile: Profile) => isAuthorizationCode(profile.auth);

/** An authorization outcome without its code. */
export interface AuthorizationFacts {
  kind: AuthorizationOutcome['kind'];
  status: number | null;
  message: string;
  state: string | null;
  /** The redirect URI that the server sent the browser to; null: to none. */
  redirectedTo: string | null;
  /** `error` on the redirect URI (RFC 6749 section 4.1.2.1). */
  error: string | null;
  /** What a page says that is no login page. */
  deadEnd?: string;
}

const nowhere = { state: null, redirectedTo: null, error: null };

export function authorizationFacts(outcome: AuthorizationOutcome): AuthorizationFacts {
  switch (outcome.kind) {
    case 'code':
      return {
        kind: 'code',
        status: null,
        message: '',
        state: outcome.state,
        redirectedTo: outcome.redirectedTo,
        error: null,
      };
    case 'denied':
      return {
        kind: 'denied',
        status: null,
        message: [outcome.error, outcome.description].filter(Boolean).join(': '),
        state: outcome.state,
        redirectedTo: outcome.redirectedTo,
        error: outcome.error,
      };
    case 'page':
      return {
        kind: 'page',
        status: outcome.status,
        message: 'a login page',
        ...nowhere,
        ...(outcome.deadEnd !== undefined && { deadEnd: outcome.deadEnd }),
      };
    case 'refused':
      return { kind: 'refused', status: outcome.status, message: outcome.message, ...nowhere };
    case 'trouble':
      return { kind: 'trouble', status: null, message: outcome.message, ...nowhere };
  }
}

/** A token answer without its tokens. */
export interface TokenFacts {
  kind: TokenAnswer['kind'];
  status: number | null;
  contentType: string | null;
  response: TokenResponseFacts | null;
  error: string | null;
  message: string;
  gaveToken: boolean;
  hasRefreshToken: boolean;
  expiresIn: number | null;
  deviations: Deviation[];
  strict: string | null;
  /** Seconds by which the server's clock is ahead of this machine's. */
  clockSkew: number | null;
}

export function tokenFacts(answer: TokenAnswer): TokenFacts {
  if (answer.kind === 'trouble') {
    return {
      kind: 'trouble',
      status: answer.status ?? null,
      contentType: null,
      response: null,
      error: null,
      message: answer.message,
      gaveToken: false,
      hasRefreshToken: false,
      expiresIn: null,
      deviations: [],
      strict: null,
      clockSkew: null,
    };
  }
  const { status, contentType, response, error, errorDescription, tokens } = answer;
  const { deviations, strict, clockSkew } = answer;
  return {
    kind: 'answered',
    status,
    contentType,
    response,
    error,
    message: [error, errorDescription].filter(Boolean).join(': '),
    gaveToken: tokens !== null,
    hasRefreshToken: tokens?.refreshToken != null,
    expiresIn: tokens?.expiresIn ?? null,
    deviations,
    strict,
    clockSkew,
  };
}

/** "400 invalid_client: unknown secret": what a token endpoint said, in a line. */
export function said(facts: TokenFacts): string {
  if (facts.kind === 'trouble') return facts.message;
  return [facts.status, facts.message || (facts.gaveToken ? 'a token' : 'no access_token')]
    .filter(Boolean)
    .join(' ');
}

/** App Connect's database columns for the two tokens. */
const longestToken = 2000;

/** What App Connect cannot use, or not keep, in an answer that has a token. */
export function breaksIn({ response, deviations }: TokenFacts): string[] {
  const lengths = [
    { what: 'access', length: response?.accessTokenLength ?? 0 },
    { what: 'refresh', length: response?.refreshTokenLength ?? 0 },
  ];
  return [
    ...lengths
      .filter(({ length }) => length > longestToken)
      .map(
        ({ what, length }) => `the ${what} token has ${length} characters; App Connect keeps ${longestToken}`,
      ),
    ...deviations.filter((deviation) => weighs(deviation) === 'breaks').map(says),
  ];
}

/** What App Connect copes with in it, and other clients do not. */
export function blemishesIn({ deviations }: TokenFacts): string[] {
  return deviations.filter((deviation) => weighs(deviation) === 'blemish').map(says);
}
