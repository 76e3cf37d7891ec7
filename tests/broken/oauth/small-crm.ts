import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const client = { id: 'small-crm', secret: 'Small-Secret-0123456789' };
export const redirectUri =
  'https://apps.ringcentral.com/integration/ringcentral-embeddable/latest/redirect.html';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** The form; a JSON body's fields. */
  form: URLSearchParams;
}

/** A text goes out as it is, anything else as JSON. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

interface Grant {
  access: Set<string>;
  refresh: Set<string>;
}

/** How a CRM differs from the one that behaves well. */
export interface Habits {
  /** In place of the whole answer; undefined: the usual. */
  instead?: (asked: Asked, crm: SmallCrm) => Reply | undefined;
  /** A successful answer of the token endpoint, changed. */
  token?: (reply: Reply & { body: Record<string, unknown> }, asked: Asked) => Reply;
  /** A refusal of the token endpoint, changed. */
  refusal?: (reply: Reply, asked: Asked) => Reply;
  /** What the answer to the authorization request leads to, changed. */
  redirect?: (location: URL, asked: Asked) => Reply | undefined;
  /** Seconds until a revocation takes effect. */
  revocationTakes?: number;
  /** A new sign-in ends the older ones. */
  oneSession?: boolean;
  /** Each refresh gives another refresh token. `reusable`: the old one works on. */
  rotates?: 'strict' | 'reusable';
  /** The token endpoint looks for the client in the body only. */
  secretInBody?: boolean;
}

/** A CRM of one user, with an authorization server of its own, in memory. */
export class SmallCrm {
  readonly grants: Grant[] = [];
  readonly #codes = new Map<string, { challenge: string | null; redirectUri: string }>();
  readonly #habits: Habits;

  constructor(habits: Habits) {
    this.#habits = habits;
  }

  answer(asked: Asked): Reply {
    const own = this.#habits.instead?.(asked, this);
    if (own) return own;
    switch (`${asked.method} ${asked.path}`) {
      case 'GET /oauth/authorize':
        return this.#authorize(asked);
      case 'POST /oauth/token':
        return this.#token(asked);
      case 'POST /oauth/revoke':
        return isClient(asked, false) ? this.revoke(asked.form.get('token') ?? '') : unknownClient;
      case 'GET /api/me':
        return this.isAlive(bearer(asked))
          ? { status: 200, body: { id: '7', name: 'Rowan Okafor' } }
          : { status: 401, body: { error: 'invalid_token' } };
      case 'GET /api/contacts':
        return { status: this.isAlive(bearer(asked)) ? 200 : 401, body: { contacts: [] } };
      default:
        return { status: 404, body: { error: 'not_found' } };
    }
  }

  isAlive(token: string): boolean {
    return this.grants.some(({ access }) => access.has(token));
  }

  /** RFC 7009: the whole grant of either token; 200 for one that is not known. */
  revoke(token: string): Reply {
    this.end(({ access, refresh }) => access.has(token) || refresh.has(token));
    return { status: 200 };
  }

  end(which: (grant: Grant) => boolean): void {
    const end = () => {
      for (const grant of this.grants.filter(which)) {
        grant.access.clear();
        grant.refresh.clear();
      }
    };
    const { revocationTakes } = this.#habits;
    if (revocationTakes === undefined) end();
    else setTimeout(end, revocationTakes * 1000).unref();
  }

  /** A new session, as the token endpoint answers it. */
  signIn(): Record<string, unknown> {
    if (this.#habits.oneSession) this.end(() => true);
    const grant = { access: new Set<string>(), refresh: new Set<string>() };
    this.grants.push(grant);
    return this.#issue(grant, true);
  }

  #issue(grant: Grant, withRefresh: boolean): Record<string, unknown> {
    const access = `A-${randomBytes(16).toString('hex')}`;
    grant.access.add(access);
    const refresh = `R-${randomBytes(16).toString('hex')}`;
    if (withRefresh) grant.refresh.add(refresh);
    return {
      access_token: access,
      token_type: 'Bearer',
      expires_in: 3600,
      ...(withRefresh && { refresh_token: refresh }),
    };
  }

  #authorize(asked: Asked): Reply {
    const { query } = asked;
    const target = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== client.id || target !== redirectUri) {
      return { status: 400, headers: { 'content-type': 'text/html' }, body: '<h1>Invalid request</h1>' };
    }
    const code = `C-${randomBytes(16).toString('hex')}`;
    this.#codes.set(code, { challenge: query.get('code_challenge'), redirectUri: target });
    const location = new URL(target);
    location.searchParams.set('code', code);
    location.searchParams.set('state', query.get('state') ?? '');
    return this.#habits.redirect?.(location, asked) ?? { status: 302, headers: { location: location.href } };
  }

  #token(asked: Asked): Reply {
    const granted = this.#isClient(asked) ? this.#granted(asked.form) : null;
    if (granted) {
      const reply = { status: 200, body: granted };
      return this.#habits.token?.(reply, asked) ?? reply;
    }
    const refusal = this.#isClient(asked) ? { status: 400, body: { error: 'invalid_grant' } } : unknownClient;
    return this.#habits.refusal?.(refusal, asked) ?? refusal;
  }

  #granted(form: URLSearchParams): Record<string, unknown> | null {
    switch (form.get('grant_type')) {
      case 'authorization_code': {
        const known = this.#codes.get(form.get('code') ?? '');
        this.#codes.delete(form.get('code') ?? '');
        const proof = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        const right =
          known?.redirectUri === form.get('redirect_uri') &&
          (known.challenge === null || known.challenge === proof);
        return right ? this.signIn() : null;
      }
      case 'refresh_token': {
        const { rotates } = this.#habits;
        const token = form.get('refresh_token') ?? '';
        const grant = this.grants.find(({ refresh }) => refresh.has(token));
        if (grant && rotates === 'strict') grant.refresh.delete(token);
        return grant ? this.#issue(grant, rotates !== undefined) : null;
      }
      case 'client_credentials':
      case 'password':
        return this.signIn();
      default:
        return null;
    }
  }

  #isClient(asked: Asked): boolean {
    return isClient(asked, this.#habits.secretInBody ?? false);
  }
}

function isClient({ headers, form }: Asked, onlyInBody: boolean): boolean {
  const [id, secret] = basicOf(headers.authorization);
  const inBody = form.get('client_id') === client.id && form.get('client_secret') === client.secret;
  return inBody || (!onlyInBody && id === client.id && secret === client.secret);
}

export const unknownClient: Reply = { status: 401, body: { error: 'invalid_client' } };

export function bearer({ headers }: Pick<Asked, 'headers'>): string {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
}

export function basicOf(authorization = ''): string[] {
  const encoded = /^Basic (.+)$/.exec(authorization)?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString('utf8').split(':');
}

/** Serves it on a free port of this machine. */
export async function startSmallCrm(
  habits: Habits = {},
): Promise<{ url: string; crm: SmallCrm; asked: Asked[]; close(): Promise<void> }> {
  const crm = new SmallCrm(habits);
  const all: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = read(request, Buffer.concat(chunks).toString('utf8'));
    all.push(one);
    send(response, crm.answer(one));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    crm,
    asked: all,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function read({ method = '', url = '/', headers }: IncomingMessage, text: string): Asked {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, string>) : null;
  return { method, path: pathname, query: searchParams, headers, form: new URLSearchParams(json ?? text) };
}

function send(response: ServerResponse, { status, headers = {}, body }: Reply): void {
  const json = body !== undefined && typeof body !== 'string';
  response.writeHead(status, { ...(json && { 'content-type': 'application/json' }), ...headers });
  response.end(json ? JSON.stringify(body) : body);
}
