/** The vocabulary of the transport. Every request of a run passes here and leaves an exchange behind. */

export interface HttpRequest {
  method: string;
  /** Absolute, as it goes over the wire: the transport does not re-encode it (a raw `+` stays a `+`). */
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface SendOptions {
  /** The URL stands in an answer, and not in the profile: only hosts that the profile names are asked. */
  urlFromAnswer?: boolean;
  /** What this request is for, in a word or two: `getUserInfo`, `token request`. */
  intent: string;
  /**
   * `read`: may be repeated, visibly, after 429 or 403 with Retry-After, 502, 503, 504 and broken connections.
   * `once`: never repeated, except after a 429, which says that nothing was done.
   */
  repeat: 'read' | 'once';
  /** A refusal is what is looked for: only a 429 is a rate limit. */
  expectsRefusal?: boolean;
  /** Headers whose values are credentials: sent only to allowed hosts, dropped when a redirect leaves the host. */
  credentialHeaders?: readonly string[];
  /**
   * Follow redirects (at most 5). `moved`: only those that say that the resource is elsewhere (301, 307, 308); a 302 is
   * how web applications send people to a login page. Default: false; a 3xx is an answer.
   * A function decides about a 302 or 303, beside `moved`. Of a request that changes something other than a POST only
   * one is followed by which the same record has moved.
   */
  followRedirects?: boolean | 'moved' | ((seeOther: HttpAnswer) => boolean);
  /** Once it is sent, only its own time-out ends it, and not `cancel` nor the end of clean-up: its answer must not be lost. */
  toTheEnd?: boolean;
  /**
   * Goes wherever the server sends a browser, to hosts that the profile does not name too: the hops of an authorization
   * request. What these URLs carry is meant for there; the run's own credentials are never in it.
   */
  asBrowser?: boolean;
  /** Called before the exchange is recorded: values of the answer that are secrets (a session token, say). */
  secretsIn?: (answer: {
    status: number;
    headers: Record<string, string>;
    text: string;
  }) => readonly string[];
  /** Called before the exchange is recorded: what the evidence may show of the answer's body. Gets parsed JSON or text, and the status. */
  withhold?: (body: unknown, status: number) => unknown;
}

export interface HttpAnswer {
  status: number;
  /** Lower-case names. Repeated headers are joined by ', ' (set-cookie by '\n'). */
  headers: Record<string, string>;
  text: string;
  /** Parsed when the text is JSON, whatever the content type says; undefined otherwise. */
  json: unknown;
  /** The URL that answered, after redirects. */
  url: string;
  /** Id of the recorded exchange. */
  exchange: number;
}

/** What was sent and what came back, redacted when it was recorded. */
export interface Exchange {
  /** From 1, in the order in which the requests were sent. */
  id: number;
  /** The requirement that asked, or null for what serves all (signing in, specimens, clean-up). */
  check: string | null;
  intent: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  request: { method: string; url: string; headers: Record<string, string>; body?: string };
  response?: {
    status: number;
    headers: Record<string, string>;
    /** Text as received, redacted; cut after 64 KiB. */
    body: string;
    /** Length of the whole body in characters, when `body` was cut. */
    cutFrom?: number;
  };
  error?: { code: TroubleCode; message: string };
  /** Milliseconds from the start of the request; null: not measured (a reused connection, no answer). */
  timing: { dnsMs: number | null; connectMs: number | null; firstByteMs: number | null; totalMs: number };
  /** 1, or more for a repeated read. */
  attempt: number;
  /** Length of the longest chain of requests that had to be answered before this one, itself included. */
  chain: number;
}

/** Why there is no answer to judge. All of these are trouble: never a pass, never a fail. */
export type TroubleCode =
  | 'timeout'
  | 'deadline'
  | 'cancelled'
  | 'dns'
  | 'connection-refused'
  | 'connection-lost'
  | 'tls'
  | 'too-large'
  | 'too-many-redirects'
  | 'request-budget'
  | 'plain-http'
  | 'host-not-named'
  | 'protocol';

export interface Transport {
  /** Sends a request and records the exchange. @throws {HttpTrouble} when no answer came, or none was asked for. */
  send(request: HttpRequest, options: SendOptions): Promise<HttpAnswer>;
  /** Everything recorded so far, in order. */
  readonly exchanges: readonly Exchange[];
  readonly redaction: Redaction;
  /** Whether all requests that the run may send are used up. */
  readonly budgetSpent: boolean;
  /**
   * Stop sending, for good: what is under way ends as `cancelled`, at once where it only reads, and after some seconds
   * where it changes something, but for what is sent `toTheEnd`. Clean-up alone goes on.
   */
  cancel(reason: 'cancelled' | 'deadline'): void;
  /** Neither `cancel` nor the budget stops what `work` sends, within `seconds`. */
  cleanUp<T>(seconds: number, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Knows every secret of the run; what it has not seen yet it knows by name (authorization, cookie, password …). */
export interface Redaction {
  /** Remember a secret value: it and its encoded forms are replaced wherever they turn up from now on. */
  add(value: string): void;
  /** Whether a secret that was added stands in the text, in any of its forms. */
  has(text: string): boolean;
  text(text: string): string;
  /** A copy with every string redacted, and values under telling names replaced. */
  json<T>(value: T): T;
}

/** A proxy that the environment names. Its URL may hold a password. */
export interface NamedProxy {
  variable: 'HTTP_PROXY' | 'HTTPS_PROXY';
  url: URL;
}

/** A certificate of this side and its key, both PEM; the key is open. */
export interface ClientCertificate {
  cert: string;
  key: string;
}

/** What a run may use up, and how it goes out. */
export interface TransportOptions {
  /** Per request. */
  timeoutMs: number;
  concurrency: number;
  requestsPerSecond?: number;
  maxRequests?: number;
  /** Where `maxRequests` is said, for messages. */
  maxRequestsIn?: '`--max-requests`' | '`limits.maxRequests` in the profile';
  /** Bytes of one answer. Default 16 MiB. */
  maxBytes?: number;
  /** Hosts (`name:port` or `*.name`) that may see a credential. */
  allowedHosts: readonly string[];
  /** Let plain http leave this machine. */
  allowPlainHttp: boolean;
  /** Shown to those hosts alone, where they demand one. */
  clientCertificate?: ClientCertificate;
  redaction: Redaction;
  /** Environment for HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE … */
  env: Record<string, string | undefined>;
  userAgent: string;
}
