/**
 * Names whose values are secrets whoever sends them: headers, JSON keys, query parameters, form fields, XML elements.
 * Compared without case and punctuation, so that `access_token`, `accessToken` and `Access-Token` are one name.
 */
const secretNames: ReadonlySet<string> = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'apikey',
  'apisecret',
  'appsecret',
  'authkey',
  'accesskey',
  'assertion',
  'clientassertion',
  'clientsecret',
  'codeverifier',
  'credential',
  'credentials',
  'devicecode',
  'jwt',
  'licensekey',
  'otp',
  'passphrase',
  'passwd',
  'password',
  'passwordhash',
  'phpsessid',
  'jsessionid',
  'privatekey',
  'pwd',
  'secret',
  'secretkey',
  'sessionid',
  'sessionkey',
  'sessionname',
  'sid',
  'useraccesskey',
  'userhash',
]);

/** `newPassword`, `x-vendor-api-key`, `app_client_secret`, `id_token`. */
const secretEndings =
  /(password|passwd|passphrase|secret|secretkey|apikey|accesskey|privatekey|signingkey|sessionid|sessionkey|passwordhash|token)$/;

/** `nextPageToken` is a place in a list. */
const harmlessTokens = /(page|paging|pagination|next|previous|continuation|cursor|sync|skip|start)token$/;

/** Whether a header, JSON key, parameter or element of this name carries a secret. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z\d]/g, '');
  return secretNames.has(plain) || (secretEndings.test(plain) && !harmlessTokens.test(plain));
}

/** Names of an authorization code (RFC 6749 section 4.1.2), and what servers that know better call it. */
const codeNames = /^(code|auth_?code|authorization_?code)$/i;

/** The same for query parameters and form fields, where `code` is an authorization code; in JSON it is an error number. */
export function isSecretParameter(name: string): boolean {
  return codeNames.test(name) || isSecretName(name);
}
