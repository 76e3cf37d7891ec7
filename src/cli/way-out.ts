import { assertWayOut } from '../http/assert-way-out.ts';
import { passphraseVariable, readClientCertificate } from '../http/client-certificate.ts';
import { HttpTrouble } from '../http/trouble.ts';
import type { ClientCertificate } from '../http/types.ts';
import { hostsOf } from '../profile/hosts.ts';
import type { Profile } from '../profile/types.ts';
import { UsageError } from './failure.ts';

/** How requests leave this machine, where its network asks for more than an open door. */
export interface WayOutOptions {
  clientCert?: string;
  clientKey?: string;
}

/**
 * Looks at proxies and certificates before anybody is asked.
 * @returns what transports take; without a certificate nothing
 * @throws {UsageError} for what cannot be used
 */
export function wayOut(
  profile: Profile,
  env: Record<string, string | undefined>,
  { clientCert, clientKey }: WayOutOptions,
): { clientCertificate?: ClientCertificate } {
  if (clientKey !== undefined && clientCert === undefined)
    throw new UsageError('--client-key belongs to a certificate', 'Name it with --client-cert.');
  try {
    assertWayOut(env, hostsOf(profile));
    if (clientCert === undefined) return {};
    return {
      clientCertificate: readClientCertificate(clientCert, clientKey ?? clientCert, env[passphraseVariable]),
    };
  } catch (error) {
    if (error instanceof HttpTrouble) throw new UsageError(error.message);
    throw error;
  }
}
