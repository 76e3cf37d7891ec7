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
  /** This session, or the one that takes its place when its token is about to expire. */
  fresh(wanted?: Wanted): Promise<Session>;
  /** The same session, never renewed: to see a token die. */
  pinned(): Session;
}

/** What is wanted of a session. */
interface Wanted {
  /** The life that it should have left, where a renewal can give that: milliseconds. */
  leftMs?: number;
  /** Does not wait until a renewal that has failed may be asked for again. */
  atOnce?: boolean;
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
  /** Obtains the credential that takes this one's place. Absent: it lasts, or nothing renews it. */
  renew?: () => Promise<Renewed<Credential>>;
}

/** What came of a renewal. */
export type Renewed<T> = { kind: 'renewed'; value: T } | NotRenewed;

export interface NotRenewed {
  kind: 'not renewed';
  reason: string;
  /** Whether it may be asked for again. `now`: nothing was sent, so that nobody is pressed. */
  again: 'never' | 'later' | 'now';
}

/** What a session signs with beside its own credential: `client`, and the profile's further credentials. */
export interface NamedSessions {
  /** null: no such credential. */
  signerOf(which: string): ((request: HttpRequest, state: SessionState) => SignedRequest) | null;
  /** See `Signer.ended`. */
  endedOf(which: string): string | null;
  /** Renews those whose token is about to expire. */
  renew(wanted: Wanted): Promise<void>;
}

const noNames: NamedSessions = { signerOf: () => null, endedOf: () => null, renew: async () => {} };

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
  const deadAt = deathTime(credential.tokens);
  const successor = renewing(credential, (next) => createSession(next, redaction, named));
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
    ended(which) {
      if (which === 'none' || which === 'client') return null;
      if (which !== undefined) return named.endedOf(which);
      if (state !== 'good' || Date.now() < deadAt) return null;
      const why = successor.failure();
      return why === null ? 'the token has expired' : `the token expired and could not be renewed: ${why}`;
    },
    beside: (other) => createSession(other, redaction, named),
    as: (next) => createSession(credential, redaction, named, next),
    async fresh({ leftMs = 0, atOnce = false } = {}) {
      await named.renew({ atOnce });
      const due = expiresAt === null ? renewAt : Math.min(renewAt, expiresAt - leftMs);
      if (state !== 'good' || Date.now() < due) return session;
      const next = await successor.had(atOnce);
      return next ? next.fresh({ atOnce }) : session;
    },
    // Its own token only: a further credential that expires meanwhile would look like the logout's work.
    pinned: () => ({
      ...session,
      // Whoever looks at it minds its age, and must see the refusal.
      ended: (which) => (which === undefined ? null : session.ended(which)),
      async fresh() {
        await named.renew({});
        return session.pinned();
      },
    }),
  };
  return session;
}

/** What takes the place of a session. */
interface Successor {
  /** @returns null: there is none for now */
  had(atOnce: boolean): Promise<Session | null>;
  /** Why there is none; null: there is one, or nobody has asked. */
  failure(): string | null;
}

/** Milliseconds until a renewal that failed is asked for again, at first and at most: nobody is pressed who is in trouble. */
const pauses = { first: 1000, longest: 16_000 };

/** Renews a credential once, for everybody who needs it: a rotating refresh token works once. Trouble may pass. */
function renewing({ renew }: Credential, sessionOf: (next: Credential) => Session): Successor {
  let under: Promise<Session | null> | undefined;
  let failed: NotRenewed | null = null;
  let again = 0;
  let pause = pauses.first;
  const ask = async (): Promise<Session | null> => {
    const next = await renew?.();
    if (next?.kind === 'renewed') {
      failed = null;
      return sessionOf(next.value);
    }
    failed = next ?? null;
    if (next?.again === 'later') {
      again = Date.now() + pause;
      pause = Math.min(2 * pause, pauses.longest);
    }
    under = undefined;
    return null;
  };
  return {
    failure: () => failed?.reason ?? null,
    async had(atOnce) {
      if (!renew || failed?.again === 'never') return null;
      if (!under && !atOnce && Date.now() < again) return null;
      under ??= ask();
      return under;
    },
  };
}

/** A token that is renewed more often than this, in milliseconds, would be renewed for ever. */
const shortestLife = 500;
/** Milliseconds by which the CRM may have begun to count before us. */
const headStart = 2000;

function expiryTime(tokens: Tokens | null): number | null {
  return tokens?.expiresIn ? Date.now() + tokens.expiresIn * 1000 : null;
}

/** A quarter of a minute before the token expires; earlier in the life of a very short one. Never, where none is said. */
function renewalTime(tokens: Tokens | null): number {
  if (!tokens?.expiresIn || tokens.expiresIn < 0) return Number.POSITIVE_INFINITY;
  const life = (tokens.expiresIn - Math.min(15, tokens.expiresIn / 4)) * 1000;
  return Date.now() + Math.max(shortestLife, life);
}

/** When a refusal says nothing any more but that the token is old; never, where nobody said how long it lives. */
function deathTime(tokens: Tokens | null): number {
  if (!tokens?.expiresIn || tokens.expiresIn < 0) return Number.POSITIVE_INFINITY;
  const life = tokens.expiresIn * 1000;
  return Date.now() + Math.max(shortestLife, life - Math.min(headStart, life / 4));
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
