import type { AuthorizationOutcome, AuthorizeOptions } from '../../auth/oauth/authorize.ts';
import type { Authorizer } from '../../auth/oauth/grants.ts';
import { Unanswerable } from '../unanswerable.ts';

type Code = Extract<AuthorizationOutcome, { kind: 'code' }>;

/**
 * A code of its own for what may spoil a grant.
 * @throws {Unanswerable} inconclusive, where none could be had: a first one was, so this says nothing of the CRM
 */
export async function ownCode(authorizer: Authorizer, options: AuthorizeOptions = {}): Promise<Code> {
  const outcome = await authorizer(options);
  if (outcome.kind === 'code') return outcome;
  throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: whyNoCode(outcome) });
}

/** Why there is no second code where there was a first one. Login pages that are described and did not fit say so. */
export function whyNoCode(outcome: Exclude<AuthorizationOutcome, Code>): string {
  if (outcome.kind !== 'page') {
    return `no code of its own was had: ${outcome.kind === 'denied' ? outcome.error : outcome.message}`;
  }
  return outcome.problem ?? 'needs a login of its own: --authorize-again lets a person log in again';
}
