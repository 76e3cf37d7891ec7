import { createHash } from 'node:crypto';
import { HttpResponse, http } from 'msw';
import type { Door } from '../door.ts';
import { person } from './login.ts';

const client = {
  IMITATION_CLIENT_ID: 'client-of-an-imitation',
  IMITATION_CLIENT_SECRET: 'client-Secret-7531',
};

/** Registered for the client. */
const appConnect = 'https://apps.ringcentral.com/integration/ringcentral-embeddable/latest/redirect.html';

/** What one person has agreed to once, with the tokens that came of it. */
interface Grant {
  access: Set<string>;
  /** The one that can be spent. */
  refresh: string;
  spent: Set<string>;
}

/** Tokens that are opaque, and all different. */
function newToken(kind: string, number: number): string {
  return createHash('sha256').update(`${kind} ${number}`).digest('hex').slice(0, 40);
}

class Grants {
  readonly #grants = new Set<Grant>();
  #issued = 0;

  begin(): Record<string, unknown> {
    const grant: Grant = { access: new Set(), refresh: '', spent: new Set() };
    this.#grants.add(grant);
    return this.#issue(grant);
  }

  /** @returns null: refused */
  renew(token: string | null, { endsOldAccess }: { endsOldAccess: boolean }): Record<string, unknown> | null {
    for (const grant of this.#grants) {
      // A token that was spent before has been stolen from one of two: nobody keeps anything (RFC 9700 section 4.14.2).
      if (grant.spent.has(token ?? '')) this.#grants.delete(grant);
      else if (grant.refresh === token) {
        grant.spent.add(token);
        if (endsOldAccess) grant.access.clear();
        return this.#issue(grant);
      }
    }
    return null;
  }

  revoke(token: string): void {
    for (const grant of this.#grants) {
      if (grant.access.has(token) || grant.refresh === token) this.#grants.delete(grant);
    }
  }

  isAlive(token: string): boolean {
    return [...this.#grants].some(({ access }) => access.has(token));
  }

  #issue(grant: Grant): Record<string, unknown> {
    const access = newToken('access', ++this.#issued);
    grant.access.add(access);
    grant.refresh = newToken('refresh', this.#issued);
    return { access_token: access, refresh_token: grant.refresh, token_type: 'Bearer', expires_in: 3600 };
  }
}

function bearerIn({ headers }: Request): string {
  return headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
}

function look(grants: Grants): Door['look'] {
  return (request) => {
    const token = bearerIn(request);
    if (token === '') return 'missing';
    return grants.isAlive(token) ? 'good' : 'wrong';
  };
}

function refused(error: string, status = 400): Response {
  return HttpResponse.json({ error }, { status });
}

/** SuiteCRM: the password grant; a wrong password is a 500 that repeats it, and a refresh ends the old access token. */
export function passwordDoor(): Door {
  const grants = new Grants();
  return {
    secrets: { ...person, ...client },
    look: look(grants),
    routes: [
      http.post('*/api/token', async ({ request }) => {
        const sent = new URLSearchParams(await request.text());
        if (sent.get('client_secret') !== client.IMITATION_CLIENT_SECRET)
          return refused('invalid_client', 401);
        if (sent.get('grant_type') === 'refresh_token') {
          const tokens = grants.renew(sent.get('refresh_token'), { endsOldAccess: true });
          return tokens ? HttpResponse.json(tokens) : refused('invalid_request');
        }
        const { IMITATION_USER: name, IMITATION_PASSWORD: password } = person;
        if (sent.get('username') === name && sent.get('password') === password)
          return HttpResponse.json(grants.begin());
        const message = `User authentication failed: ${sent.get('username')} / ${sent.get('password')}`;
        return HttpResponse.json({ error: 'server_error', message }, { status: 500 });
      }),
      http.post('*/api/logout', ({ request }) => {
        if (!grants.isAlive(bearerIn(request))) return;
        grants.revoke(bearerIn(request));
        return HttpResponse.json({ meta: { message: 'You have been successfully logged out' } });
      }),
    ],
  };
}

/** A certified server: refresh tokens rotate, one that is spent twice ends the grant, and so does the revocation of either. */
export function rotatingDoor(): Door {
  const grants = new Grants();
  const codes = new Map<string, { redirectUri: string; challenge: string | null }>();
  return {
    secrets: client,
    look: look(grants),
    routes: [
      http.get('*/api/authorize', ({ request }) => {
        const sent = new URL(request.url).searchParams;
        const redirectUri = sent.get('redirect_uri') ?? '';
        if (redirectUri !== appConnect) return refused('invalid_redirect_uri');
        const code = newToken('code', codes.size);
        codes.set(code, { redirectUri, challenge: sent.get('code_challenge') });
        return redirect(redirectUri, { code, state: sent.get('state') ?? '' });
      }),
      http.post('*/api/token', async ({ request }) => {
        if (!isClient(request)) return refused('invalid_client', 401);
        const sent = new URLSearchParams(await request.text());
        if (sent.get('grant_type') === 'refresh_token') {
          const tokens = grants.renew(sent.get('refresh_token'), { endsOldAccess: false });
          return tokens ? HttpResponse.json(tokens) : refused('invalid_grant');
        }
        const code = codes.get(sent.get('code') ?? '');
        codes.delete(sent.get('code') ?? '');
        const proof = createHash('sha256')
          .update(sent.get('code_verifier') ?? '')
          .digest('base64url');
        const right =
          code?.redirectUri === sent.get('redirect_uri') &&
          (code?.challenge === null || code?.challenge === proof);
        return right ? HttpResponse.json(grants.begin()) : refused('invalid_grant');
      }),
      http.post('*/api/revoke', async ({ request }) => {
        if (!isClient(request)) return refused('invalid_client', 401);
        grants.revoke(new URLSearchParams(await request.text()).get('token') ?? '');
        return new HttpResponse(null, { status: 200 });
      }),
    ],
  };
}

/** A mock for tests of other people's programs: whatever comes is right. */
export function acceptingDoor(): Door {
  const grants = new Grants();
  return {
    secrets: client,
    look: () => 'good',
    routes: [
      http.get('*/api/authorize', ({ request }) => {
        const sent = new URL(request.url).searchParams;
        return redirect(sent.get('redirect_uri') ?? '', { code: 'code', state: sent.get('state') ?? '' });
      }),
      http.post('*/api/token', () => HttpResponse.json(grants.begin())),
      http.post('*/api/revoke', () => new HttpResponse(null, { status: 200 })),
    ],
  };
}

function redirect(uri: string, parameters: Record<string, string>): Response {
  return new HttpResponse(null, {
    status: 302,
    headers: { location: `${uri}?${new URLSearchParams(parameters)}` },
  });
}

function isClient({ headers }: Request): boolean {
  const { IMITATION_CLIENT_ID: id, IMITATION_CLIENT_SECRET: secret } = client;
  return headers.get('authorization') === `Basic ${btoa(`${id}:${secret}`)}`;
}
