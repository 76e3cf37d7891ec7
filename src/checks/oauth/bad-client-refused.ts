import { says } from '../../auth/oauth/deviations.ts';
import { exchangeCode, newVerifier, obtainGrant } from '../../auth/oauth/grants.ts';
import type { TokenAnswer } from '../../auth/oauth/token-answer.ts';
import { tamper } from '../../auth/session.ts';
import { sideBySide } from '../../http/context.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { askBadly } from './ask-badly.ts';
import { asksOAuth, said, type TokenFacts, tokenFacts } from './facts.ts';
import { workingGrant } from './grant-of.ts';
import { whyNoCode } from './own-code.ts';

interface Facts {
  /** A fresh code with a wrong client secret; null when no second code could be had. */
  wrongClient: TokenFacts | null;
  /** Why there was no second code. */
  noCode: string | null;
  unknownCode: TokenFacts;
  /** There is no secret that could be wrong. */
  publicClient: boolean;
}

export default defineCheck({
  id: 'oauth.bad-client-refused',
  item: 'oauth',
  level: 'must',
  title: 'refuses a wrong client secret and a wrong code, in the shape of RFC 6749',
  why: 'A token endpoint that does not look at the secret gives anybody who sees a code the whole account; a refusal in a shape of its own tells a client nothing.',
  remedy: {
    vendor: 'Answer 401 or 400 with JSON {"error":"invalid_client"} or {"error":"invalid_grant"}.',
    integrator: 'Do not go into production with such a client; tell the vendor.',
  },
  judged: {
    asks: 'A fresh code with a wrong client secret, and a code that was never issued.',
    pass: 'both are refused with 400 or 401 and a JSON `error`',
    warn: 'refused in another shape: another status (200, 404, or a 500 that repeats), a page, JSON without `error`',
    fail: 'a token comes back for one of them',
    inconclusive:
      'no second code could be had to try the wrong secret with; or a 5xx repeats, and a good exchange right after it does not go through either',
  },
  links: [links.auth, links.tokenError],
  asks: asksOAuth,
  needs: ['sign-in', 'oauth client'],
  phase: 'spoiling',
  requests: 5,
  async observe({ operations }, have): Promise<Facts> {
    const { client, authorizer } = have['oauth client'];
    const { transport } = operations;
    const { variant } = workingGrant(have['sign-in']).grant;
    const spoil = { clientSecret: tamper(client.clientSecret) };
    const publicClient = client.clientSecret === '';
    const noCode: string[] = [];
    const wrongSecret = async (): Promise<TokenAnswer> => {
      const { authorization, token } = await obtainGrant(transport, client, authorizer, variant, spoil);
      if (token) return token;
      const message = authorization.kind === 'code' ? 'it was not exchanged' : whyNoCode(authorization);
      noCode.push(message);
      return { kind: 'trouble', code: 'protocol', message, exchange: null };
    };
    // A server that demands PKCE looks at no code that comes without a verifier.
    const verifier = variant.pkce ? newVerifier(transport).verifier : null;
    const wrongCode = () => exchangeCode(transport, client, 'crm-ready-no-such-code', variant, verifier);
    const good = async () => (await obtainGrant(transport, client, authorizer, variant)).token;
    const [wrongClient, unknownCode] = await sideBySide(
      [async () => (publicClient ? null : askBadly(wrongSecret, good)), () => askBadly(wrongCode, good)],
      (ask) => ask(),
    );
    if (!unknownCode) throw new Error('both were asked');
    return {
      publicClient,
      wrongClient: wrongClient && noCode.length === 0 ? tokenFacts(wrongClient) : null,
      noCode: noCode[0] ?? null,
      unknownCode: tokenFacts(unknownCode),
    };
  },
  judge({ publicClient, wrongClient, noCode, unknownCode }) {
    const expected = '400 or 401 with a JSON error of RFC 6749 section 5.2';
    const asked = [
      ...(wrongClient ? [{ what: 'a wrong client secret', facts: wrongClient }] : []),
      { what: 'a wrong code', facts: unknownCode },
    ];
    const accepted = asked.find(({ facts }) => facts.gaveToken);
    if (accepted) {
      return {
        verdict: 'fail',
        summary: `${accepted.what} is accepted`,
        expected,
        observed: 'an access token',
      };
    }
    const trouble = asked.find(({ facts }) => facts.kind === 'trouble');
    if (trouble) {
      return {
        verdict: 'inconclusive',
        summary: `${trouble.what} could not be tried: ${trouble.facts.message}`,
      };
    }
    const odd = asked.find(({ facts }) => oddities(facts).length > 0);
    if (odd) {
      return {
        verdict: 'warn',
        summary: `refuses ${odd.what}, in a shape of its own: ${oddities(odd.facts).join(', ')}`,
        expected,
        observed: asked.map(({ what, facts }) => `${what}: ${said(facts)}`).join('; '),
        remedy: { integrator: 'None is needed: it is refused, in whatever shape.' },
      };
    }
    if (!wrongClient && !publicClient) {
      return {
        verdict: 'inconclusive',
        summary: `a wrong code is refused; a wrong secret ${noCode}`,
      };
    }
    return { verdict: 'pass', summary: `refused: ${asked.map(({ facts }) => facts.error).join(', ')}` };
  },
});

/** In what a refusal is not that of RFC 6749 section 5.2; nothing where it is. */
function oddities({ status, error, contentType, deviations }: TokenFacts): string[] {
  return [
    ...(status === 400 || status === 401 ? [] : [`HTTP ${status}`]),
    ...(error === null ? ['no "error" as a text'] : []),
    ...(/json/i.test(contentType ?? '') ? [] : [`the content type is ${contentType || 'missing'}`]),
    ...deviations.map(says),
  ];
}
