import type { HttpRequest, TroubleCode } from '../http/types.ts';

/** A request with its credential on it, and which of its headers are that credential. */
export interface SignedRequest {
  request: HttpRequest;
  credentialHeaders: readonly string[];
}

/** What App Connect's own renderer needs to know of the signed-in user (bare proxyConfig only). */
export interface ProxyIdentity {
  apiKey?: string;
  /** OAuth; or the key that took the place of the typed one (`overridingApiKeyPath`). */
  accessToken?: string;
  refreshToken?: string;
  secretKey?: string;
  hostname?: string;
  /** OAuth: App Connect prepares a Bearer header by itself. */
  authType: 'apiKey' | 'oauth';
}

/** A credential, ready for use: it signs requests and gives templates their `auth`, `user` and `secrets`. */
export interface Signer {
  /** @param which `none`, `client`, a key of the profile's `credentials`; absent: the profile's main credential. */
  sign(request: HttpRequest, which?: string): SignedRequest;
  /** Why the CRM can only refuse it, which is then no answer to anything: its token has expired. null: it can be good. */
  ended(which?: string): string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly proxy: ProxyIdentity;
}

/** What expressions of a profile look at. */
export interface AnswerView {
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON or XML; the text itself otherwise. */
  body: unknown;
  captures: Record<string, unknown>;
}

export interface OperationAnswer extends AnswerView {
  exchange: number;
  /** A number that the success predicate, not the status, unmasked: 200 with an error inside. */
  unmasked: boolean;
  /** A success that speaks of an error: what it says, in a line, redacted. For where the mapping finds nothing in it. */
  said?: string;
}

/** What came of asking. Only `ok` carries a value; only `refused` is the CRM's own no. */
export type Outcome<T> =
  | { kind: 'ok'; value: T; answer: OperationAnswer }
  | {
      kind: 'refused';
      status: number;
      /** One line of what the CRM said, redacted. */
      message: string;
      answer: OperationAnswer;
      /** Requests of the same operation that went through before: what they did is done. */
      after?: number;
    }
  /** 2xx, but the mapping finds nothing where the answer should have it. */
  | { kind: 'unreadable'; reason: string; answer: OperationAnswer }
  /** No answer, a 429, a 5xx, or a credential that had expired: nothing can be concluded. */
  | {
      kind: 'trouble';
      code: TroubleCode | 'status' | 'expired';
      status: number | null;
      message: string;
      /** null: nothing was sent. */
      exchange: number | null;
      /** See `refused`. */
      after?: number;
    }
  | { kind: 'not-described'; operation: string; key: string }
  | { kind: 'not-supported'; operation: string; reason: string };

/** A credential that had expired was refused, and nothing was done. */
export function isRefusedAsExpired(outcome: Outcome<unknown>): boolean {
  if (outcome.kind !== 'trouble' || outcome.code !== 'expired' || outcome.after) return false;
  return outcome.status === 401 || outcome.status === 403;
}

/** `T` exchanged, everything else kept. */
export function mapOutcome<T, U>(
  outcome: Outcome<T>,
  change: (value: T, answer: OperationAnswer) => U,
): Outcome<U> {
  return outcome.kind === 'ok' ? { ...outcome, value: change(outcome.value, outcome.answer) } : outcome;
}

/** The answer behind an outcome, where there is one. */
export function answerOf(outcome: Outcome<unknown>): OperationAnswer | null {
  return 'answer' in outcome ? outcome.answer : null;
}

/** One record of a list that an operation found, by the profile's item mapping (`idPath` gives `id`). */
export type MappedItem = Record<string, unknown> & {
  raw: unknown;
  /** Why there is no id or no name that could be used, where that is so. */
  gaps?: { id?: MappingGap; name?: MappingGap };
};

/** A mapping that gave nothing of use. */
export interface MappingGap {
  /** Where it stands in the profile, and what stands in the answer in its place. */
  why: string;
  misplaced: Misplaced | null;
}

/** What a mapping did not find stands elsewhere in the answer, under a key of the very name that its path ends in. */
export interface Misplaced {
  /** Of the profile: `operations.createContact.responseMapping.idPath`. */
  key: string;
  /** What it ought to say, perhaps: `body.id`. */
  path: string;
}
