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
  /** Why the other ways were not tried; null: they were, or need not be. */
  untried?: string | null;
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
  why: 'That is the request App Connect sends: it has no code_verifier, and there is no way to add one.',
  remedy: {
    vendor:
      'Accept HTTP Basic client authentication at the token endpoint, and make PKCE optional for confidential clients.',
    integrator:
      'A connector with code can send the credentials in the body or the query (getOverridingOAuthOption).',
  },
  judged: {
    asks: 'A form POST with HTTP Basic and no `code_verifier`; where that is refused, the other ways, each with a code of its own: credentials in the body, in the query, and each of the three with PKCE (S256). Where HTTP Basic was answered with a 5xx and another way works, it is asked once more. Where a person logs in, the others are tried with `--authorize-again`.',
    pass: 'HTTP Basic without PKCE gives an access token',
    warn: 'only credentials in the body or in the query give one (adapter code)',
    fail: 'PKCE is demanded, or the code is refused in every way, and each was tried',
    inconclusive:
      'every way is refused as an unknown client is (401, `invalid_client`, `unauthorized_client`): a wrong client id or secret in the profile looks the same. Or none worked, and one of them could not be asked (429, 5xx, no answer) or not be tried: it needs a login of its own',
  },
  links: [links.auth, links.tokenRequest, links.pkce],
  asks: asksOAuth,
  needs: ['sign-in'],
  async observe(_context, have): Promise<Facts> {
    codeOf(have['sign-in']);
    const { grants, failure } = have['sign-in'];
    const tried = grants.flatMap(({ variant, token }) =>
      token ? [{ ...variant, answer: tokenFacts(token) }] : [],
    );
    if (tried.length === 0) {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: 'no code was exchanged' });
    }
    return { tried, untried: failure?.untried ?? null };
  },
  judge({ tried, untried = null }) {
    const [first] = tried;
    const works = tried.find(({ answer }) => answer.gaveToken);
    if (!first) return { verdict: 'inconclusive', summary: 'no code was exchanged' };
    const expected = '200 with an access token, for HTTP Basic without PKCE';
    const observed = tried.map((one) => `${wayOf(one)}: ${said(one.answer)}`).join('; ');
    if (first === works) return { verdict: 'pass', summary: 'HTTP Basic, no PKCE: a token came back' };
    // Where another way works, a 5xx that came twice is the answer to this one.
    const trouble = works
      ? [first].find(({ answer }) => answer.kind === 'trouble' && !/^HTTP 5/.test(answer.message))
      : tried.find(({ answer }) => answer.kind === 'trouble');
    if (trouble) {
      const refused = trouble === first ? '' : `the code is refused (${said(first.answer)}); `;
      return {
        verdict: 'inconclusive',
        summary: `${refused}${wayOf(trouble)} could not be asked: ${trouble.answer.message}`,
        expected,
        observed,
      };
    }
    if (works?.pkce) {
      return {
        verdict: 'fail',
        summary: `the token endpoint demands PKCE: it works with ${wayOf(works)}, which App Connect sends neither in proxy mode nor with code`,
        expected,
        observed,
        remedy: {
          ...(works.clientAuth === 'basic' && { vendor: 'Make PKCE optional for confidential clients.' }),
          integrator: 'None: App Connect sends no code_verifier, and no connector can add one.',
        },
      };
    }
    if (works) {
      return {
        verdict: 'warn',
        summary: `works only with ${wayOf(works)}: a connector with code can send that, proxy mode cannot`,
        expected,
        observed,
        adapterCode: true,
        remedy: { vendor: 'Accept HTTP Basic client authentication at the token endpoint.' },
      };
    }
    // A wrong secret in the profile looks like this, and then the CRM is right.
    if (tried.every(({ answer }) => isClientUnknown(answer))) {
      return {
        verdict: 'inconclusive',
        summary: `the client is not known to the token endpoint (${said(first.answer)}): check the client id and the client secret${untried === null ? '' : `; ${untried}`}`,
        expected,
        observed,
      };
    }
    if (untried !== null) {
      return {
        verdict: 'inconclusive',
        summary: `the code is refused: ${said(first.answer)}; ${untried}`,
        expected,
        observed,
      };
    }
    return {
      verdict: 'fail',
      summary: `the code is refused in every way that was tried: ${said(first.answer)}`,
      expected,
      observed,
      remedy: {
        vendor: 'Exchange a fresh code for a token, and say in a refusal what is wrong with the request.',
        integrator:
          'Check the token URL, the client and the redirect URI of the profile against what is refused.',
      },
    };
  },
});

/** What RFC 6749 section 5.2 says of something else than the client. */
const aboutTheRequest: ReadonlySet<string | null> = new Set([
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'unsupported_grant_type',
]);

function isClientUnknown({ status, error }: TokenFacts): boolean {
  if (error === 'invalid_client' || error === 'unauthorized_client') return true;
  return status === 401 && !aboutTheRequest.has(error);
}
