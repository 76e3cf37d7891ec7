import { renderTemplate } from '../profile/template.ts';
import type { AuthConfig, Profile } from '../profile/types.ts';
import { basic, type Credential } from './session.ts';

type StaticAuth = Extract<AuthConfig, { type: 'none' | 'apiKey' | 'basic' | 'bearer' | 'headers' }>;

/** Credentials that the user handed in and that every request carries as they are. */
export function staticCredential(profile: Profile, auth: StaticAuth): Credential {
  const render = (template: string) =>
    String(renderTemplate(template, { secrets: profile.secrets, vars: profile.vars }) ?? '');
  const common = { obtained: false, tokens: null, proxy: () => ({ authType: 'apiKey' as const }) };
  const noVariables = () => ({
    auth: {},
    user: { id: null, accessToken: null, refreshToken: null, hostname: null },
  });
  switch (auth.type) {
    case 'none':
      // Without a header of its own the credential stands in the operations: `{{ secrets.NAME }}`.
      return {
        ...common,
        values: { ...profile.secrets },
        carry: () => ({ headers: {}, query: {} }),
        variables: (values) => ({ ...noVariables(), secrets: values }),
      };
    case 'apiKey': {
      const { scheme, headerName, queryName, encode } = auth;
      return {
        ...common,
        values: { credential: render(auth.credentialTemplate) },
        carry: ({ credential = '' }) => {
          const value = encode === 'base64' ? Buffer.from(credential).toString('base64') : credential;
          if (queryName !== undefined) return { headers: {}, query: { [queryName]: value } };
          return { headers: { [headerName.toLowerCase()]: `${scheme} ${value}`.trim() }, query: {} };
        },
        variables: noVariables,
      };
    }
    case 'basic': {
      const name = render(auth.username);
      // An API key often goes as the user name, beside a password that nobody looks at (`X`).
      const secretName = /\bsecrets\b/.test(auth.username);
      return {
        ...common,
        values: { ...(secretName && { username: name }), password: render(auth.password) },
        carry: ({ username = name, password = '' }) => ({
          headers: { authorization: basic(username, password) },
          query: {},
        }),
        variables: noVariables,
      };
    }
    case 'bearer':
      return {
        ...common,
        values: { token: render(auth.token) },
        carry: ({ token = '' }) => ({ headers: { authorization: `Bearer ${token}` }, query: {} }),
        variables: noVariables,
      };
    case 'headers':
      return {
        ...common,
        values: Object.fromEntries(
          Object.entries(auth.headers).map(([name, template]) => [name.toLowerCase(), render(template)]),
        ),
        carry: (headers) => ({ headers, query: {} }),
        variables: noVariables,
      };
  }
}

/**
 * The API key of a bare proxyConfig, as App Connect holds it; its header is made by App Connect's own rules.
 * @param stored the key that getUserInfo gave in place of the typed one (`overridingApiKeyPath`): everything but
 *   getUserInfo itself goes out with it. It may be the user's own for good, so it counts as handed in, too.
 */
export function proxyKeyCredential(profile: Profile, stored?: string): Credential {
  const { CRM_READY_API_KEY = '', CRM_READY_SECRET_KEY, CRM_READY_HOSTNAME } = profile.secrets;
  return {
    obtained: false,
    tokens: null,
    values: { apiKey: CRM_READY_API_KEY, ...(stored !== undefined && { accessToken: stored }) },
    carry: () => ({ headers: {}, query: {} }),
    variables: () => ({}),
    proxy: ({ apiKey = '', accessToken }) => ({
      authType: 'apiKey',
      apiKey,
      ...(accessToken !== undefined && { accessToken }),
      ...(CRM_READY_SECRET_KEY !== undefined && { secretKey: CRM_READY_SECRET_KEY }),
      ...(CRM_READY_HOSTNAME !== undefined && { hostname: CRM_READY_HOSTNAME }),
    }),
  };
}
