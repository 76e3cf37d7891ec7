import { isAuthorizationCode } from '../../auth/sign-in.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { carriedBy } from './carried.ts';

export default defineCheck({
  id: 'auth.alternative',
  item: 'oauth',
  level: 'must',
  title: 'supports OAuth 2.0 with an authorization code',
  why: 'OAuth is the turn-key way to connect users; other credentials can be made to work, without a guarantee.',
  remedy: {
    vendor:
      'Offer OAuth 2.0 with the authorization code grant, so that users connect with a click and disconnect for good.',
    integrator: 'Use the credential that there is; tell users where they find it.',
  },
  judged: {
    asks: 'Nothing is sent. Only for a profile that signs in without an authorization code; the `oauth.*` rows are then left out.',
    warn: 'always. An API key, HTTP Basic, a bearer token, headers of which one is secret, and a login of one request whose JSON has the session fit proxy mode. Several secret headers, a login of several requests or with a digest, client credentials, the password grant and a second credential need adapter code',
  },
  links: [links.auth],
  asks: (profile) => !isAuthorizationCode(profile.auth),
  needs: [],
  async observe({ profile }) {
    return carriedBy(profile);
  },
  judge({ how, proxy, because, cautions }) {
    return {
      verdict: 'warn',
      summary: `no OAuth: ${how}; ${proxy ? 'proxy mode can carry it' : 'needs adapter code'} (${because})`,
      expected: 'OAuth 2.0 with an authorization code',
      observed: how,
      adapterCode: !proxy,
      cautions,
    };
  },
});
