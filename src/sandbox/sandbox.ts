import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createApi } from './api.ts';
import { createAuthorizationServer } from './authorization-server.ts';
import { chooseFaults } from './faults.ts';
import { sendAnswer } from './http.ts';
import { type Activity, type Contact, createStore, type Message } from './store.ts';

export interface SandboxOptions {
  /** 0, and the default: any free port. */
  port?: number;
  /** Names from the table of faults. */
  faults?: readonly string[];
  /** Milliseconds to wait before each answer. Default 0. */
  latencyMs?: number;
  host?: '127.0.0.1';
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`, without a slash at the end. The API is under `/api`, OAuth under `/oauth`. */
  url: string;
  port: number;
  /** New for each start. Letters and digits only. */
  credentials: { clientId: string; clientSecret: string; apiKey: string };
  /** Every request so far, as it arrived. `path` has no query; `at` is milliseconds since 1970. */
  requests: { method: string; path: string; at: number }[];
  /** A copy of the records that the CRM holds now, the strangers among them. */
  state(): { contacts: Contact[]; activities: Activity[]; messages: Message[] };
  /** Ends everything at once, requests under way included. */
  close(): Promise<void>;
}

/**
 * Starts the reference CRM: a small CRM in memory that can all that App Connect asks for, and behaves well but
 * for the faults that were chosen. Listens on the loopback interface only.
 * @throws {UnknownFaultError} for a fault that is not in the table
 * @throws {Error} when the port is taken
 */
export async function startSandbox({
  port = 0,
  faults = [],
  latencyMs = 0,
  host = '127.0.0.1',
}: SandboxOptions = {}): Promise<Sandbox> {
  const fault = chooseFaults(faults);
  const store = createStore();
  const credentials = {
    clientId: 'crm-ready-demo',
    clientSecret: randomBytes(24).toString('hex'),
    apiKey: `key${randomBytes(20).toString('hex')}`,
  };
  const requests: Sandbox['requests'] = [];
  const closing = new AbortController();

  const server = createServer();
  await listen(server, port, host);
  const { port: actualPort } = server.address() as AddressInfo;
  const url = `http://${host}:${actualPort}`;
  const oauth = createAuthorizationServer(`${url}/oauth`, credentials, fault);
  const api = createApi(store, credentials.apiKey, oauth.isLiveToken, fault);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '/';
    const address = URL.canParse(target, url) ? new URL(target, url) : new URL(url);
    const { pathname } = address;
    requests.push({ method: request.method ?? '', path: pathname, at: Date.now() });
    if (latencyMs > 0) await delay(latencyMs, undefined, { signal: closing.signal });
    if (pathname.startsWith('/api/')) return api(request, response, address);
    if (pathname.startsWith('/oauth/')) return oauth.handle(request, response, address);
    // RFC 8414 section 3.1: the well-known part stands before the path of the issuer.
    if (pathname === '/.well-known/oauth-authorization-server/oauth') {
      return oauth.handle(request, response, new URL('/oauth/.well-known/openid-configuration', url));
    }
    sendAnswer(response, otherPage(pathname));
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (closing.signal.aborted || response.headersSent) return response.destroy();
      const message = error instanceof Error ? error.message : String(error);
      return sendAnswer(response, { status: 500, body: { error: 'internal_error', message } });
    });
  });

  return {
    url,
    port: actualPort,
    credentials,
    requests,
    state: () =>
      structuredClone({
        contacts: [...store.contacts.values()],
        activities: [...store.activities.values()],
        messages: [...store.messages.values()],
      }),
    close: () => {
      closing.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} of ${host} is taken. Choose another, or 0 for any.`) : error);
    });
    server.listen(port, host, resolve);
  });
}

function otherPage(path: string): { status: number; body: unknown; headers?: Record<string, string> } {
  if (path !== '/login') {
    return {
      status: 404,
      body: { error: 'not_found', message: 'The API is under /api, OAuth under /oauth.' },
    };
  }
  return {
    status: 200,
    body: '<!doctype html><title>Reference CRM</title><p>Sign in</p>',
    headers: { 'content-type': 'text/html; charset=utf-8' },
  };
}
