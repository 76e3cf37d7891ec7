import { asText } from './json.ts';
import { apiKeyDefaults, appConnectRedirectUri } from './normalise-auth.ts';
import type { Source } from './parse.ts';
import { oneOf } from './suggest.ts';
import type { AuthConfig, Json, ProfileProblem } from './types.ts';

/** Where the credentials of a bare proxyConfig come from: the document has no key that could name them. */
export const bareSecrets = [
  'CRM_READY_API_KEY',
  'CRM_READY_ACCESS_TOKEN',
  'CRM_READY_REFRESH_TOKEN',
  'CRM_READY_CLIENT_ID',
  'CRM_READY_CLIENT_SECRET',
  'CRM_READY_USERNAME',
  'CRM_READY_PASSWORD',
  'CRM_READY_SECRET_KEY',
  'CRM_READY_HOSTNAME',
] as const;

/** The credential of a bare proxyConfig, with App Connect's defaults and the values of the environment filled in. */
export function bareAuth(auth: { [key: string]: Json }, secrets: Record<string, string>): AuthConfig {
  if (auth.type === 'oauth') {
    const { CRM_READY_ACCESS_TOKEN: accessToken, CRM_READY_REFRESH_TOKEN: refreshToken } = secrets;
    const authUrl = asText(auth.authUrl);
    const customState = asText(auth.customState);
    return {
      type: 'oauth',
      grant: 'authorization_code',
      ...(authUrl !== undefined && { authUrl }),
      tokenUrl: asText(auth.tokenUrl) ?? '',
      redirectUri: asText(auth.redirectUri) ?? appConnectRedirectUri,
      clientId: asText(auth.clientId) ?? secrets.CRM_READY_CLIENT_ID ?? '',
      clientSecret: asText(auth.clientSecret) ?? secrets.CRM_READY_CLIENT_SECRET ?? '',
      scope: asText(auth.scope) ?? '',
      ...(customState !== undefined && { customState }),
      clientAuth: 'basic',
      discovers: [],
      tokenParams: {},
      ...(accessToken !== undefined && { accessToken }),
      ...(refreshToken !== undefined && { refreshToken }),
      scheme: asText(auth.scheme) ?? 'Bearer',
      loginPages: [],
      loginScripts: false,
    };
  }
  const headerName = asText(auth.headerName) ?? 'Authorization';
  return {
    type: 'apiKey',
    headerName,
    credentialTemplate: asText(auth.credentialTemplate) ?? '{{apiKey}}:',
    ...apiKeyDefaults({
      scheme: asText(auth.scheme),
      headerName,
      queryName: undefined,
      encode: auth.encode === 'base64' || auth.encode === 'none' ? auth.encode : undefined,
    }),
  };
}

/** A run without a credential is possible, but hardly what somebody wants. */
export function credentialNotes(
  source: Source,
  auth: AuthConfig,
  secrets: Record<string, string>,
): ProfileProblem[] {
  const note = (message: string, names: readonly string[]): ProfileProblem[] => [
    {
      file: source.file,
      ...source.keyAt(['auth']),
      message,
      expected: oneOf(names),
      hint: `export ${names[0]}=…`,
    },
  ];
  if (auth.type === 'apiKey' && secrets.CRM_READY_API_KEY === undefined) {
    return note('no API key was given', ['CRM_READY_API_KEY']);
  }
  if (auth.type !== 'oauth' || auth.accessToken !== undefined) return [];
  if (auth.tokenUrl === '')
    return note('there is no `auth.tokenUrl`, and no access token was given', ['CRM_READY_ACCESS_TOKEN']);
  return auth.clientId === ''
    ? note('no OAuth client was given', ['CRM_READY_CLIENT_ID', 'CRM_READY_CLIENT_SECRET'])
    : [];
}
