import { says } from '../../auth/oauth/deviations.ts';
import { exchangeCode, obtainGrant } from '../../auth/oauth/grants.ts';
import type { TokenAnswer } from '../../auth/oauth/token.ts';
import { tamper } from '../../auth/session.ts';
import { sideBySide } from '../../http/context.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { asksOAuth, said, type TokenFacts, tokenFacts } from './facts.ts';
import { workingGrant } from './grant-of.ts';

interface Facts {
  /** A fresh code with a wrong client secret; null when no second code could be had. */
  wrongClient: TokenFacts | null;
  unknownCode: TokenFacts | null;
}

export default defineCheck({
  id: 'oauth.bad-client-refused',
  item: 'oauth',
  level: 'must',
  title: 'refuses a wrong client secret and a wrong code, in the shape of RFC 6749',
  why: 'A token endpoint that does not look at the secret gives anybody who sees a code the whole account.',
  remedy: {
    vendor: 'Answer 401 or 400 with JSON {"error":"invalid_client"} or {"error":"invalid_grant"}.',
    integrator: 'Do not go into production with such a client; tell the vendor.',
  },
  links: [links.auth, links.tokenError],
  asks: asksOAuth,
  needs: ['sign-in', 'oauth client'],
  async observe({ operations }, have): Promise<Facts> {
    const { client, authorizer } = have['oauth client'];
    const { transport } = operations;
    const { variant } = workingGrant(have['sign-in']).grant;
    const [wrongClient = null, unknownCode = null] = await sideBySide(
      [
        async () => {
          if (client.clientSecret === '') return null;
          const spoil = { clientSecret: tamper(client.clientSecret) };
          return (await obtainGrant(transport, client, authorizer, variant, spoil)).token;
        },
        () =>
          twice(() =>
            exchangeCode(transport, client, 'crm-ready-no-such-code', { clientAuth: variant.clientAuth }),
          ),
      ],
      (ask) => ask(),
    );
    return {
      wrongClient: wrongClient && tokenFacts(wrongClient),
      unknownCode: unknownCode && tokenFacts(unknownCode),
    };
  },
  judge({ wrongClient, unknownCode }) {
    const expected = '400 or 401 with a JSON error of RFC 6749 section 5.2';
    const asked = [
      ...(wrongClient ? [{ what: 'a wrong client secret', facts: wrongClient }] : []),
      ...(unknownCode ? [{ what: 'a wrong code', facts: unknownCode }] : []),
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
      };
    }
    if (!wrongClient) {
      return {
        verdict: 'inconclusive',
        summary: 'a wrong code is refused; a wrong secret could not be tried without a second code',
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

/** A 5xx for a wrong code is trouble; one that repeats, while the right code was taken, is a refusal in an odd shape. */
async function twice(ask: () => Promise<TokenAnswer>): Promise<TokenAnswer> {
  const first = await ask();
  if (first.kind !== 'trouble' || first.code !== 'status') return first;
  const second = await ask();
  if (second.kind !== 'trouble' || second.message !== first.message) return second;
  if (!/HTTP 5/.test(second.message))
    throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: second.message });
  return {
    kind: 'answered',
    status: Number(second.message.replace(/\D/g, '')),
    contentType: '',
    response: null,
    error: null,
    errorDescription: null,
    tokens: null,
    deviations: [],
    strict: null,
    clockSkew: null,
    exchange: second.exchange ?? 0,
  };
}
