import { exchangeCode, newVerifier } from '../../auth/oauth/grants.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { askBadly } from './ask-badly.ts';
import { asksOAuth, said, type TokenFacts, tokenFacts } from './facts.ts';
import { workingGrant } from './grant-of.ts';
import { ownCode } from './own-code.ts';

interface Facts {
  /** The verifier that belongs to the challenge. */
  right: TokenFacts;
  /** Another verifier, with a code of its own; null where the right one was not taken. */
  wrong: TokenFacts | null;
}

export default defineCheck({
  id: 'oauth.pkce',
  item: 'oauth',
  level: 'should',
  title: 'supports PKCE (S256) when it is asked for, and then refuses a wrong verifier',
  why: 'A code that was stolen on its way is worth nothing without the verifier. App Connect does not send one today; other clients do, and a check that is only pretended protects nobody.',
  remedy: {
    vendor:
      'Keep code_challenge with the code, and compare it with the hash of code_verifier. Leave PKCE optional for confidential clients.',
    integrator: 'None is needed: App Connect sends no code_verifier.',
  },
  judged: {
    asks: 'Two authorizations of its own with an S256 challenge: one is exchanged with its verifier, the other with another.',
    pass: 'the right verifier gives a token, the other is refused',
    warn: 'the code is not exchanged although the verifier is right, or a wrong verifier is taken',
    inconclusive: 'a person would have to log in for it, and `--authorize-again` was not given',
  },
  links: [links.pkce, links.pkceVerifier, links.securityOfPkce],
  asks: asksOAuth,
  needs: ['sign-in', 'oauth client'],
  phase: 'spoiling',
  requests: 8,
  async observe({ operations: { transport } }, have): Promise<Facts> {
    const { client, authorizer } = have['oauth client'];
    const { variant } = workingGrant(have['sign-in']).grant;
    const exchange = async (which: 'right' | 'wrong') => {
      const { verifier, challenge } = newVerifier(transport);
      const { code } = await ownCode(authorizer, { codeChallenge: challenge });
      const sent = which === 'right' ? verifier : newVerifier(transport).verifier;
      return exchangeCode(transport, client, code, variant, sent);
    };
    const right = tokenFacts(await exchange('right'));
    const wrong = right.gaveToken
      ? tokenFacts(
          await askBadly(
            () => exchange('wrong'),
            () => exchange('right'),
          ),
        )
      : null;
    return { right, wrong };
  },
  judge({ right, wrong }) {
    const expected = 'a token for the right verifier, and 400 invalid_grant for a wrong one';
    if (right.kind === 'trouble' || wrong?.kind === 'trouble') {
      const { message } = right.kind === 'trouble' ? right : (wrong ?? right);
      return { verdict: 'inconclusive', summary: `could not be asked: ${message}` };
    }
    if (!right.gaveToken || !wrong) {
      const observed = said(right);
      return {
        verdict: 'warn',
        summary: `a code with PKCE is not exchanged: ${observed}`,
        expected,
        observed,
      };
    }
    if (wrong.gaveToken) {
      return {
        verdict: 'warn',
        summary: 'any verifier is taken: PKCE is not supported, or not checked',
        expected,
        observed: 'a token for a wrong verifier',
      };
    }
    return { verdict: 'pass', summary: `S256 is supported, and a wrong verifier is refused: ${said(wrong)}` };
  },
});
