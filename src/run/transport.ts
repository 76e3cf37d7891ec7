import { createRedaction } from '../http/redaction.ts';
import { createTransport } from '../http/transport.ts';
import type { Transport } from '../http/types.ts';
import { hostsOf } from '../profile/hosts.ts';
import type { Profile } from '../profile/types.ts';
import type { RunOptions } from './options.ts';

/** A transport that knows the limits and the hosts of a profile. */
export function transportFor(
  profile: Profile,
  options: Pick<
    RunOptions,
    | 'env'
    | 'version'
    | 'timeoutSeconds'
    | 'concurrency'
    | 'maxRequests'
    | 'allowPlainHttp'
    | 'clientCertificate'
  >,
): Transport {
  const { limits, requestDefaults } = profile;
  const requestsPerSecond = limits.requestsPerSecond;
  const maxRequests = options.maxRequests ?? limits.maxRequests;
  return createTransport({
    timeoutMs: (options.timeoutSeconds ?? requestDefaults.timeoutSeconds) * 1000,
    concurrency: options.concurrency ?? limits.concurrency,
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    ...(maxRequests !== undefined && { maxRequests }),
    maxRequestsIn:
      options.maxRequests === undefined ? '`limits.maxRequests` in the profile' : '`--max-requests`',
    allowedHosts: [...hostsOf(profile).map(({ host }) => host), ...profile.allowHosts],
    allowPlainHttp: options.allowPlainHttp,
    ...(options.clientCertificate && { clientCertificate: options.clientCertificate }),
    redaction: createRedaction(),
    env: options.env,
    userAgent: `crm-ready/${options.version}`,
  });
}
