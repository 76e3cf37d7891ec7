import { createServer } from 'node:http';
import { type AuthorizationOutcome, authorizationUrl, callback } from './authorize.ts';
import type { OAuthClient } from './client.ts';
import type { Authorizer } from './grants.ts';

/** Whether a redirect URI points at this machine, so that the run can listen there (RFC 8252 section 7.3). */
export function isLoopback(redirectUri: string): boolean {
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/**
 * Lets a person log in: tells the authorization URL and listens on the loopback redirect URI for the callback.
 * @param announce shows the URL to the person
 * @param timeoutMs how long to wait for the login to be finished
 */
export function loopbackAuthorizer(
  client: OAuthClient,
  announce: (url: string) => void,
  timeoutMs: number,
): Authorizer {
  return async (options) => {
    const redirect = new URL(options.redirectUri ?? client.redirectUri);
    let resolve: (outcome: AuthorizationOutcome) => void = () => {};
    const promise = new Promise<AuthorizationOutcome>((done) => {
      resolve = done;
    });
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', redirect);
      if (url.pathname !== redirect.pathname) {
        response.writeHead(404).end();
        return;
      }
      const outcome = callback(url, 0, 0);
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      response.end(
        `${outcome.kind === 'code' ? 'Signed in' : 'Not signed in'}. You can close this page and go back to the terminal.\n`,
      );
      resolve(outcome);
    });
    server.on('error', (error) =>
      resolve({
        kind: 'trouble',
        code: 'protocol',
        message: `cannot listen on ${redirect.host} (${'code' in error ? error.code : error.message}): end what listens there, or put another port into \`redirectUri\` and into the CRM's settings`,
        exchange: null,
      }),
    );
    server.listen(Number(redirect.port || 80), redirect.hostname.replace(/^\[|\]$/g, ''), () =>
      announce(authorizationUrl(client, options)),
    );
    const timer = setTimeout(
      () =>
        resolve({
          kind: 'trouble',
          code: 'timeout',
          message: `the login was not finished within ${Math.round(timeoutMs / 1000)} s`,
          exchange: null,
        }),
      timeoutMs,
    );
    const outcome = await promise;
    clearTimeout(timer);
    server.close();
    return outcome;
  };
}
