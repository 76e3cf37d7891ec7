import { isServerError, type TokenAnswer, tokensIn } from '../../auth/oauth/token-answer.ts';
import { Unanswerable } from '../unanswerable.ts';

/**
 * Asks the token endpoint with bad input. A 5xx is trouble; one that repeats, while good input is taken right after it,
 * is a refusal in an odd shape.
 * @param askGood asks with good input, of its own; null: there is none
 * @throws {Unanswerable} inconclusive, for a 429 that does not end, and for a 5xx that may be anybody's
 */
export async function askBadly(
  ask: () => Promise<TokenAnswer>,
  askGood: () => Promise<TokenAnswer | null>,
): Promise<TokenAnswer> {
  const first = await ask();
  if (first.kind !== 'trouble' || first.status === undefined) return first;
  const second = await ask();
  if (second.kind !== 'trouble' || second.status !== first.status) return second;
  if (!isServerError(second)) throw inconclusive(second.message);
  const good = await askGood();
  if (!good || !tokensIn(good))
    throw inconclusive(`${second.message}, and no good request went through after it`);
  return {
    kind: 'answered',
    status: second.status,
    contentType: '',
    response: null,
    error: null,
    errorDescription: null,
    tokens: null,
    deviations: [],
    strict: null,
    clockSkew: null,
    exchange: second.exchange ?? 0,
  };
}

function inconclusive(reason: string): Unanswerable {
  return new Unanswerable({ verdict: 'inconclusive', by: null, reason });
}
