/**
 * An OpenID provider as a CRM's sign-in: oidc-provider with one confidential client, whose login and consent are
 * given by this server at once (redirects and cookies, no page). The user is read at the provider's own userinfo
 * endpoint, `/me`. Environment: PORT and the `OIDC_*` of test.env.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { PORT, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = process.env;
const issuer = `http://127.0.0.1:${PORT}`;
const accountId = 'dana';
const hour = 3600;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: OIDC_CLIENT_ID,
      client_secret: OIDC_CLIENT_SECRET,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: ['https://apps.ringcentral.com/integration/ringcentral-embeddable/latest/redirect.html'],
    },
  ],
  jwks: { keys: [privateKey.export({ format: 'jwk' })] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  claims: { openid: ['sub'], profile: ['name'] },
  // The name belongs to the user, not to the ID token, so it is read at the userinfo endpoint.
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'Dana Reyes' }) }),
  // By default only for `offline_access` with a consent prompt, which App Connect's client cannot ask for by itself.
  issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  ttl: {
    AccessToken: hour,
    RefreshToken: 24 * hour,
    Session: hour,
    Grant: 24 * hour,
    Interaction: hour,
    IdToken: hour,
  },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
});

/** Says yes to whatever the provider asks of a person: who are you, and do you agree. */
async function finishInteraction(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId } });
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

const handle = provider.callback();
createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) return handle(request, response);
  finishInteraction(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(Number(PORT), '127.0.0.1');
