import type { HttpRequest, Redaction } from '../http/types.ts';
import type { ProxyIdentity, SignedRequest, Signer } from '../operation/types.ts';

/** `tampered`: the same shape, a wrong value. `absent`: no credential at all. */
export type SessionState = 'good' | 'tampered' | 'absent';

/** A credential in use. Immutable: a refreshed session is another session. */
export interface Session extends Signer {
  readonly state: SessionState;
  /** Whether this run obtained it (a login, a grant) or the user handed it in. */
  readonly obtained: boolean;
  readonly tokens: Tokens | null;
  /** When its token dies by itself, in milliseconds since 1970; null: nobody said. */
  readonly expiresAt: number | null;
  /** The same session with a credential that no CRM should accept, or with none. */
  as(state: 'tampered' | 'absent'): Session;
  /** A session for another credential, with the same further credentials. */
  beside(credential: Credential): Session;
  /**
   * This session, or the one that takes its place when its token is about to expire.
   * @param leftMs the life that is wanted of it, where a renewal can give that: milliseconds
   */
  fresh(leftMs?: number): Promise<Session>;
  /** The same session, never renewed: to see a token die. */
  pinned(): Session;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string | null;
  /** Seconds, as the token endpoint said; null when it did not. */
  expiresIn: number | null;
  /** What the token response told of the tenant. */
  discovered?: Record<string, string>;
}

/** The parts of a session that depend on the kind of credential. */
export interface Credential {
  /** Values in place of the credential's secrets: what is sent is computed from these. */
  values: Record<string, string>;
  /** Headers and query parameters that carry the credential. */
  carry(values: Record<string, string>): { headers: Record<string, string>; query: Record<string, string> };
  /** What templates read. */
  variables(values: Record<string, string>): Record<string, unknown>;
  proxy(values: Record<string, string>): ProxyIdentity;
  obtained: boolean;
  tokens: Tokens | null;
  /** Obtains the credential that takes this one's place; null when that fails. Absent: it lasts. */
  renew?: () => Promise<Credential | null>;
}

/** What a session signs with beside its own credential: `client`, and the profile's further credentials. */
export interface NamedSessions {
  /** null: no such credential. */
  signerOf(which: string): ((request: HttpRequest, state: SessionState) => SignedRequest) | null;
  /** Renews those whose token is about to expire. */
  renew(): Promise<void>;
}

const noNames: NamedSessions = { signerOf: () => null, renew: async () => {} };

/** A session from a credential. */
export function createSession(
  credential: Credential,
  redaction: Redaction,
  named: NamedSessions = noNames,
  state: SessionState = 'good',
): Session {
  const values = valuesIn(state, credential.values);
  const carried = state === 'absent' ? { headers: {}, query: {} } : credential.carry(values);
  for (const secret of [
    ...Object.values(values),
    ...Object.values(carried.headers),
    ...Object.values(carried.query),
  ]) {
    redaction.add(secret);
  }
  const expiresAt = expiryTime(credential.tokens);
  const renewAt = renewalTime(credential.tokens);
  let successor: Promise<Session> | undefined;
  const session: Session = {
    state,
    obtained: credential.obtained,
    tokens: credential.tokens,
    expiresAt,
    variables: credential.variables(values),
    proxy: credential.proxy(values),
    sign(request, which) {
      if (which === 'none') return { request, credentialHeaders: [] };
      if (which === undefined) return carry(request, carried);
      return named.signerOf(which)?.(request, state) ?? { request, credentialHeaders: [] };
    },
    beside: (other) => createSession(other, redaction, named),
    as: (next) => createSession(credential, redaction, named, next),
    async fresh(leftMs = 0) {
      const { renew } = credential;
      await named.renew();
      const due = expiresAt === null ? renewAt : Math.min(renewAt, expiresAt - leftMs);
      if (state !== 'good' || !renew || Date.now() < due) return session;
      // Everybody who needs it waits for the same renewal: a rotating refresh token works once.
      successor ??= renew().then((next) => (next ? createSession(next, redaction, named) : session));
      const next = await successor;
      return next === session ? session : next.fresh();
    },
    // Its own token only: a further credential that expires meanwhile would look like the logout's work.
    pinned: () => ({
      ...session,
      async fresh() {
        await named.renew();
        return session.pinned();
      },
    }),
  };
  return session;
}

/** A token that is renewed more often than this, in milliseconds, would be renewed for ever. */
const shortestLife = 500;

function expiryTime(tokens: Tokens | null): number | null {
  return tokens?.expiresIn ? Date.now() + tokens.expiresIn * 1000 : null;
}

/** A quarter of a minute before the token expires; earlier in the life of a very short one. Never, where none is said. */
function renewalTime(tokens: Tokens | null): number {
  if (!tokens?.expiresIn || tokens.expiresIn < 0) return Number.POSITIVE_INFINITY;
  const life = (tokens.expiresIn - Math.min(15, tokens.expiresIn / 4)) * 1000;
  return Date.now() + Math.max(shortestLife, life);
}

function valuesIn(state: SessionState, values: Record<string, string>): Record<string, string> {
  if (state === 'good') return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, state === 'tampered' ? tamper(value) : '']),
  );
}

/** Puts headers and query parameters on a request. A header that the operation sets itself is kept. */
export function carry(
  request: HttpRequest,
  { headers, query }: { headers: Record<string, string>; query: Record<string, string> },
): SignedRequest {
  const own = Object.fromEntries(
    Object.entries(headers).filter(([name]) => request.headers[name] === undefined),
  );
  const parameters = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const url =
    parameters === '' ? request.url : `${request.url}${request.url.includes('?') ? '&' : '?'}${parameters}`;
  return {
    request: { ...request, url, headers: { ...request.headers, ...own } },
    credentialHeaders: Object.keys(headers),
  };
}

/**
 * A value of the same length and alphabet that is wrong: six characters in the middle are exchanged.
 * The middle, because the last character of a base64 text may carry bits that nobody reads.
 */
export function tamper(value: string): string {
  const from = Math.max(0, Math.floor(value.length / 2) - 3);
  const changed = [...value]
    .map((char, index) => (index >= from && index < from + 6 ? exchange(char) : char))
    .join('');
  // Nothing there to exchange (`------`, another script): a wrong credential must not be the right one.
  return changed === value && value !== ''
    ? `${value.slice(0, -1)}x${value.endsWith('x') ? 'y' : ''}`
    : changed;
}

function exchange(char: string): string {
  if (/[0-9]/.test(char)) return String((Number(char) + 5) % 10);
  if (/[a-z]/.test(char)) return String.fromCharCode(((char.charCodeAt(0) - 97 + 13) % 26) + 97);
  if (/[A-Z]/.test(char)) return String.fromCharCode(((char.charCodeAt(0) - 65 + 13) % 26) + 65);
  return char;
}

/** `Basic` credentials, not URL-encoded first: that is how App Connect sends them. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
