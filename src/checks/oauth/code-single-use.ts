import { exchangeCode, newVerifier, obtainGrant } from '../../auth/oauth/grants.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { askBadly } from './ask-badly.ts';
import { asksOAuth, said, type TokenFacts, tokenFacts } from './facts.ts';
import { workingGrant } from './grant-of.ts';
import { ownCode } from './own-code.ts';

export default defineCheck({
  id: 'oauth.code-single-use',
  item: 'oauth',
  level: 'should',
  title: 'refuses a code the second time',
  why: 'A code passes through the address line, the history and the logs of a browser: one that works again gives the account to whoever finds it there.',
  remedy: {
    vendor: 'Mark a code as used with its first exchange, and answer invalid_grant from then on.',
    integrator: 'None; tell the vendor. App Connect exchanges a code once.',
  },
  judged: {
    asks: 'A code of its own is exchanged, and then sent once more, after the logout: a server that then revokes what the code gave ends nothing that is in use.',
    pass: 'refused the second time',
    warn: 'a second token comes back',
    inconclusive: 'a person would have to log in for it, and `--authorize-again` was not given',
  },
  links: [links.singleUse, links.authorizationResponse],
  asks: asksOAuth,
  needs: ['sign-in', 'oauth client'],
  phase: 'spoiling',
  requests: 5,
  async observe({ operations: { transport } }, have): Promise<{ second: TokenFacts }> {
    const { client, authorizer } = have['oauth client'];
    const { variant } = workingGrant(have['sign-in']).grant;
    const pkce = variant.pkce ? newVerifier(transport) : null;
    const { code } = await ownCode(authorizer, pkce ? { codeChallenge: pkce.challenge } : {});
    const exchange = () => exchangeCode(transport, client, code, variant, pkce?.verifier ?? null);
    const first = tokenFacts(await exchange());
    if (!first.gaveToken) {
      const reason = `a code of its own was not exchanged: ${said(first)}`;
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason });
    }
    const good = async () => (await obtainGrant(transport, client, authorizer, variant)).token;
    return { second: tokenFacts(await askBadly(exchange, good)) };
  },
  judge({ second }) {
    if (second.gaveToken) {
      return {
        verdict: 'warn',
        summary: 'the same code gives a second token',
        expected: '400 invalid_grant',
        observed: said(second),
      };
    }
    if (second.kind === 'trouble')
      return { verdict: 'inconclusive', summary: `could not be asked: ${second.message}` };
    return { verdict: 'pass', summary: `refused the second time: ${said(second)}` };
  },
});
