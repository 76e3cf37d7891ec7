import { AsyncLocalStorage } from 'node:async_hooks';
import { lookup as dnsLookup } from 'node:dns';
import { type LookupFunction, Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { trustedContext } from './certificates.ts';
import { isLoopbackHost } from './loopback.ts';
import { HttpTrouble } from './trouble.ts';
import type { TransportOptions } from './types.ts';

/** Filled while a connection is made. Milliseconds from `startedAt`; null for a reused connection. */
export interface ConnectTiming {
  /** `performance.now()`. */
  startedAt: number;
  dnsMs: number | null;
  connectMs: number | null;
}

/** Connections to every host of a run, direct or through a proxy, kept alive between requests. */
export interface Network {
  /** @throws {HttpTrouble} when the environment names a proxy or a certificate that cannot be used */
  dispatcherFor(server: URL): Dispatcher;
  /** Runs `fn`, which sends a request, and notes in `timing` when its connection was made. */
  timed<T>(timing: ConnectTiming, fn: () => T): T;
  close(): Promise<void>;
}

type Connector = ReturnType<typeof buildConnector>;

export function createNetwork({
  env,
  timeoutMs,
  redaction,
}: Pick<TransportOptions, 'env' | 'timeoutMs' | 'redaction'>): Network {
  const timings = new AsyncLocalStorage<ConnectTiming>();
  const connecting = new Set<Socket>();
  const timeout = timeoutMs;

  // undici asks for a connection within `dispatch`, so that the store is that of the request which needs it.
  const lookup: LookupFunction = (hostname, options, callback) => {
    const timing = timings.getStore();
    dnsLookup(hostname, options, (error, address, family) => {
      if (timing) timing.dnsMs = since(timing.startedAt);
      callback(error, address, family);
    });
  };
  let secure: Connector | undefined;
  const plain = buildConnector({ timeout, lookup });
  const connect: Connector = (target, callback) => {
    const timing = timings.getStore();
    let connector = plain;
    if (target.protocol === 'https:') {
      try {
        secure ??= buildConnector({ timeout, lookup, ...trust(env) });
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
  const settings = { connect, headersTimeout: 0, bodyTimeout: 0 };
  const direct = new Agent(settings);
  const proxies = proxiesIn(env);
  let proxied: EnvHttpProxyAgent | undefined;
  const throughProxy = (): EnvHttpProxyAgent => {
    for (const proxy of Object.values(proxies)) for (const secret of secretsOf(proxy)) redaction.add(secret);
    const tls = { timeout, ...trust(env) };
    return new EnvHttpProxyAgent({
      ...settings,
      ...proxies,
      noProxy: variable(env, 'NO_PROXY'),
      requestTls: tls,
      proxyTls: { ...tls, lookup },
      // Many proxies tunnel to port 443 only; plain http goes to them in absolute form (RFC 9112 section 3.2.2).
      proxyTunnel: false,
    });
  };

  return {
    dispatcherFor(server) {
      if (isLoopbackHost(server.hostname) || (proxies.httpProxy === '' && proxies.httpsProxy === ''))
        return direct;
      proxied ??= throughProxy();
      return proxied;
    },
    timed: (timing, fn) => timings.run(timing, fn),
    async close() {
      await Promise.all([direct.destroy(), proxied?.destroy()]);
      // undici waits for a connection under way until its time-out.
      for (const socket of connecting) socket.destroy();
    },
  };
}

export function since(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}

function trust(env: TransportOptions['env']) {
  const secureContext = trustedContext(env);
  return secureContext ? { secureContext } : {};
}

/** Lower case first, as curl does. */
function variable(env: TransportOptions['env'], name: string): string {
  return env[name.toLowerCase()] ?? env[name] ?? '';
}

function proxiesIn(env: TransportOptions['env']): { httpProxy: string; httpsProxy: string } {
  return { httpProxy: proxyUrl(env, 'HTTP_PROXY'), httpsProxy: proxyUrl(env, 'HTTPS_PROXY') };
}

/** `proxy:3128` means `http://proxy:3128`, as in curl. */
function proxyUrl(env: TransportOptions['env'], name: string): string {
  const value = variable(env, name);
  const url = value === '' || value.includes('://') ? value : `http://${value}`;
  if (url !== '' && (!URL.canParse(url) || /%(?![\da-f]{2})/i.test(url))) {
    throw new HttpTrouble(
      'protocol',
      `${name} is not a URL: write it like http://proxy.example.com:3128, with special characters of a password percent-encoded.`,
    );
  }
  return url;
}

function secretsOf(proxy: string): string[] {
  if (proxy === '') return [];
  const { username, password } = new URL(proxy);
  return password === '' ? [] : [password, decodeURIComponent(password), `${username}:${password}`];
}
