import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { asksOAuth, tokenFacts } from './facts.ts';
import { workingGrant } from './grant-of.ts';

/** App Connect's database column for a token. */
const longestToken = 2000;

export default defineCheck({
  id: 'oauth.token-response',
  item: 'oauth',
  level: 'must',
  title: 'answers JSON with access_token, token_type Bearer and a numeric expires_in',
  why: 'App Connect stores the token in 2,000 characters and refreshes it by expires_in: without that number it never refreshes.',
  remedy: {
    vendor:
      'Answer with application/json and access_token, token_type "Bearer", expires_in in seconds as a number, refresh_token.',
    integrator: 'A connector with code can set the expiry by itself (checkAndRefreshAccessToken).',
  },
  links: [links.auth, links.tokenResponse],
  asks: asksOAuth,
  needs: ['sign-in'],
  async observe(_context, have) {
    return tokenFacts(workingGrant(have['sign-in']).token);
  },
  judge({ response, hasRefreshToken, strict, contentType }) {
    const expected =
      'access_token of at most 2,000 characters, token_type Bearer, expires_in as a number, no error';
    const faults: string[] = [];
    if ((response?.accessTokenLength ?? 0) > longestToken) {
      faults.push(
        `the access token has ${response?.accessTokenLength} characters; App Connect keeps ${longestToken}`,
      );
    }
    if (response?.tokenType?.toLowerCase() !== 'bearer') {
      faults.push(response?.tokenType ? `token_type is ${response.tokenType}` : 'token_type is missing');
    }
    if (response?.hasError) faults.push('there is an error beside the token');
    if (typeof response?.expiresIn === 'string') faults.push('expires_in is a text, not a number');
    const endless = response?.expiresIn === null;
    if (endless && hasRefreshToken)
      faults.push('expires_in is missing, though there is a refresh token: App Connect never refreshes');
    const observed = [...faults, ...(strict ? [`a strict client says: ${strict}`] : [])].join('; ');
    if (faults.length > 0) return { verdict: 'fail', summary: faults.join('; '), expected, observed };
    if (endless) {
      return {
        verdict: 'warn',
        summary: 'expires_in is missing: works only while tokens never expire',
        expected,
        observed: 'no expires_in, no refresh_token',
      };
    }
    if (contentType !== null && !/json/i.test(contentType)) {
      return {
        verdict: 'warn',
        summary: `the content type is ${contentType || 'missing'}`,
        expected,
        observed: contentType,
      };
    }
    return { verdict: 'pass', summary: `a Bearer token, valid for ${response?.expiresIn} s` };
  },
});
