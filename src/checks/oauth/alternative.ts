import { isAuthorizationCode } from '../../auth/sign-in.ts';
import type { AuthConfig } from '../../profile/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';

type Kind = AuthConfig['type'] | 'client credentials' | 'password';

const carried: Record<Kind, { how: string; proxy: boolean }> = {
  none: { how: 'the credential stands in the requests themselves', proxy: false },
  apiKey: { how: 'an API key', proxy: true },
  basic: { how: 'HTTP Basic', proxy: true },
  bearer: { how: 'a bearer token that a person copies', proxy: true },
  headers: { how: 'several headers', proxy: false },
  login: { how: 'a login that returns a session', proxy: false },
  oauth: { how: 'OAuth 2.0', proxy: true },
  'client credentials': { how: 'OAuth 2.0 client credentials, one identity for all users', proxy: false },
  password: { how: 'the OAuth 2.0 password grant', proxy: false },
};

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
  links: [links.auth],
  asks: (profile) => !isAuthorizationCode(profile.auth),
  needs: [],
  async observe({ profile: { auth, credentials } }) {
    const kind: Kind =
      auth.type === 'oauth' ? (auth.grant === 'password' ? 'password' : 'client credentials') : auth.type;
    return { kind, ...carried[kind], proxy: carried[kind].proxy && Object.keys(credentials).length === 0 };
  },
  judge({ how, proxy }) {
    return {
      verdict: 'warn',
      summary: `no OAuth: ${how}; ${proxy ? 'proxy mode can carry it' : 'needs adapter code'}`,
      expected: 'OAuth 2.0 with an authorization code',
      observed: how,
      adapterCode: !proxy,
    };
  },
});
