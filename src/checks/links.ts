import type { Link } from '../report/types.ts';

const developers = 'https://ringcentral.github.io/rc-unified-crm-extension/developers';

/** The pages and RFC sections that the requirements rest on. */
export const links = {
  auth: { title: 'App Connect: authorization', url: `${developers}/auth/` },
  contactMatching: { title: 'App Connect: contact matching', url: `${developers}/contact-matching/` },
  createContact: { title: 'App Connect: placeholder contacts', url: `${developers}/placeholder-contacts/` },
  getUserInfo: { title: 'App Connect: getUserInfo', url: `${developers}/interfaces/getUserInfo/` },
  loggingCalls: { title: 'App Connect: logging calls', url: `${developers}/logging-calls/` },
  loggingMessages: { title: 'App Connect: logging SMS', url: `${developers}/logging-sms/` },
  dispositions: { title: 'App Connect: call dispositions', url: `${developers}/call-dispositions/` },
  serverSideLogging: { title: 'App Connect: server-side logging', url: `${developers}/server-side-logging/` },
  composer: { title: 'App Connect: call log composer', url: `${developers}/call-log-composer/` },
  proxy: { title: 'App Connect: proxy connector', url: `${developers}/proxy-connector/` },
  unauthorize: { title: 'App Connect: unAuthorize', url: `${developers}/interfaces/unAuthorize/` },
  authorizationRequest: rfc(6749, '4.1.1', 'authorization request'),
  authorizationResponse: rfc(6749, '4.1.2', 'authorization response'),
  tokenRequest: rfc(6749, '4.1.3', 'access token request'),
  tokenResponse: rfc(6749, '5.1', 'successful token response'),
  tokenError: rfc(6749, '5.2', 'token error response'),
  refresh: rfc(6749, '6', 'refreshing an access token'),
  redirectUri: rfc(6749, '3.1.2.3', 'dynamic configuration of the redirect URI'),
  singleUse: rfc(6749, '10.5', 'authorization codes'),
  bearer: rfc(6750, '2.1', 'bearer token in the Authorization header'),
  bearerErrors: rfc(6750, '3.1', 'error codes for bearer tokens'),
  revocation: rfc(7009, '2', 'token revocation'),
  revocationResponse: rfc(7009, '2.2', 'revocation response'),
  revocationScope: rfc(7009, '2.1', 'what a revocation ends'),
  pkce: rfc(7636, '4.4', 'PKCE'),
  pkceVerifier: rfc(7636, '4.6', 'verification of the code verifier'),
  metadata: rfc(8414, '3', 'authorization server metadata'),
  securityOfRedirects: rfc(9700, '4.1', 'insufficient validation of redirect URIs'),
  securityOfPkce: rfc(9700, '2.1.1', 'PKCE for every client'),
  statusCodes: rfc(9110, '15.5', 'client error status codes'),
  tooManyRequests: rfc(6585, '4', '429 Too Many Requests'),
  rateLimits: {
    title: 'RateLimit header fields for HTTP',
    url: 'https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/',
  },
  discovery: {
    title: 'OpenID Connect Discovery 1.0 section 4: provider configuration',
    url: 'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig',
  },
  tls: rfc(9325, '3', 'recommendations for TLS'),
  getContent: rfc(9110, '9.3.1', 'GET and its content'),
  urlEncoding: rfc(3986, '2.1', 'percent-encoding'),
  escaping: {
    title: 'OWASP: cross-site scripting prevention',
    url: 'https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html',
  },
  unicode: rfc(3629, '3', 'UTF-8 definition'),
  timestamps: rfc(3339, '4', 'local time'),
  notFound: rfc(9110, '15.5.5', '404 Not Found'),
  timeZones: { title: 'IANA time zone database', url: 'https://www.iana.org/time-zones' },
  e164: { title: 'ITU-T E.164', url: 'https://www.itu.int/rec/T-REC-E.164/' },
} satisfies Record<string, Link>;

function rfc(number: number, section: string, title: string): Link {
  return {
    title: `RFC ${number} section ${section}: ${title}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}
