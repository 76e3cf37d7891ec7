import { oauthClient } from '../../auth/oauth/client.ts';
import { refresh } from '../../auth/oauth/grants.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { said, type TokenFacts, tokenFacts } from '../oauth/facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { doneLogout } from './done.ts';

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
  links: [links.revocation],
  needs: ['logout', 'sign-in'],
  phase: 'last',
  async observe({ profile, operations }, have): Promise<TokenFacts> {
    const { session } = doneLogout(have.logout);
    const refreshToken = session.tokens?.refreshToken;
    if (!refreshToken || profile.auth.type !== 'oauth') {
      throw new Unanswerable({ verdict: 'not-applicable', by: null, reason: 'there is no refresh token' });
    }
    const working = have['sign-in'].grants.at(-1)?.variant.clientAuth;
    const client = oauthClient(profile, profile.auth);
    return tokenFacts(
      await refresh(operations.transport, client, refreshToken, { clientAuth: working ?? client.clientAuth }),
    );
  },
  judge(facts) {
    if (facts.kind === 'trouble')
      return { verdict: 'inconclusive', summary: `could not be asked: ${facts.message}` };
    if (!facts.gaveToken) return { verdict: 'pass', summary: `refused: ${said(facts)}` };
    return {
      verdict: 'fail',
      summary: 'the refresh token still buys a new access token',
      expected: '400 invalid_grant',
      observed: said(facts),
    };
  },
});
