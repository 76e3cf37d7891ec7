import type { OAuthClient } from './oauth/client.ts';
import type { Grant } from './oauth/grants.ts';
import type { TokenAnswer } from './oauth/token-answer.ts';
import type { Credential, Renewed, Tokens } from './session.ts';

/** What came of obtaining one credential. */
export interface Obtained {
  credential: Credential | null;
  /** Why there is none, and which requirement is the cause. */
  failure: SignInFailure | null;
  /** Grants that were tried for an authorization code, in order; the last one worked where there is a credential. */
  grants: Grant[];
  /** Token request of the other grants (client credentials, password, refresh token). */
  token: TokenAnswer | null;
  client: OAuthClient | null;
  /** Why the refresh token of a stored login was not spent, or its answer says nothing of the CRM. */
  notSpent?: string;
  /** The stored login has a refresh token that was not asked for, and that may still be good. */
  spendable?: boolean;
}

export interface SignInFailure {
  requirement: 'oauth.authorize' | 'oauth.code-exchange' | 'oauth.refresh' | 'auth.accepted';
  /** `person`: a login page that only a person can get past, or a stored login that only a person can mend. */
  kind: 'refused' | 'trouble' | 'person';
  reason: string;
  /** Why the other ways to exchange a code were not tried. */
  untried?: string;
}

/** What the token endpoint said when it gave no token, in a line. */
export function describeRefusal(answer: Extract<TokenAnswer, { kind: 'answered' }>): string {
  const said = answer.error
    ? `${answer.error} ${answer.errorDescription ? `"${answer.errorDescription}"` : ''}`
    : 'no access_token';
  return `HTTP ${answer.status} ${said}`.trim();
}

/** What a token endpoint's answer is to whoever wanted a token renewed. */
export function renewedBy(answer: TokenAnswer): Renewed<Tokens> {
  if (answer.kind === 'trouble') {
    const { message, exchange } = answer;
    return { kind: 'not renewed', reason: message, again: exchange === null ? 'now' : 'later' };
  }
  if (answer.tokens) return { kind: 'renewed', value: answer.tokens };
  return { kind: 'not renewed', reason: `refused: ${describeRefusal(answer)}`, again: 'never' };
}

/** Of everything but a credential and a failure. */
export const nothing = { failure: null, grants: [], token: null, client: null };
