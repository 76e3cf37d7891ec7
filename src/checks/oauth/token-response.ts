import { says, weighs } from '../../auth/oauth/deviations.ts';
import type { Profile } from '../../profile/types.ts';
import type { Judgement } from '../../report/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { asksOAuth, blemishesIn, breaksIn, type TokenFacts, tokenFacts } from './facts.ts';
import { workingGrant } from './grant-of.ts';

interface Facts extends TokenFacts {
  /** Further fields of the answer that the operations read. */
  read: string[];
}

export default defineCheck({
  id: 'oauth.token-response',
  item: 'oauth',
  level: 'must',
  title: 'answers JSON with access_token, token_type Bearer and a numeric expires_in',
  why: 'App Connect stores the token in 2,000 characters and refreshes it by expires_in: without that number it never refreshes.',
  remedy: {
    vendor:
      'Answer with application/json and access_token, token_type "Bearer", expires_in in seconds as a number, refresh_token.',
    integrator:
      'A connector with code can set the expiry by itself (checkAndRefreshAccessToken), and keep what the answer says of the tenant.',
  },
  judged: {
    asks: 'The answer to the exchange. Whatever is odd in it is named and seen through, so that the check goes on. A clock of the server that is off by more than a minute is a caution.',
    pass: '`access_token` and `refresh_token` of at most 2,000 characters, `token_type` Bearer, `expires_in` as a number, no `error`, status 200, content type JSON',
    warn: 'App Connect copes, other clients do not: `token_type` is missing or another, `expires_in` is a number in quotes, another content type, form encoding, another status below 400. Or there is neither `expires_in` nor a refresh token: works only while tokens never expire. Or the operations read a further field of the answer, which `discovers` names (adapter code: proxy mode keeps the tokens only)',
    fail: 'App Connect cannot use it: the token is too long, nested, in a list or under another name; a byte order mark or quotes stand around the JSON; `expires_in` is no number, below one second or above a century; `token_type` or a token is no text; an `error` or an `error_description` stands beside the token; or there is a refresh token without `expires_in`',
  },
  links: [links.auth, links.tokenResponse],
  asks: asksOAuth,
  needs: ['sign-in'],
  async observe({ profile }, have): Promise<Facts> {
    return { ...tokenFacts(workingGrant(have['sign-in']).token), read: readByOperations(profile) };
  },
  judge(facts) {
    const { response, hasRefreshToken, deviations, strict, clockSkew, read } = facts;
    const expected =
      'tokens of at most 2,000 characters, token_type Bearer, expires_in as a number, no error';
    const endless = response?.expiresIn === null;
    const faults = [
      ...breaksIn(facts),
      ...(endless && hasRefreshToken
        ? ['expires_in is missing, though there is a refresh token: App Connect never refreshes']
        : []),
    ];
    const blemishes = [
      ...blemishesIn(facts),
      ...(endless && !hasRefreshToken ? ['expires_in is missing: works only while tokens never expire'] : []),
      ...(read.length > 0
        ? [
            `the operations need ${read.join(', ')} of the answer: a connector with code can keep that, proxy mode cannot`,
          ]
        : []),
    ];
    const observed = [
      ...faults,
      ...blemishes,
      ...deviations.filter((deviation) => weighs(deviation) === 'harmless').map(says),
      ...(strict ? [`a strict client says: ${strict}`] : []),
    ].join('; ');
    const cautions = clockCaution(clockSkew);
    const remedy = remedyOf(facts);
    if (faults.length > 0)
      return { verdict: 'fail', summary: faults.join('; '), expected, observed, cautions, remedy };
    if (blemishes.length > 0)
      return {
        verdict: 'warn',
        summary: blemishes.join('; '),
        expected,
        observed,
        cautions,
        adapterCode: read.length > 0,
        remedy,
      };
    return { verdict: 'pass', summary: `a Bearer token, valid for ${response?.expiresIn} s`, cautions };
  },
});

/** What helps by what is wrong, the worst first: it decides whether App Connect works at all. */
function remedyOf(facts: Facts): NonNullable<Judgement['remedy']> {
  const { response, hasRefreshToken, read } = facts;
  if (breaksIn(facts).length > 0)
    return { integrator: 'None: App Connect reads this answer before any connector sees it.' };
  if (response?.expiresIn === null && hasRefreshToken)
    return { integrator: 'A connector with code can set the expiry by itself (checkAndRefreshAccessToken).' };
  const odd = blemishesIn(facts).length > 0 || response?.expiresIn === null;
  if (read.length > 0) {
    return {
      // Else there is nothing wrong with the answer.
      ...(!odd && { vendor: 'Let requests be made with the access token alone.' }),
      integrator: 'A connector with code can keep what the answer says of the tenant.',
    };
  }
  return {
    integrator:
      response?.expiresIn === null
        ? 'None is needed while tokens never expire; else users log in again.'
        : 'None is needed: App Connect copes.',
  };
}

/** Proxy mode keeps the tokens of the answer and nothing else, so that no template of its can read more. */
function readByOperations({ auth, operations, requestDefaults }: Profile): string[] {
  if (auth.type !== 'oauth') return [];
  const written = JSON.stringify([operations, requestDefaults]);
  const read = new Set([...written.matchAll(/\bauth\.([\w-]+)/g)].map(([, name]) => name));
  return auth.discovers.filter((name) => read.has(name));
}

/** Seconds that two clocks may be apart before tokens are renewed too late, or taken for expired. */
const tolerable = 60;

/** App Connect counts `expires_in` by its own clock; what carries absolute times (a JWT, a log) does not. */
function clockCaution(skew: number | null): string[] {
  if (skew === null || Math.abs(skew) <= tolerable) return [];
  const where = skew > 0 ? 'ahead of' : 'behind';
  return [
    `the clock of the token endpoint is ${Math.abs(skew)} s ${where} this machine's: one of the two is off, and times in tokens and records will disagree`,
  ];
}
