import { HttpTrouble } from './trouble.ts';
import type { NamedProxy, TransportOptions } from './types.ts';

/**
 * The proxies for plain http and for https.
 * @throws {HttpTrouble} `protocol`, when a variable names no proxy that can be used
 */
export function proxiesIn(env: TransportOptions['env']): {
  http: NamedProxy | null;
  https: NamedProxy | null;
} {
  const http = proxyIn(env, 'HTTP_PROXY');
  return { http, https: proxyIn(env, 'HTTPS_PROXY') ?? http };
}

/** Lower case first, as curl does. */
export function variable(env: TransportOptions['env'], name: string): string {
  return env[name.toLowerCase()] ?? env[name] ?? '';
}

/** What of a proxy's URL nobody else should see. */
export function secretsOf({ url: { username, password } }: NamedProxy): string[] {
  return password === '' ? [] : [password, decodeURIComponent(password), `${username}:${password}`];
}

/** `proxy:3128` means `http://proxy:3128`, as in curl. */
function proxyIn(env: TransportOptions['env'], name: NamedProxy['variable']): NamedProxy | null {
  const value = variable(env, name);
  if (value === '') return null;
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) && isEncoded(text) ? new URL(text) : null;
  if (url === null) {
    throw new HttpTrouble(
      'protocol',
      `${name} is not a URL: write it like http://proxy.example.com:3128, with special characters of a password percent-encoded.`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new HttpTrouble(
      'protocol',
      `${name} names a proxy of the kind ${url.protocol.slice(0, -1)}, and only http and https are spoken here: name such a proxy, or unset the variable.`,
    );
  }
  return { variable: name, url };
}

/** Whether every `%` begins the code of a character: a password may have one that does not. */
function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
