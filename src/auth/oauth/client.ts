import { hostsOf } from '../../profile/hosts.ts';
import { renderTemplate } from '../../profile/template.ts';
import type { AuthConfig, ClientAuthentication, LoginPage, Profile } from '../../profile/types.ts';

export type OAuthConfig = Extract<AuthConfig, { type: 'oauth' }>;

/** An OAuth client as the profile describes it, with its secrets filled in. */
export interface OAuthClient {
  authUrl: string | null;
  tokenUrl: string;
  redirectUri: string;
  clientId: string;
  clientSecret: string;
  clientAuth: ClientAuthentication;
  /** As configured in App Connect: see `OAuthConfig.scope`. */
  scope: string;
  state: string;
  /** Names of further fields of the token response that the profile reads. */
  discovers: readonly string[];
  tokenParams: Record<string, string>;
  username: string | null;
  password: string | null;
  /** Handed in by the user. */
  refreshToken: string | null;
  accessToken: string | null;
  scheme: string;
  /** How the login pages are got past without a person; null: they are not described. */
  login: LoginPages | null;
}

/** Login pages, with their secrets filled in. */
export interface LoginPages {
  pages: LoginPage[];
  /** They need a real browser. */
  scripts: boolean;
  /** Its executable; null: there is none. */
  browser: string | null;
  /** Where a password may be typed in. */
  hosts: string[];
}

/** @throws {TemplateError} when a template of `auth` cannot be rendered */
export function oauthClient(profile: Profile, auth: OAuthConfig): OAuthClient {
  const render = (template: string | undefined) => {
    if (template === undefined) return null;
    // The texts of a bare proxyConfig were filled in when it was loaded; its braces are App Connect's.
    if (profile.language === 'proxyConfig') return template === '' ? null : template;
    const text = String(renderTemplate(template, { secrets: profile.secrets, vars: profile.vars }) ?? '');
    return text === '' ? null : text;
  };
  return {
    authUrl: render(auth.authUrl),
    tokenUrl: render(auth.tokenUrl) ?? '',
    redirectUri: auth.redirectUri,
    clientId: render(auth.clientId) ?? '',
    clientSecret: render(auth.clientSecret) ?? '',
    clientAuth: auth.clientAuth,
    scope: auth.scope,
    state: `platform=${auth.customState ?? profile.meta.name}`,
    discovers: auth.discovers,
    tokenParams: Object.fromEntries(
      Object.entries(auth.tokenParams).map(([name, template]) => [name, render(template) ?? '']),
    ),
    username: render(auth.username),
    password: render(auth.password),
    refreshToken: render(auth.refreshToken),
    accessToken: render(auth.accessToken),
    scheme: auth.scheme,
    login:
      auth.loginPages.length === 0
        ? null
        : {
            pages: auth.loginPages.map(({ fill, ...page }) => ({
              ...page,
              fill: Object.fromEntries(
                Object.entries(fill).map(([name, template]) => [name, render(template) ?? '']),
              ),
            })),
            scripts: auth.loginScripts || auth.browser !== undefined,
            browser: auth.browser ?? null,
            hosts: [...hostsOf(profile).map(({ host }) => host), ...profile.allowHosts],
          },
  };
}
