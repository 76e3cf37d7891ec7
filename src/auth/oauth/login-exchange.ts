import type { Transport } from '../../http/types.ts';
import type { ClientAuthentication } from '../../profile/types.ts';
import type { Tokens } from '../session.ts';
import type { OAuthClient } from './client.ts';
import { exchangeCode } from './grants.ts';
import type { TokenAnswer } from './token-answer.ts';

/** What came of a code. */
export type Exchanged =
  | { kind: 'tokens'; tokens: Tokens; clientAuth: ClientAuthentication }
  | { kind: 'refused'; answer: Extract<TokenAnswer, { kind: 'answered' }>; wrongClient: boolean }
  | { kind: 'trouble'; message: string };

/**
 * Exchanges a code for which a person has logged in: with the profile's client authentication, and in the other ways
 * where the endpoint does not know the client. A server that refuses the client has not spent the code.
 */
export async function exchangeInAnyWay(
  transport: Transport,
  client: OAuthClient,
  code: string,
  verifier: string | null,
): Promise<Exchanged> {
  const ways = new Set<ClientAuthentication>([client.clientAuth, 'basic', 'body', 'query']);
  let first: Exclude<Exchanged, { kind: 'tokens' }> | null = null;
  for (const clientAuth of ways) {
    const answer = await exchangeCode(transport, client, code, { clientAuth }, verifier);
    if (answer.kind === 'trouble') return first ?? { kind: 'trouble', message: answer.message };
    if (answer.tokens) return { kind: 'tokens', tokens: answer.tokens, clientAuth };
    const wrongClient = answer.status === 401 || answer.error === 'invalid_client';
    first ??= { kind: 'refused', answer, wrongClient };
    if (!wrongClient) break;
  }
  return first ?? { kind: 'trouble', message: 'nothing was sent' };
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
