import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { isCallback } from './authorize.ts';

/** Whether a redirect URI points at this machine, so that the run can listen there (RFC 8252 section 7.3). */
export function isLoopback(redirectUri: string): boolean {
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/**
 * Listens on a loopback redirect URI. What is no callback (another path, neither code nor error) is answered and
 * passed over.
 * @param take gets a callback; says what is wrong with it, for the page that the person then sees
 * @returns how to stop listening; or, as a text, why that is not possible
 */
export async function listenForCallback(
  redirectUri: string,
  take: (url: URL) => string | null,
): Promise<(() => void) | string> {
  const redirect = new URL(redirectUri);
  // Browsers open connections ahead of their requests, and hold them: nobody waits for those at the end.
  const unasked = new Set<Socket>();
  const answer: RequestListener = (request, response) => {
    // Its own end comes with the answer (`connection: close`).
    unasked.delete(request.socket);
    const target = request.url ?? '/';
    const url = URL.canParse(target, redirectUri) ? new URL(target, redirect) : null;
    const say = (status: number, text: string) => {
      response.writeHead(status, {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        connection: 'close',
      });
      response.end(`${text}\n`);
    };
    if (url?.pathname !== redirect.pathname) return say(404, 'There is nothing here.');
    if (!isCallback(url)) {
      return say(400, 'This address waits for the answer of the CRM. Log in there first.');
    }
    const problem = take(url);
    const end = 'You can close this page and go back to the terminal.';
    return say(200, problem === null ? `Signed in. ${end}` : `Not signed in: ${problem}. ${end}`);
  };
  const host = redirect.hostname.replace(/^\[|\]$/g, '');
  const port = Number(redirect.port || 80);
  // A browser takes `localhost` for either address, and does not always try the other.
  const addresses = host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
  const servers: Server[] = [];
  const stop = () => {
    for (const server of servers) server.close();
    for (const socket of unasked) socket.destroy();
  };
  for (const address of addresses) {
    const server = createServer(answer).on('connection', (socket) => {
      unasked.add(socket);
      socket.on('close', () => unasked.delete(socket));
    });
    const failure = await listen(server, port, address);
    // A machine without IPv6 has only one of them.
    if (failure !== null && servers.length > 0 && /EADDRNOTAVAIL|EAFNOSUPPORT/.test(failure)) continue;
    if (failure !== null) {
      stop();
      return `cannot listen on ${redirect.host} (${failure}): end what listens there, or register a redirect URI with another port`;
    }
    servers.push(server);
  }
  return stop;
}

function listen(server: Server, port: number, address: string): Promise<string | null> {
  return new Promise((resolve) => {
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen(port, address, () => resolve(null));
  });
}
