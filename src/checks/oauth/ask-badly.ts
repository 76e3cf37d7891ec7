import type { TokenAnswer } from '../../auth/oauth/token-answer.ts';
import { Unanswerable } from '../unanswerable.ts';

/**
 * Asks the token endpoint with bad input. A 5xx is trouble; one that repeats, while good input was taken, is a refusal in
 * an odd shape.
 * @throws {Unanswerable} inconclusive, for a 429 that does not end
 */
export async function askBadly(ask: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
  const first = await ask();
  if (first.kind !== 'trouble' || first.code !== 'status') return first;
  const second = await ask();
  if (second.kind !== 'trouble' || second.message !== first.message) return second;
  if (!/HTTP 5/.test(second.message))
    throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: second.message });
  return {
    kind: 'answered',
    status: Number(second.message.replace(/\D/g, '')),
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
