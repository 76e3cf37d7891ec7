import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { afterEach } from 'vitest';
import { createRedaction } from '../../src/http/redaction.ts';
import { createTransport } from '../../src/http/transport.ts';
import type { SendOptions, Transport, TransportOptions } from '../../src/http/types.ts';
import type { Wait } from '../../src/http/wait.ts';

/** A request as the server got it. */
export interface Received {
  method: string;
  /** The request target, untouched. */
  target: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The client's port: the same for two requests of one connection. */
  port: number | undefined;
}

export type Answer = (request: Received, response: ServerResponse, count: number) => void;

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Answers on a free loopback port until the test is over. */
export async function serve(answer: Answer): Promise<{ url: string; port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Received = {
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
        port: request.socket.remotePort,
      };
      received.push(one);
      answer(one, response, received.length);
    });
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, port, received };
}

/** @returns the port; closed when the test is over */
export async function listen(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** A transport that is closed when the test is over. Its hosts are this machine's. */
export function transportWith(options: Partial<TransportOptions> = {}, wait?: Wait): Transport {
  const transport = createTransport(
    {
      timeoutMs: 5000,
      concurrency: 4,
      allowedHosts: ['127.0.0.1', 'localhost'],
      allowPlainHttp: false,
      redaction: createRedaction(),
      env: {},
      userAgent: 'crm-ready/test',
      ...options,
    },
    wait,
  );
  open.push(() => transport.close());
  return transport;
}

export const read: SendOptions = { intent: 'test', repeat: 'read' };
export const once: SendOptions = { intent: 'test', repeat: 'once' };

export const get = (url: string, headers: Record<string, string> = {}) => ({ method: 'GET', url, headers });
export const post = (url: string, body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  url,
  headers,
  body,
});

/** Waits nothing and notes how long it should have waited, in milliseconds. */
export function noWait(): { wait: Wait; waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
    },
  };
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it was not rejected');
    },
    (error: unknown) => error,
  );
}
