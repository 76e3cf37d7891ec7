import { AsyncLocalStorage } from 'node:async_hooks';
import { lookup as dnsLookup } from 'node:dns';
import { type LookupFunction, Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { isAllowedHost } from './allowed-hosts.ts';
import { secureContext } from './certificates.ts';
import { isLoopbackHost } from './loopback.ts';
import { proxiesIn, secretsOf, variable } from './proxies.ts';
import type { ClientCertificate, NamedProxy, TransportOptions } from './types.ts';

/** Filled while a connection is made. Milliseconds from `startedAt`; null for a reused connection. */
export interface ConnectTiming {
  /** `performance.now()`. */
  startedAt: number;
  dnsMs: number | null;
  connectMs: number | null;
}

/** Connections to every host of a run, direct or through a proxy, kept alive between requests. */
export interface Network {
  /**
   * @param kept over a connection that an earlier request left open, if there is one
   * @throws {HttpTrouble} when the environment names a proxy or a certificate that cannot be used
   */
  dispatcherFor(server: URL, kept: boolean): Dispatcher;
  /** The proxy through which a server was asked; null: none. */
  proxyOf(server: URL): NamedProxy | null;
  /** Runs `fn`, which sends a request, and notes in `timing` when its connection was made. */
  timed<T>(timing: ConnectTiming, fn: () => T): T;
  close(): Promise<void>;
}

type Connector = ReturnType<typeof buildConnector>;

type NetworkOptions = Pick<
  TransportOptions,
  'env' | 'timeoutMs' | 'redaction' | 'allowedHosts' | 'clientCertificate'
>;

export function createNetwork(options: NetworkOptions): Network {
  const { env, timeoutMs: timeout, redaction, allowedHosts, clientCertificate } = options;
  const timings = new AsyncLocalStorage<ConnectTiming>();
  const connecting = new Set<Socket>();
  const proxyOf = new Map<string, NamedProxy>();
  /** Hosts that are reached past the proxies, for NO_PROXY. */
  const past = new Set<string>();

  // undici asks for a connection within `dispatch`, so that the store is that of the request which needs it.
  const lookup: LookupFunction = (hostname, lookupOptions, callback) => {
    const timing = timings.getStore();
    dnsLookup(hostname, lookupOptions, (error, address, family) => {
      if (timing) timing.dnsMs = since(timing.startedAt);
      callback(error, address, family);
    });
  };
  const plain = buildConnector({ timeout, lookup });

  /** Connections that show this certificate, or none; for one request each, or kept. */
  const lane = (kept: boolean, shown?: ClientCertificate) => {
    let secure: Connector | undefined;
    const connect: Connector = (target, callback) => {
      const timing = timings.getStore();
      // What goes through a proxy is not connected here.
      past.add(target.host ?? '');
      let connector = plain;
      if (target.protocol === 'https:') {
        try {
          secure ??= buildConnector({ timeout, lookup, ...trust(env, shown) });
        } catch (error) {
          callback(error instanceof Error ? error : new Error(String(error)), null);
          return;
        }
        connector = secure;
      }
      const socket: unknown = connector(target, (...result) => {
        if (socket instanceof Socket) connecting.delete(socket);
        if (timing && result[0] === null) timing.connectMs = since(timing.startedAt);
        callback(...result);
      });
      if (socket instanceof Socket) connecting.add(socket);
    };
    // The time-out of a request covers all of it and is the transport's own: undici's timers are coarse.
    const settings = { connect, headersTimeout: 0, bodyTimeout: 0, pipelining: kept ? 1 : 0 };
    const direct = new Agent(settings);
    let proxied: EnvHttpProxyAgent | undefined;
    return {
      direct,
      proxied(http: NamedProxy | null, https: NamedProxy | null): EnvHttpProxyAgent {
        proxied ??= new EnvHttpProxyAgent({
          ...settings,
          httpProxy: http?.url.href ?? '',
          httpsProxy: https?.url.href ?? '',
          noProxy: variable(env, 'NO_PROXY'),
          requestTls: { timeout, ...trust(env, shown) },
          proxyTls: { timeout, ...trust(env), lookup },
          // Many proxies tunnel to port 443 only; plain http goes to them in absolute form (RFC 9112 section 3.2.2).
          proxyTunnel: false,
        });
        return proxied;
      },
      destroy: () => Promise.all([direct.destroy(), proxied?.destroy()]),
    };
  };
  const lanes = (shown?: ClientCertificate) => ({ kept: lane(true, shown), single: lane(false, shown) });
  const open = lanes();
  const known = clientCertificate ? lanes(clientCertificate) : open;

  return {
    dispatcherFor(server, kept) {
      const { kept: ofMany, single } = isAllowedHost(server, allowedHosts) ? known : open;
      const { direct, proxied } = kept ? ofMany : single;
      if (isLoopbackHost(server.hostname)) return direct;
      const { http, https } = proxiesIn(env);
      const proxy = server.protocol === 'https:' ? https : http;
      if (proxy === null) return direct;
      for (const secret of secretsOf(proxy)) redaction.add(secret);
      proxyOf.set(server.host, proxy);
      return proxied(http, https);
    },
    proxyOf: ({ host }) => (past.has(host) ? null : (proxyOf.get(host) ?? null)),
    timed: (timing, fn) => timings.run(timing, fn),
    async close() {
      await Promise.all([open, known].flatMap(({ kept, single }) => [kept.destroy(), single.destroy()]));
      // undici waits for a connection under way until its time-out.
      for (const socket of connecting) socket.destroy();
    },
  };
}

export function since(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}

function trust(env: TransportOptions['env'], shown?: ClientCertificate) {
  const context = secureContext(env, shown);
  return context ? { secureContext: context } : {};
}
