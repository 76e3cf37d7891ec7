import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { HttpTrouble } from './trouble.ts';
import type { ClientCertificate } from './types.ts';

/** Files of certificate authorities to trust beside the usual ones: Node's own variable and OpenSSL's. */
const variables = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const;

/**
 * What to trust when `env` names further authorities, and what to show to who demands a certificate of this side;
 * undefined: Node's default. Made once, because parsing some hundred certificates for each connection costs more than
 * the connection.
 * @throws {HttpTrouble} `tls`, when a named file is no file of certificates
 */
export function secureContext(
  env: Record<string, string | undefined>,
  shown?: ClientCertificate,
): tls.SecureContext | undefined {
  const extra = variables.flatMap((variable) => {
    const file = env[variable];
    return file === undefined || file === '' ? [] : [authorities(variable, file)];
  });
  if (extra.length === 0 && !shown) return undefined;
  return tls.createSecureContext({
    ...(extra.length > 0 && { ca: [...usual(), ...extra] }),
    ...(shown && { cert: shown.cert, key: shown.key }),
  });
}

function authorities(variable: string, file: string): string {
  const wrong = (what: string, cause?: unknown) =>
    new HttpTrouble(
      'tls',
      `${variable} names ${file}, which ${what}: give the path of a PEM file, or unset the variable.`,
      null,
      { cause },
    );
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (cause) {
    throw wrong('cannot be read', cause);
  }
  // What is no certificate is ignored by Node without a word.
  if (!/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(pem))
    throw wrong('holds no certificate in PEM form');
  try {
    for (const [block] of pem.matchAll(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g))
      new X509Certificate(block);
  } catch (cause) {
    throw wrong('holds a damaged certificate', cause);
  }
  return pem;
}

/** Giving `ca` replaces the default list, so it has to be given as well; Node 22.15 and later know the whole of it. */
function usual(): readonly string[] {
  const get: unknown = Reflect.get(tls, 'getCACertificates');
  const found: unknown = typeof get === 'function' ? get('default') : undefined;
  return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : tls.rootCertificates;
}
