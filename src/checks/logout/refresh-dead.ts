import { oauthClient } from '../../auth/oauth/client.ts';
import { refresh } from '../../auth/oauth/grants.ts';
import { type TokenAnswer, tokensIn } from '../../auth/oauth/token-answer.ts';
import type { ClientAuthentication } from '../../profile/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { said, type TokenFacts, tokenFacts } from '../oauth/facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { doneLogout } from './done.ts';

interface Facts {
  last: TokenFacts;
  asked: number;
  /** Seconds from the logout to the last answer. */
  afterSeconds: number;
}

export default defineCheck({
  id: 'logout.refresh-dead',
  item: 'logout',
  level: 'must',
  title: 'refuses the refresh token after the logout',
  why: 'A refresh token that outlives the logout buys new access tokens for weeks.',
  remedy: {
    vendor: 'Revoke the refresh token with the access token: the whole grant (RFC 7009 section 2.1).',
    integrator: 'Revoke both tokens in the logout operation, one request each.',
  },
  judged: {
    asks: 'A refresh with the old refresh token, again and again up to `--revoke-wait` (60 s); where it rotates, with the newest. Where it is refused with anything but `invalid_grant`, credentials are sent in the other ways, too.',
    pass: 'refused; the seconds until then are shown',
    fail: 'it still buys a new access token at the end of the wait',
    notApplicable: 'there is no refresh token, or no revocation by design',
  },
  links: [links.revocation],
  needs: ['logout', 'sign-in'],
  phase: 'last',
  async observe({ profile, operations, clock, settings }, have): Promise<Facts> {
    const { session, at } = doneLogout(have.logout);
    let refreshToken = session.tokens?.refreshToken;
    if (!refreshToken || profile.auth.type !== 'oauth') {
      throw new Unanswerable({ verdict: 'not-applicable', by: null, reason: 'there is no refresh token' });
    }
    const working = have['sign-in'].grants.at(-1)?.variant.clientAuth;
    const client = oauthClient(profile, profile.auth);
    const usual = working ?? client.clientAuth;
    for (let pause = 250, asked = 1; ; pause = Math.min(pause * 2, 10_000), asked++) {
      const spent = refreshToken;
      const answer = await inAnyWay(usual, (clientAuth) =>
        refresh(operations.transport, client, spent, { clientAuth }),
      );
      const afterSeconds = (clock.now() - at) / 1000;
      const last = tokenFacts(answer);
      if (!last.gaveToken || afterSeconds >= settings.revokeWaitSeconds || clock.cancelled) {
        return { last, asked, afterSeconds };
      }
      // The grant is alive as long as its newest refresh token is: an older one is dead by rotation, not by the logout.
      refreshToken = tokensIn(answer)?.refreshToken ?? refreshToken;
      await clock.sleep(Math.min(pause, (settings.revokeWaitSeconds - afterSeconds) * 1000 + 1));
    }
  },
  judge({ last, asked, afterSeconds }) {
    if (last.kind === 'trouble')
      return { verdict: 'inconclusive', summary: `could not be asked: ${last.message}` };
    const seconds = Math.round(afterSeconds);
    if (last.gaveToken) {
      return {
        verdict: 'fail',
        summary: `the refresh token still buys a new access token ${seconds} s after the logout`,
        expected: '400 invalid_grant',
        observed: said(last),
      };
    }
    if (asked > 1) return { verdict: 'pass', summary: `refused after ${seconds} s: ${said(last)}` };
    const when = afterSeconds < 1 ? 'at once' : `when first asked, ${seconds} s after the logout`;
    return { verdict: 'pass', summary: `refused ${when}: ${said(last)}` };
  },
});

/**
 * Only `invalid_grant` speaks of the token. Any other refusal may mean the way of asking: some servers refresh in another
 * way than they exchange.
 */
async function inAnyWay(
  usual: ClientAuthentication,
  ask: (clientAuth: ClientAuthentication) => Promise<TokenAnswer>,
): Promise<TokenAnswer> {
  const first = await ask(usual);
  if (!mayMeanTheWay(first)) return first;
  for (const clientAuth of (['basic', 'body', 'query'] as const).filter((way) => way !== usual)) {
    const answer = await ask(clientAuth);
    if (answer.kind === 'answered' && !mayMeanTheWay(answer)) return answer;
  }
  return first;
}

function mayMeanTheWay(answer: TokenAnswer): boolean {
  return answer.kind === 'answered' && answer.tokens === null && answer.error !== 'invalid_grant';
}
