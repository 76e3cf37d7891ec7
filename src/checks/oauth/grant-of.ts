import type { AuthorizationOutcome } from '../../auth/oauth/authorize.ts';
import type { Grant } from '../../auth/oauth/grants.ts';
import type { TokenAnswer } from '../../auth/oauth/token-answer.ts';
import type { SignIn } from '../../auth/sign-in.ts';
import { Unanswerable } from '../unanswerable.ts';

type Code = Extract<AuthorizationOutcome, { kind: 'code' }>;

/** The first authorization, where it led to a code. @throws {Unanswerable} where there is no code to look at */
export function codeOf(signIn: SignIn): Code {
  const authorization = signIn.grants[0]?.authorization;
  switch (authorization?.kind) {
    case 'code':
      return authorization;
    case 'page':
      throw needsLogin(authorization.problem);
    case undefined:
      throw new Unanswerable({
        verdict: 'inconclusive',
        by: null,
        reason: 'the token was handed in, so no code was asked for',
      });
    default:
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'oauth.authorize',
        reason: 'no authorization code was had',
      });
  }
}

/** The grant that gave the session its token. @throws {Unanswerable} where none did */
export function workingGrant(signIn: SignIn): {
  grant: Grant;
  token: Extract<TokenAnswer, { kind: 'answered' }>;
} {
  codeOf(signIn);
  const grant = signIn.grants.at(-1);
  if (grant?.token?.kind === 'answered' && grant.token.tokens) return { grant, token: grant.token };
  throw new Unanswerable({
    verdict: 'blocked',
    by: 'oauth.code-exchange',
    reason: 'no code was exchanged for a token',
  });
}

function needsLogin(problem: string | undefined): Unanswerable {
  return new Unanswerable({
    verdict: 'inconclusive',
    by: null,
    reason:
      problem ?? 'the login page needs a person: run in a terminal, or describe the pages (auth.loginPages)',
  });
}
