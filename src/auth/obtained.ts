import type { OAuthClient } from './oauth/client.ts';
import type { Grant } from './oauth/grants.ts';
import type { TokenAnswer } from './oauth/token.ts';
import type { Credential } from './session.ts';

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
}

export interface SignInFailure {
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

/** Of everything but a credential and a failure. */
export const nothing = { failure: null, grants: [], token: null, client: null };
