import type { TroubleCode } from '../../http/types.ts';
import type { Tokens } from '../session.ts';
import type { Deviation } from './deviations.ts';

/** What the token endpoint answered, as facts. The tokens themselves are not in `response`. */
export type TokenAnswer =
  | {
      kind: 'answered';
      status: number;
      contentType: string;
      /** null when there is nothing in the answer that a token response has. */
      response: TokenResponseFacts | null;
      /** `error` and `error_description` of RFC 6749 section 5.2, wherever the status. */
      error: string | null;
      /** What else the answer says, where it is no error of that shape. */
      errorDescription: string | null;
      tokens: Tokens | null;
      /** In what the answer is not as RFC 6749 section 5 has it. */
      deviations: Deviation[];
      /** What openid-client, a strict library, still says once all that is mended; null when it is content. */
      strict: string | null;
      /** Seconds by which the server's `Date` is ahead of this machine's clock; null without that header. */
      clockSkew: number | null;
      exchange: number;
    }
  | {
      kind: 'trouble';
      code: TroubleCode | 'status';
      /** 429, or 500 and more; absent: nobody answered. */
      status?: number;
      message: string;
      exchange: number | null;
    };

/** RFC 6749 section 5.1, measured: types and lengths in place of secrets. */
export interface TokenResponseFacts {
  accessTokenLength: number | null;
  refreshTokenLength: number | null;
  tokenType: string | null;
  expiresIn: number | string | null;
  hasError: boolean;
}

export function tokensIn(answer: TokenAnswer): Tokens | null {
  return answer.kind === 'answered' ? answer.tokens : null;
}

/** A 5xx: trouble, but it may be the answer to just this way of asking. */
export function isServerError(answer: TokenAnswer): boolean {
  return answer.kind === 'trouble' && (answer.status ?? 0) >= 500;
}
