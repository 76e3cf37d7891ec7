import type { AuthorizationOutcome } from '../auth/oauth/authorize.ts';
import type { OAuthClient } from '../auth/oauth/client.ts';
import { isIssuer } from '../auth/oauth/login-exchange.ts';
import { Unfinished, UsageError } from './failure.ts';

/**
 * The authorization code that a login led to.
 * @param plain makes what others said harmless for a terminal, and free of secrets
 * @throws {Unfinished | UsageError} where no code came, in the words of what went wrong
 */
export function codeIn(
  outcome: AuthorizationOutcome,
  client: OAuthClient,
  timeoutSeconds: number,
  plain: (text: string) => string,
): string {
  const again = 'Nothing was stored.';
  switch (outcome.kind) {
    case 'code':
      return outcome.code;
    case 'denied': {
      const said = plain([outcome.error, outcome.description].filter(Boolean).join(': '));
      const hint =
        outcome.error === 'access_denied'
          ? `Log in again and agree. ${again}`
          : /pkce|code_challenge/i.test(said)
            ? `Try --pkce. ${again}`
            : `The CRM's words say what it wants. ${again}`;
      const what = outcome.error === 'access_denied' ? 'consent was denied' : 'the CRM refused the login';
      throw new Unfinished(`${what} (${said})`, hint);
    }
    case 'page':
      throw new UsageError(
        `the login pages could not be filled in: ${plain(outcome.problem ?? 'a page came in place of the redirect')}`,
        'Correct auth.loginPages, or log in yourself with --paste or --redirect-uri.',
      );
    case 'refused':
      throw new Unfinished(
        `the CRM refuses the authorization request: HTTP ${outcome.status} ${plain(outcome.message)}`,
        `Check the client id, and that ${client.redirectUri} is registered.`,
      );
    case 'trouble':
      if (outcome.code === 'timeout') {
        throw new Unfinished(
          `nobody finished the login within ${timeoutSeconds} s`,
          `Begin again; --timeout gives more time. If the browser showed an error, register ${client.redirectUri} with the CRM; if it could not reach this machine, use --paste.`,
        );
      }
      if (outcome.code === 'protocol')
        throw new UsageError(
          plain(outcome.message),
          'Such as --redirect-uri http://localhost:8766/callback.',
        );
      throw new Unfinished(plain(outcome.message), again);
  }
}

/** Why a code is not taken, and what to do about it. */
interface Mismatch {
  problem: string;
  hint: string;
}

/** RFC 6749 section 10.12 and RFC 9207: the answer must belong to this request, and come from whom was asked. */
export function mismatch(
  outcome: AuthorizationOutcome,
  client: OAuthClient,
  issuer: string | null,
): Mismatch | null {
  if (outcome.kind !== 'code') return null;
  const again = 'Begin again, and finish the login in the browser window that this command opens.';
  if (outcome.state === null) {
    return {
      problem: 'the state that was sent did not come back',
      hint: `${again} If that happens each time, the CRM drops state, and App Connect cannot sign in either: crm-ready check shows it as oauth.state.`,
    };
  }
  if (outcome.state !== client.state) {
    return { problem: 'the state that came back is not the one that was sent', hint: again };
  }
  if (outcome.issuer !== null && !isIssuer(outcome.issuer, issuer, client)) {
    return {
      problem: `the answer names another issuer (${outcome.issuer}) than the one that was asked`,
      hint: `If the CRM documents that issuer as its own, add --issuer ${outcome.issuer}; else somebody has led the login astray.`,
    };
  }
  return null;
}
