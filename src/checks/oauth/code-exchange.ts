import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { asksOAuth, said, tokenFacts } from './facts.ts';
import { codeOf } from './grant-of.ts';

const ways = { basic: 'HTTP Basic', body: 'credentials in the body', query: 'credentials in the query' };

export default defineCheck({
  id: 'oauth.code-exchange',
  item: 'oauth',
  level: 'must',
  title: 'exchanges the code by a form POST with HTTP Basic and no PKCE',
  why: 'That is the request App Connect sends, with no code_verifier and no way to add one in proxy mode.',
  remedy: {
    vendor:
      'Accept HTTP Basic client authentication at the token endpoint, and make PKCE optional for confidential clients.',
    integrator:
      'A connector with code can send the credentials in the body or the query (getOverridingOAuthOption).',
  },
  links: [links.auth, links.tokenRequest, links.pkce],
  asks: asksOAuth,
  needs: ['sign-in'],
  async observe(_context, have) {
    codeOf(have['sign-in']);
    const tried = have['sign-in'].grants.flatMap(({ variant, token }) =>
      token ? [{ ...variant, answer: tokenFacts(token) }] : [],
    );
    const [first] = tried;
    if (!first) {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: 'no code was exchanged' });
    }
    return { first, tried, works: tried.find(({ answer }) => answer.gaveToken) ?? null };
  },
  judge({ first, works }) {
    const expected = '200 with an access token, for HTTP Basic without PKCE';
    const observed = said(first.answer);
    if (first.answer.gaveToken) return { verdict: 'pass', summary: 'HTTP Basic, no PKCE: a token came back' };
    if (!works && first.answer.kind === 'trouble') {
      return {
        verdict: 'inconclusive',
        summary: `the token endpoint could not be asked: ${first.answer.message}`,
      };
    }
    if (works?.pkce) {
      return { verdict: 'fail', summary: 'the token endpoint demands PKCE', expected, observed };
    }
    if (works) {
      const way = ways[works.clientAuth];
      return { verdict: 'warn', summary: `works only with ${way}`, expected, observed, adapterCode: true };
    }
    return {
      verdict: 'fail',
      summary: `the code is refused in every way that was tried: ${observed}`,
      expected,
      observed,
    };
  },
});
