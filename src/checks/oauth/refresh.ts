import { says, weighs } from '../../auth/oauth/deviations.ts';
import { refresh } from '../../auth/oauth/grants.ts';
import { keepRefreshToken } from '../../auth/oauth/obtain.ts';
import type { TokenAnswer } from '../../auth/oauth/token.ts';
import { sessionOf } from '../../auth/sign-in.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { asksOAuth, said, type TokenFacts, tokenFacts } from './facts.ts';

interface RefreshFacts {
  /** null: there is no refresh token to spend. */
  basic: TokenFacts | null;
  /** The client authentication that worked, when HTTP Basic did not. */
  otherWay: string | null;
  rotated: boolean | null;
  /** The current-user call with the new token; null when there is no new token or no such call. */
  renewed: OutcomeFacts | null;
  /** Seconds, as the answer to the code exchange said. */
  lifetimeAtLogin: number | null;
}

/** App Connect refreshes two minutes before expiry. */
const refreshMargin = 120;

export default defineCheck({
  id: 'oauth.refresh',
  item: 'oauth',
  level: 'must',
  title: 'issues a working new access token for the refresh token',
  why: 'App Connect refreshes before operations; a reply that it cannot save logs the user out, silently, in the middle of the day.',
  remedy: {
    vendor:
      'Answer the refresh grant (HTTP Basic) with access_token and expires_in, and keep the old refresh token or send a new one.',
    integrator: 'A connector with code can refresh in its own way (checkAndRefreshAccessToken).',
  },
  judged: {
    asks: 'The refresh token of an authorization made for this, by HTTP Basic; then the current-user call with the new access token.',
    pass: 'the new token works, and the reply has `expires_in` above 120. Keeping the refresh token and sending a new one are both right',
    warn: 'the reply is odd in a way that App Connect copes with (see oauth.token-response); tokens live for 120 s or less, so that App Connect refreshes before every operation; no refresh token though tokens expire; or only credentials in the body or the query work (adapter code)',
    fail: 'refused; the new token does not work; no `expires_in` in the reply; or the reply is odd in a way that App Connect cannot use',
    notApplicable: 'there is no refresh token, and tokens are not said to expire',
  },
  links: [links.auth, links.refresh],
  asks: asksOAuth,
  needs: ['oauth client', 'spare grant', 'crm'],
  phase: 'spoiling',
  requests: 2,
  async observe({ operations }, have): Promise<RefreshFacts> {
    const { client } = have['oauth client'];
    const spare = have['spare grant'];
    if (spare.kind === 'refreshed') {
      const token = tokenFacts(spare.token);
      const otherWay = client.clientAuth === 'basic' ? null : client.clientAuth;
      return { basic: token, otherWay, rotated: null, renewed: null, lifetimeAtLogin: null };
    }
    const { token } = spare.grant;
    if (token?.kind !== 'answered' || !token.tokens) {
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'oauth.code-exchange',
        reason: 'no token of its own was had',
      });
    }
    const { refreshToken, expiresIn } = token.tokens;
    if (!refreshToken) {
      return { basic: null, otherWay: null, rotated: null, renewed: null, lifetimeAtLogin: expiresIn };
    }
    const { transport } = operations;
    const basic = await refresh(transport, client, refreshToken, { clientAuth: 'basic' });
    let working: TokenAnswer = basic;
    let otherWay: string | null = null;
    // A 5xx may be the answer to just this way of asking.
    if (basic.kind === 'answered' ? !basic.tokens : basic.code === 'status') {
      for (const clientAuth of ['body', 'query'] as const) {
        const again = await refresh(transport, client, refreshToken, { clientAuth });
        if (again.kind === 'answered' && again.tokens) {
          working = again;
          otherWay = clientAuth;
          break;
        }
      }
    }
    const kept = keepRefreshToken(working, refreshToken);
    const session = sessionOf(operations, client, kept, have.crm.session);
    const crm = session && have.crm.through(session);
    return {
      basic: tokenFacts(basic),
      otherWay,
      rotated: kept.kind === 'answered' && kept.tokens ? kept.tokens.refreshToken !== refreshToken : null,
      renewed: crm?.describes('getUserInfo') ? outcomeFacts(await crm.getUserInfo()) : null,
      lifetimeAtLogin: expiresIn,
    };
  },
  judge({ basic, otherWay, rotated, renewed, lifetimeAtLogin }) {
    const expected = 'a new access token that works, with expires_in, by HTTP Basic';
    if (basic === null) {
      if (lifetimeAtLogin === null) {
        return { verdict: 'not-applicable', summary: 'no refresh token, and tokens are not said to expire' };
      }
      return {
        verdict: 'warn',
        summary: `no refresh token, though tokens expire after ${lifetimeAtLogin} s: users log in again`,
        expected,
        observed: 'no refresh_token in the token response',
      };
    }
    if (basic.kind === 'trouble' && otherWay === null)
      return { verdict: 'inconclusive', summary: `could not be asked: ${basic.message}` };
    if (!basic.gaveToken && otherWay === null) {
      return {
        verdict: 'fail',
        summary: `the refresh token is refused: ${said(basic)}`,
        expected,
        observed: said(basic),
      };
    }
    if (renewed && renewed.kind !== 'ok' && renewed.kind !== 'unreadable') {
      if (renewed.kind === 'trouble') {
        return { verdict: 'inconclusive', summary: `the new token could not be tried: ${renewed.message}` };
      }
      const observed = `a new token, refused with HTTP ${renewed.status}`;
      return { verdict: 'fail', summary: 'the new access token does not work', expected, observed };
    }
    if (otherWay !== null) {
      return {
        verdict: 'warn',
        summary: `refreshes only with credentials in the ${otherWay}`,
        expected,
        observed: said(basic),
        adapterCode: true,
      };
    }
    const broken = basic.deviations.filter((deviation) => weighs(deviation) === 'breaks').map(says);
    if (broken.length > 0) {
      const observed = broken.join('; ');
      return { verdict: 'fail', summary: `the reply cannot be used: ${observed}`, expected, observed };
    }
    if (basic.expiresIn === null) {
      return {
        verdict: 'fail',
        summary: 'no expires_in in the reply: App Connect cannot save it and logs the user out',
        expected,
        observed: 'access_token without expires_in',
      };
    }
    if (basic.expiresIn <= refreshMargin) {
      return {
        verdict: 'warn',
        summary: `tokens live ${basic.expiresIn} s: App Connect refreshes before every operation`,
        expected: `expires_in above ${refreshMargin}`,
        observed: `expires_in ${basic.expiresIn}`,
      };
    }
    const blemishes = basic.deviations.filter((deviation) => weighs(deviation) === 'blemish').map(says);
    if (blemishes.length > 0) {
      const observed = blemishes.join('; ');
      return { verdict: 'warn', summary: `a new token that works, but ${observed}`, expected, observed };
    }
    return {
      verdict: 'pass',
      summary: `a new token that works${rotated ? '; the refresh token rotates' : ''}`,
    };
  },
});
