import { isServerError, type TokenAnswer, tokensIn } from '../../auth/oauth/token-answer.ts';
import type { ClientAuthentication } from '../../profile/types.ts';

interface RefreshedInAnyWay {
  /** The answer to HTTP Basic, App Connect's way. */
  basic: TokenAnswer;
  /** The way that gave a token where HTTP Basic did not; null: none, or HTTP Basic did. */
  other: { clientAuth: ClientAuthentication; answer: TokenAnswer } | null;
}

/** Spends a refresh token by HTTP Basic and, where that is refused, in the other ways. */
export async function refreshInAnyWay(
  refreshToken: string,
  ask: (refreshToken: string, clientAuth: ClientAuthentication) => Promise<TokenAnswer>,
): Promise<RefreshedInAnyWay> {
  const basic = await ask(refreshToken, 'basic');
  if (tokensIn(basic) || (basic.kind === 'trouble' && !isServerError(basic))) return { basic, other: null };
  for (const clientAuth of ['body', 'query'] as const) {
    const answer = await ask(refreshToken, clientAuth);
    const tokens = tokensIn(answer);
    if (!tokens) continue;
    if (!isServerError(basic)) return { basic, other: { clientAuth, answer } };
    // A 5xx may have passed by now; one that comes again, after another way was taken, is the answer to HTTP Basic.
    const again = await ask(tokens.refreshToken ?? refreshToken, 'basic');
    const passed = tokensIn(again) !== null || (again.kind === 'trouble' && !isServerError(again));
    return { basic: again, other: passed ? null : { clientAuth, answer } };
  }
  return { basic, other: null };
}
