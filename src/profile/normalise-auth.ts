import { normaliseStep, texts } from './normalise-operation.ts';
import type { WrittenAuth } from './surface.ts';
import type { AuthConfig } from './types.ts';

/** Where RingCentral's client receives the code. */
export const appConnectRedirectUri =
  'https://apps.ringcentral.com/integration/ringcentral-embeddable/latest/redirect.html';

/**
 * A credential with its defaults, which are App Connect's where it has one.
 * @param url fills in a URL, by the key that holds it
 */
export function normaliseAuth(auth: WrittenAuth, url: (key: string, template: string) => string): AuthConfig {
  switch (auth.type) {
    case 'apiKey': {
      const { scheme, headerName = 'Authorization', encode, ...rest } = auth;
      return {
        ...rest,
        headerName,
        ...apiKeyDefaults({ scheme, headerName, queryName: rest.queryName, encode }),
      };
    }
    case 'headers':
      return { type: 'headers', headers: texts(auth.headers) };
    case 'login':
      return {
        type: 'login',
        steps: auth.steps.map(normaliseStep),
        discovers: auth.discovers ?? [],
        headers: texts(auth.headers),
        query: texts(auth.query),
      };
    case 'oauth': {
      const { authUrl, tokenUrl, redirectUri, tokenParams, loginPages = [], ...rest } = auth;
      return {
        grant: 'authorization_code',
        clientSecret: '',
        scope: '',
        clientAuth: 'basic',
        scheme: 'Bearer',
        loginScripts: false,
        discovers: [],
        ...rest,
        ...(authUrl !== undefined && { authUrl: url('authUrl', authUrl) }),
        tokenUrl: url('tokenUrl', tokenUrl),
        redirectUri: redirectUri === undefined ? appConnectRedirectUri : url('redirectUri', redirectUri),
        tokenParams: texts(tokenParams),
        loginPages: loginPages.map(({ fill, optional = false, ...page }) => ({
          ...page,
          fill: texts(fill),
          optional,
        })),
      };
    }
    default:
      return auth;
  }
}

/** `Basic` and base64 belong together, and to the Authorization header. */
export function apiKeyDefaults(given: {
  scheme: string | undefined;
  headerName: string;
  queryName: string | undefined;
  encode: 'base64' | 'none' | undefined;
}): { scheme: string; encode: 'base64' | 'none' } {
  const inAuthorization = given.headerName.toLowerCase() === 'authorization' && given.queryName === undefined;
  const scheme = given.scheme ?? (inAuthorization ? 'Basic' : '');
  return { scheme, encode: given.encode ?? (scheme.toLowerCase() === 'basic' ? 'base64' : 'none') };
}
