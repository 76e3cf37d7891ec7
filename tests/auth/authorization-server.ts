import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { OAuthClient } from '../../src/auth/oauth/client.ts';
import { createRedaction } from '../../src/http/redaction.ts';
import { type Received, serve, transportWith } from '../http/server.ts';

export interface AuthorizationServer {
  client: OAuthClient;
  transport: ReturnType<typeof transportWith>;
  received: Received[];
  url: string;
  /** The same server by its other name. */
  other: string;
}

/** What the server does in place of its usual step; undefined: the usual. */
export type Change = (step: string, request: Received, response: ServerResponse) => boolean | undefined;

const cookieOf = ({ headers }: Received, name: string) =>
  new RegExp(`(?:^|; )${name}=([^;]*)`).exec(headers.cookie ?? '')?.[1];

/**
 * An authorization server that gives consent by itself, as a browser with a session sees it: `/authorize` sets a cookie
 * for `/login` only, `/login` is on the server's other name and sets one for everything there, and `/consent` needs both
 * that and a cookie of `/authorize`. PKCE (RFC 7636) is kept; a code works once.
 */
export async function startAuthorizationServer(
  change: Change = () => undefined,
): Promise<AuthorizationServer> {
  const codes = new Map<string, { challenge: string | null; redirectUri: string }>();
  const pending = new Map<string, URLSearchParams>();
  let port = 0;
  const here = () => `http://127.0.0.1:${port}`;
  const there = () => `http://localhost:${port}`;

  const steps: Record<string, (request: Received, response: ServerResponse) => void> = {
    '/authorize': (request, response) => {
      const parameters = new URL(request.target, here()).searchParams;
      const id = String(pending.size + 1);
      pending.set(id, parameters);
      response.writeHead(302, {
        'set-cookie': [
          `flow=${id}; Path=/consent; HttpOnly; SameSite=Lax`,
          'lang=en; Path=/; Expires=Fri, 31 Dec 2049 23:59:59 GMT',
          'broken',
        ],
        location: `${there()}/login?flow=${id}`,
      });
      response.end();
    },
    '/login': (request, response) => {
      // The cookie of the other host must not have come along.
      const stray = cookieOf(request, 'flow') ?? cookieOf(request, 'lang');
      response.writeHead(303, {
        'set-cookie': `person=ada${stray ?? ''}; Path=/; Max-Age=60`,
        location: './session',
      });
      response.end();
    },
    '/session': (request, response) => {
      const person = cookieOf(request, 'person');
      response.writeHead(person === 'ada' ? 307 : 403, { location: `${here()}/consent` });
      response.end();
    },
    '/consent': (request, response) => {
      const parameters = pending.get(cookieOf(request, 'flow') ?? '');
      const redirectUri = parameters?.get('redirect_uri');
      if (!parameters || !redirectUri) {
        response.writeHead(400, { 'content-type': 'text/html' }).end('<h1>Your session is over</h1>');
        return;
      }
      const code = `Code-${codes.size + 1}-0123456789`;
      codes.set(code, { challenge: parameters.get('code_challenge'), redirectUri });
      const target = new URL(redirectUri);
      target.searchParams.set('code', code);
      target.searchParams.set('state', parameters.get('state') ?? '');
      target.searchParams.set('iss', here());
      response.writeHead(302, { location: target.href }).end();
    },
    '/token': ({ body }, response) => {
      const parameters = new URLSearchParams(body);
      const code = parameters.get('code') ?? '';
      const known = codes.get(code);
      codes.delete(code);
      const proof = createHash('sha256')
        .update(parameters.get('code_verifier') ?? '')
        .digest('base64url');
      const right =
        known?.redirectUri === parameters.get('redirect_uri') &&
        (known?.challenge === null || known?.challenge === proof);
      response.writeHead(right ? 200 : 400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          right
            ? { access_token: 'Access-0123456789', refresh_token: 'Refresh-0123456789', token_type: 'Bearer' }
            : { error: 'invalid_grant' },
        ),
      );
    },
  };

  const server = await serve((request, response) => {
    const step = request.target.split('?')[0] ?? '';
    if (change(step, request, response)) return;
    const usual = steps[step];
    if (usual) usual(request, response);
    else response.writeHead(404).end();
  });
  port = server.port;
  // `localhost` may be `::1` first: the names are told apart all the same.
  const transport = transportWith({ allowedHosts: [`127.0.0.1:${port}`], redaction: createRedaction() });
  return {
    transport,
    received: server.received,
    url: here(),
    other: there(),
    client: {
      authUrl: `${here()}/authorize`,
      tokenUrl: `${here()}/token`,
      redirectUri: 'https://apps.example.com/redirect.html',
      clientId: 'client 1',
      clientSecret: 'Secret-0123456789',
      clientAuth: 'basic',
      scope: 'calls contacts',
      state: 'platform=acme',
      discovers: [],
      tokenParams: {},
      username: null,
      password: null,
      refreshToken: null,
      accessToken: null,
      scheme: 'Bearer',
      login: null,
    },
  };
}
