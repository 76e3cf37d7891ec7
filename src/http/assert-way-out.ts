import { secureContext } from './certificates.ts';
import { isLoopbackHost } from './loopback.ts';
import { proxiesIn } from './proxies.ts';
import type { TransportOptions } from './types.ts';

/**
 * Sees that the proxies and authorities that the environment names can be used, where these servers make use of them.
 * @throws {HttpTrouble} in the words of what is wrong
 */
export function assertWayOut(env: TransportOptions['env'], servers: readonly URL[]): void {
  if (servers.some(({ hostname }) => !isLoopbackHost(hostname))) proxiesIn(env);
  if (servers.some(({ protocol }) => protocol === 'https:')) secureContext(env);
}
