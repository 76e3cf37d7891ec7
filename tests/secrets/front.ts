import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

/** A request as it arrived. */
export interface Seen {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface FrontOptions {
  /** Whether a request carries the right credential. Default: always. */
  accepts?: (seen: Seen) => boolean;
  /** Answers in place of the CRM behind; undefined: the CRM behind answers. `raw` is for what HTTP does not allow. */
  reply?: (
    seen: Seen,
    raw: { request: IncomingMessage; response: ServerResponse },
  ) => Reply | 'done' | undefined;
  /** Changes what the CRM behind answered. */
  change?: (seen: Seen, honest: Required<Reply>) => Reply;
  faults?: string[];
}

export interface Front {
  port: number;
  /** `http://127.0.0.1:<port>` */
  url: string;
  seen: Seen[];
  sandbox: Sandbox;
  close(): Promise<void>;
}

/** The reference CRM behind a server that takes any kind of credential and may answer whatever a test wants. */
export async function startFront(options: FrontOptions = {}): Promise<Front> {
  const sandbox = await startSandbox({ faults: options.faults ?? [] });
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    // The CRM behind may be gone, or the one who asked: then nobody gets an answer, and the test sees that.
    serve(request, response).catch(() => response.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const one = await read(request);
    seen.push(one);
    const own = options.reply?.(one, { request, response });
    if (own === 'done') return;
    const reply = own ?? (await behind(one));
    if (response.destroyed) return;
    response.writeHead(reply.status ?? 200, reply.headers ?? {}).end(reply.body ?? '');
  }

  async function behind(one: Seen): Promise<Reply> {
    const known = options.accepts?.(one) ?? true;
    const response = await fetch(`${sandbox.url}${one.url}`, {
      method: one.method,
      headers: {
        'content-type': one.headers['content-type'] ?? 'application/json',
        ...(known && { authorization: `Bearer ${sandbox.credentials.apiKey}` }),
      },
      redirect: 'manual',
      ...(one.method !== 'GET' && one.body !== '' && { body: one.body }),
    });
    const honest = {
      status: response.status,
      headers: { 'content-type': response.headers.get('content-type') ?? 'application/json' },
      body: await response.text(),
    };
    return options.change?.(one, honest) ?? honest;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    seen,
    sandbox,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sandbox.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

export function json(body: unknown, status = 200): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function html(body: string, status = 200): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
