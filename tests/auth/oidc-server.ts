import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { importOidcProvider } from '../../src/sandbox/quiet-import.ts';
import { listen } from '../http/server.ts';

export const oidcClient = { id: 'crm-ready', secret: randomBytes(24).toString('hex') };

/** Where the browser of a person would be sent; nobody listens there. */
export const oidcRedirectUri = 'https://apps.example.com/redirect.html';

/**
 * oidc-provider with the pages that it brings along: one to log in (any name, any password), one to consent.
 * @returns its URL; endpoints `/auth` and `/token`
 */
export async function startOidcServer(): Promise<string> {
  const { default: Provider } = await importOidcProvider();
  const server = createServer();
  const url = `http://127.0.0.1:${await listen(server)}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(url, {
    clients: [
      {
        client_id: oidcClient.id,
        client_secret: oidcClient.secret,
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [oidcRedirectUri],
      },
    ],
    jwks: { keys: [privateKey.export({ format: 'jwk' })] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => false },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
  });
  server.on('request', provider.callback());
  return url;
}
