import type { Transport } from '../../http/types.ts';
import type { ClientAuthentication } from '../../profile/types.ts';
import type { Tokens } from '../session.ts';
import type { OAuthClient } from './client.ts';
import { exchangeCode } from './grants.ts';
import { isServerError, type TokenAnswer } from './token-answer.ts';

/** What came of a code. `otherWays`: the client was named in the other ways, too, in vain. */
export type Exchanged =
  | { kind: 'tokens'; tokens: Tokens; clientAuth: ClientAuthentication }
  | { kind: 'refused'; answer: Refusal; wrongClient: boolean; otherWays: boolean }
  | { kind: 'trouble'; message: string; otherWays: boolean };

type Refusal = Extract<TokenAnswer, { kind: 'answered' }>;
type Failed = Exclude<Exchanged, { kind: 'tokens' }>;

/**
 * Exchanges a code for which a person has logged in: with the profile's client authentication, and in the other ways.
 * Only `invalid_grant` speaks of the code. Any other refusal, a 5xx too, may be the answer to just this way of asking
 * (HubSpot: 400 BAD_CLIENT_ID to HTTP Basic), and has hardly spent the code: nobody needs to log in again for the next.
 */
export async function exchangeInAnyWay(
  transport: Transport,
  client: OAuthClient,
  code: string,
  verifier: string | null,
): Promise<Exchanged> {
  const ways = new Set<ClientAuthentication>([client.clientAuth, 'basic', 'body', 'query']);
  const failed: Failed[] = [];
  for (const clientAuth of ways) {
    const answer = await exchangeCode(transport, client, code, { clientAuth }, verifier);
    if (answer.kind === 'answered' && answer.tokens)
      return { kind: 'tokens', tokens: answer.tokens, clientAuth };
    failed.push(withoutToken(answer));
    if (isTheLastWord(answer)) break;
  }
  const [first, ...others] = failed;
  if (!first) return { kind: 'trouble', message: 'nothing was sent', otherWays: false };
  return { ...first, otherWays: others.length > 0 };
}

function isTheLastWord(answer: TokenAnswer): boolean {
  return answer.kind === 'trouble' ? !isServerError(answer) : answer.error === 'invalid_grant';
}

function withoutToken(answer: TokenAnswer): Failed {
  const otherWays = false;
  if (answer.kind === 'trouble') return { kind: 'trouble', message: answer.message, otherWays };
  const wrongClient = answer.status === 401 || answer.error === 'invalid_client';
  return { kind: 'refused', answer, wrongClient, otherWays };
}

/**
 * Whether the issuer that a callback names (RFC 9207) is the one that was asked. A profile does not name its issuer, so
 * without one the origin is compared: with that of the authorization and the token endpoint.
 */
export function isIssuer(named: string, expected: string | null, client: OAuthClient): boolean {
  if (expected !== null) return named === expected;
  if (!URL.canParse(named)) return false;
  const origins = [client.authUrl ?? '', client.tokenUrl].flatMap((url) =>
    URL.canParse(url) ? new URL(url).origin : [],
  );
  return origins.includes(new URL(named).origin);
}
