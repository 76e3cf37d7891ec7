import { refresh } from '../../auth/oauth/grants.ts';
import { type TokenAnswer, tokensIn } from '../../auth/oauth/token-answer.ts';
import { sessionOf } from '../../auth/sign-in.ts';
import type { ClientAuthentication } from '../../profile/types.ts';
import type { Judgement } from '../../report/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { asksOAuth, blemishesIn, breaksIn, said, type TokenFacts, tokenFacts } from './facts.ts';
import { refreshInAnyWay } from './refresh-ways.ts';

interface RefreshFacts {
  /** null: there is no refresh token to spend. Where HTTP Basic was not asked, the answer to the way that was. */
  basic: TokenFacts | null;
  /** The client authentication that worked, when HTTP Basic did not. */
  otherWay: string | null;
  /** The reply to that way. */
  other?: TokenFacts | null;
  rotated: boolean | null;
  /** The current-user call with the new token; null when there is no new token or no such call. */
  renewed: OutcomeFacts | null;
  /** A second refresh, with the refresh token that App Connect holds after the first; null: it was not asked. */
  again?: TokenFacts | null;
  /** Seconds, as the answer to the code exchange said. */
  lifetimeAtLogin: number | null;
  /** There is no secret, so that App Connect sends HTTP Basic with an empty one. */
  publicClient?: boolean;
  /** The token was handed in, and refreshed once in the way that the profile or the login names. */
  handedIn?: boolean;
}

/** No connector makes another token of what the CRM refuses. */
const logInAgain = 'None that lasts: users log in again when the access token has expired.';

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
    asks: 'The refresh token of an authorization made for this, by HTTP Basic (with an empty secret where the client has none); then the current-user call with the new access token; then a second refresh, with the refresh token that App Connect holds by then: the new one, or the old one where none came. Where HTTP Basic is refused, credentials in the body and in the query. A token that was handed in is refreshed once, as the profile says.',
    pass: 'the new token works, the reply has `expires_in` above 120, and the second refresh gives a token, too. Keeping the refresh token and sending a new one are both right',
    warn: 'the reply is odd in a way that App Connect copes with (see oauth.token-response); tokens live for 120 s or less, so that App Connect refreshes before every operation; no refresh token though tokens expire; or only credentials in the body or the query work (adapter code)',
    fail: 'refused; the new token does not work; the second refresh is refused; no `expires_in` in the reply; `refresh_token` in the reply is null or empty, which App Connect keeps in place of the one it has; or the reply is odd in a way that App Connect cannot use, or has a token of more than 2,000 characters',
    inconclusive:
      'the token endpoint asked to wait (429), or gave no answer; or a client without a secret was handed a token, so that HTTP Basic was not asked',
    notApplicable: 'there is no refresh token, and tokens are not said to expire',
  },
  links: [links.auth, links.refresh],
  asks: asksOAuth,
  needs: ['oauth client', 'spare grant', 'crm'],
  phase: 'spoiling',
  requests: 3,
  async observe({ operations }, have): Promise<RefreshFacts> {
    const { client } = have['oauth client'];
    const spare = have['spare grant'];
    const publicClient = client.clientSecret === '';
    const nothing = { otherWay: null, rotated: null, renewed: null, publicClient };
    if (spare.kind === 'refreshed') {
      const otherWay = client.clientAuth === 'basic' ? null : client.clientAuth;
      const basic = tokenFacts(spare.token);
      return { ...nothing, basic, otherWay, lifetimeAtLogin: null, handedIn: true };
    }
    const { token } = spare.grant;
    if (token?.kind !== 'answered' || !token.tokens) {
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'oauth.code-exchange',
        reason: 'no token of its own was had',
      });
    }
    const { refreshToken, expiresIn: lifetimeAtLogin } = token.tokens;
    if (!refreshToken) return { ...nothing, basic: null, lifetimeAtLogin };
    const ask = (spent: string, clientAuth: ClientAuthentication) =>
      refresh(operations.transport, client, spent, { clientAuth, emptySecret: true });
    const { basic, other } = await refreshInAnyWay(refreshToken, ask);
    const reply = other?.answer ?? basic;
    const session = sessionOf(operations, client, reply, have.crm.session);
    const crm = session && have.crm.through(session);
    const renewed = crm?.describes('getUserInfo') ? outcomeFacts(await crm.getUserInfo()) : null;
    const held = heldAfter(reply, refreshToken);
    return {
      basic: tokenFacts(basic),
      otherWay: other?.clientAuth ?? null,
      other: other && tokenFacts(other.answer),
      rotated: session && held !== refreshToken,
      renewed,
      again: session && held !== null ? tokenFacts(await ask(held, other?.clientAuth ?? 'basic')) : null,
      lifetimeAtLogin,
      publicClient,
    };
  },
  judge(facts) {
    const { basic, otherWay, other, rotated, renewed, again, lifetimeAtLogin } = facts;
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
        remedy: {
          vendor: 'Issue a refresh token with the access token.',
          integrator: 'Tell users that they must log in again when the access token expires.',
        },
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
        remedy: { integrator: logInAgain },
      };
    }
    // Reports of older versions do not have the reply to another way.
    const reply = other ?? (basic.gaveToken ? basic : null);
    const [fault] = faultsOf(facts, reply);
    if (fault) return { verdict: 'fail', expected, ...fault };
    if (renewed?.kind === 'trouble') {
      return { verdict: 'inconclusive', summary: `the new token could not be tried: ${renewed.message}` };
    }
    if (again?.kind === 'trouble') {
      return { verdict: 'inconclusive', summary: `a second refresh could not be asked: ${again.message}` };
    }
    const lifetime = reply?.expiresIn ?? null;
    const losses = [
      ...(otherWay === null ? [] : [wayOf(otherWay, facts)]),
      ...(lifetime !== null && lifetime <= refreshMargin
        ? [`tokens live ${lifetime} s: App Connect refreshes before every operation`]
        : []),
    ];
    const blemishes = reply ? blemishesIn(reply) : [];
    if (losses.length > 0) {
      return {
        verdict: 'warn',
        summary: losses.join('; '),
        expected: otherWay === null ? `expires_in above ${refreshMargin}` : expected,
        observed: [otherWay === null ? `expires_in ${lifetime}` : said(basic), ...blemishes].join('; '),
        adapterCode: otherWay !== null,
        ...(otherWay === null && {
          remedy: {
            vendor: 'Let an access token live longer than two minutes: an hour is usual.',
            integrator: 'A connector with code can refresh when it is needed (checkAndRefreshAccessToken).',
          },
        }),
      };
    }
    if (blemishes.length > 0) {
      const observed = blemishes.join('; ');
      return {
        verdict: 'warn',
        summary: `a new token that works, but ${observed}`,
        expected,
        observed,
        remedy: { integrator: 'None is needed: App Connect copes.' },
      };
    }
    if (facts.handedIn && facts.publicClient) {
      return {
        verdict: 'inconclusive',
        summary:
          'a new token that works, with client_id in the body; HTTP Basic with an empty secret, which App Connect sends, was not asked: the token was handed in',
      };
    }
    return {
      verdict: 'pass',
      summary: `a new token that works${rotated ? '; the refresh token rotates' : ''}${facts.handedIn ? '; a second refresh was not asked, for the token was handed in' : ''}`,
    };
  },
});

/** The refresh token that App Connect has after a reply: an empty one is saved over the old one. null: none. */
function heldAfter(reply: TokenAnswer, before: string): string | null {
  if (reply.kind === 'answered' && reply.deviations.some(({ kind }) => kind === 'refresh-token-empty'))
    return null;
  return tokensIn(reply)?.refreshToken ?? before;
}

type Fault = Pick<Judgement, 'summary' | 'observed' | 'remedy'>;

/** For which App Connect loses the user, the first of which is said. */
function faultsOf({ renewed, again }: RefreshFacts, reply: TokenFacts | null): Fault[] {
  const faults: Fault[] = [];
  if (renewed && !['ok', 'unreadable', 'trouble'].includes(renewed.kind)) {
    const observed = `a new token, refused with HTTP ${renewed.status}`;
    const remedy = { vendor: 'Let a new access token work once it is issued.', integrator: logInAgain };
    faults.push({ summary: 'the new access token does not work', observed, remedy });
  }
  if (reply) faults.push(...faultsIn(reply, 'the reply'));
  if (again?.kind === 'answered' && !again.gaveToken) {
    const which = 'the refresh token that App Connect holds after the first refresh';
    const observed = `a second refresh: ${said(again)}`;
    const remedy = { integrator: logInAgain };
    faults.push({ summary: `${which} is refused: ${said(again)}`, observed, remedy });
  }
  if (again?.gaveToken) faults.push(...faultsIn(again, 'the reply to a second refresh'));
  return faults;
}

function faultsIn(reply: TokenFacts, which: string): Fault[] {
  const faults: Fault[] = [];
  const broken = breaksIn(reply).join('; ');
  if (broken !== '') faults.push({ summary: `${which} cannot be used: ${broken}`, observed: broken });
  if (reply.expiresIn === null) {
    const observed = 'access_token without expires_in';
    const summary = `no expires_in in ${which}: App Connect cannot save it and logs the user out`;
    faults.push({ summary, observed });
  }
  const empty = reply.deviations.find(({ kind }) => kind === 'refresh-token-empty');
  if (empty) {
    const observed = `refresh_token is ${empty.seen} in ${which}`;
    const summary = `${observed}: App Connect keeps that in place of the one it has, and cannot refresh again`;
    faults.push({ summary, observed });
  }
  return faults;
}

function wayOf(way: string, { handedIn, publicClient }: RefreshFacts): string {
  if (handedIn)
    return `refreshed with credentials in the ${way}; HTTP Basic was not asked: the token was handed in`;
  if (publicClient)
    return `refreshes only with client_id in the ${way}, not with HTTP Basic and an empty secret`;
  return `refreshes only with credentials in the ${way}`;
}
