import type { System } from './system.ts';
import { acceptingDoor, rotatingDoor } from './tokens.ts';

const auth = {
  type: 'oauth',
  authUrl: 'http://127.0.0.1:{{ vars.port }}/api/authorize',
  tokenUrl: 'http://127.0.0.1:{{ vars.port }}/api/token',
  clientId: '{{ secrets.IMITATION_CLIENT_ID }}',
  clientSecret: '{{ secrets.IMITATION_CLIENT_SECRET }}',
};
const operations = {
  unAuthorize: {
    method: 'POST',
    url: '/revoke',
    auth: 'client',
    bodyType: 'form',
    body: { token: '{{ auth.accessToken }}' },
  },
};
const only = ['oauth', 'logout', 'current-user'];

export const authorizationServers: System[] = [
  {
    name: 'oidc-provider',
    odd: 'refresh tokens rotate; one spent twice, or the revocation of either token, ends the grant',
    crm: {},
    door: rotatingDoor,
    profile: { changes: { auth, operations } },
    only,
    but: { 'auth.tls': 'not-applicable' },
  },
  {
    name: 'oauth2-mock-server',
    odd: 'any code, any client, any token is right',
    crm: {},
    door: acceptingDoor,
    profile: { changes: { auth, operations } },
    only,
    but: {
      'auth.tls': 'not-applicable',
      'oauth.bad-client-refused': 'fail',
      'oauth.code-single-use': 'warn',
      'oauth.redirect-uri-checked': 'warn',
      'oauth.pkce': 'warn',
      'auth.missing-refused': 'fail',
      'auth.refusal-shape': 'blocked',
      'user.validates': 'fail',
      'logout.access-dead': 'fail',
      'logout.refresh-dead': 'fail',
      'logout.only-this-one': 'blocked',
    },
  },
];
