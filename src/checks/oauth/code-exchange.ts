import type { ExchangeVariant } from '../../auth/oauth/grants.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { asksOAuth, said, type TokenFacts, tokenFacts } from './facts.ts';
import { codeOf } from './grant-of.ts';

interface Tried extends ExchangeVariant {
  answer: TokenFacts;
}

interface Facts {
  /** App Connect's way first, then the others until one gave a token. */
  tried: Tried[];
  /** The other ways were not tried: each needs a code, and so a login, of its own. */
  othersNeedLogin: boolean;
}

const ways = { basic: 'HTTP Basic', body: 'credentials in the body', query: 'credentials in the query' };

function wayOf({ clientAuth, pkce }: ExchangeVariant): string {
  return `${ways[clientAuth]}${pkce ? ' and PKCE' : ''}`;
}

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
  judged: {
    asks: 'A form POST with HTTP Basic and no `code_verifier`; where that is refused, the other ways, each with a code of its own: credentials in the body, in the query, and each of the three with PKCE (S256). Where a person logs in, the others are tried with `--authorize-again`.',
    pass: 'HTTP Basic without PKCE gives an access token',
    warn: 'only credentials in the body or in the query give one (adapter code)',
    fail: 'PKCE is demanded, or the code is refused in every way',
    inconclusive:
      'every way is refused with `invalid_client`: a wrong client id or secret in the profile looks the same',
  },
  links: [links.auth, links.tokenRequest, links.pkce],
  asks: asksOAuth,
  needs: ['sign-in'],
  async observe(_context, have): Promise<Facts> {
    codeOf(have['sign-in']);
    const { grants, session } = have['sign-in'];
    const tried = grants.flatMap(({ variant, token }) =>
      token ? [{ ...variant, answer: tokenFacts(token) }] : [],
    );
    if (tried.length === 0) {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: 'no code was exchanged' });
    }
    return { tried, othersNeedLogin: session === null && tried.length === 1 };
  },
  judge({ tried, othersNeedLogin }) {
    const [first] = tried;
    const works = tried.find(({ answer }) => answer.gaveToken);
    if (!first) return { verdict: 'inconclusive', summary: 'no code was exchanged' };
    const expected = '200 with an access token, for HTTP Basic without PKCE';
    const observed = tried.map((one) => `${wayOf(one)}: ${said(one.answer)}`).join('; ');
    if (first === works) return { verdict: 'pass', summary: 'HTTP Basic, no PKCE: a token came back' };
    if (!works && first.answer.kind === 'trouble') {
      return {
        verdict: 'inconclusive',
        summary: `the token endpoint could not be asked: ${first.answer.message}`,
      };
    }
    if (works?.pkce) {
      return {
        verdict: 'fail',
        summary: `the token endpoint demands PKCE: it works with ${wayOf(works)}, which App Connect sends neither in proxy mode nor with code`,
        expected,
        observed,
      };
    }
    if (works) {
      return {
        verdict: 'warn',
        summary: `works only with ${wayOf(works)}: a connector with code can send that, proxy mode cannot`,
        expected,
        observed,
        adapterCode: true,
      };
    }
    const others = othersNeedLogin ? '; each other way needs a login of its own: --authorize-again' : '';
    // A wrong secret in the profile looks like this, and then the CRM is right.
    if (tried.every(({ answer }) => answer.error === 'invalid_client')) {
      return {
        verdict: 'inconclusive',
        summary: `the client is not known to the token endpoint (${said(first.answer)}): check the client id and the client secret${others}`,
        expected,
        observed,
      };
    }
    return {
      verdict: 'fail',
      summary: `the code is refused${othersNeedLogin ? '' : ' in every way that was tried'}: ${said(first.answer)}${others}`,
      expected,
      observed,
    };
  },
});
