import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { HttpTrouble } from './trouble.ts';

/** Files of certificate authorities to trust beside the usual ones: Node's own variable and OpenSSL's. */
const variables = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const;

/**
 * What to trust when `env` names further authorities; undefined: Node's default. Made once, because parsing some
 * hundred certificates for each connection costs more than the connection.
 * @throws {HttpTrouble} `tls`, when a named file cannot be read
 */
export function trustedContext(env: Record<string, string | undefined>): tls.SecureContext | undefined {
  const extra = variables.flatMap((variable) => {
    const file = env[variable];
    if (file === undefined || file === '') return [];
    try {
      return [readFileSync(file, 'utf8')];
    } catch (cause) {
      throw new HttpTrouble(
        'tls',
        `${variable} names ${file}, which cannot be read: give the path of a PEM file, or unset the variable.`,
        null,
        { cause },
      );
    }
  });
  if (extra.length === 0) return undefined;
  return tls.createSecureContext({ ca: [...usual(), ...extra] });
}

/** Giving `ca` replaces the default list, so it has to be given as well; Node 22.15 and later know the whole of it. */
function usual(): readonly string[] {
  const get: unknown = Reflect.get(tls, 'getCACertificates');
  const found: unknown = typeof get === 'function' ? get('default') : undefined;
  return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : tls.rootCertificates;
}
