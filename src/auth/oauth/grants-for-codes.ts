import type { Transport } from '../../http/types.ts';
import { describeRefusal, type SignInFailure } from '../obtained.ts';
import type { AuthorizationOutcome } from './authorize.ts';
import type { OAuthClient } from './client.ts';
import { type Authorizer, exchangeVariants, type Grant, obtainGrant } from './grants.ts';
import { isServerError, type TokenAnswer, tokensIn } from './token-answer.ts';

export type AuthorizerFor = (client: OAuthClient) => Authorizer;

/** How authorization codes are obtained. */
export interface Codes {
  /** The first of a run: a person may be asked to log in. */
  first: AuthorizerFor;
  /** Every other: a person is asked only where that was agreed on. */
  again: AuthorizerFor;
}

/**
 * Tries the ways to exchange a code, App Connect's first, each with a code of its own, until one gives a token.
 * @returns what was tried, App Connect's way at the beginning; without a failure the last one gave the token
 */
export async function grantsForCodes(
  transport: Transport,
  client: OAuthClient,
  codes: Codes,
): Promise<{ grants: Grant[]; failure: SignInFailure | null }> {
  const grants: Grant[] = [];
  for (const variant of exchangeVariants) {
    const [first] = grants;
    const authorizer = first ? codes.again(client) : codes.first(client);
    const grant = await obtainGrant(transport, client, authorizer, variant);
    if (!grant.token && first) return { grants, failure: othersNotTried(first, grant.authorization) };
    grants.push(grant);
    if (grant.token && tokensIn(grant.token)) {
      if (!first?.token || !isServerError(first.token)) return { grants, failure: null };
      const again = await obtainGrant(transport, client, codes.again(client), first.variant);
      return { grants: withSecondAnswer(grants, again), failure: null };
    }
    // Without a code the other variants would fail in the same place.
    if (!grant.token || isSilence(grant.token)) return { grants, failure: grantFailure(grant) };
  }
  const [first] = grants;
  const none: SignInFailure = { requirement: 'oauth.authorize', kind: 'trouble', reason: 'no code' };
  return { grants, failure: first ? grantFailure(first) : none };
}

/** A 5xx may have passed by now; one that comes again, after another way was taken, is the answer to this way. */
function withSecondAnswer(grants: Grant[], again: Grant): Grant[] {
  if (!again.token) return grants;
  return tokensIn(again.token) ? [again] : [again, ...grants.slice(1)];
}

/** Nobody answered, or not now. A 5xx may be an answer to just this way of asking, so that another is tried. */
function isSilence(token: TokenAnswer): boolean {
  return token.kind === 'trouble' && !isServerError(token);
}

/** The first way was refused, and there is no code for another. */
function othersNotTried(first: Grant, authorization: AuthorizationOutcome): SignInFailure {
  const failure = grantFailure(first);
  const untried =
    authorization.kind === 'page'
      ? // Why described login pages did not give a second code; absent: there are none.
        `the other ways of asking need a code, and so a login, of their own: ${authorization.problem ?? '--authorize-again'}`
      : `the other ways of asking need a code of their own: ${grantFailure({ ...first, authorization, token: null }).reason}`;
  return { ...failure, reason: `${failure.reason}; ${untried}`, untried };
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
