import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getResponse, type RequestHandler } from 'msw';

export interface BrokenServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves msw handlers on a real port of this machine: the product's transport is undici, which msw does not intercept,
 * and real HTTP is what is to be tested.
 */
export async function serve(handlers: RequestHandler[]): Promise<BrokenServer> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = incoming.method === 'GET' || incoming.method === 'HEAD' ? null : Buffer.concat(chunks);
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const request = new Request(`http://127.0.0.1${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers,
      body,
    });
    const response = (await getResponse(handlers, request)) ?? new Response(null, { status: 404 });
    outgoing.writeHead(response.status, [...response.headers].flat());
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
