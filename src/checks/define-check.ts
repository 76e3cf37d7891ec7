import type { OperationContext } from '../operation/step.ts';
import type { OperationName, Profile } from '../profile/types.ts';
import type { ItemId, Judgement, Level, Link } from '../report/types.ts';
import type { NeedName, Needs } from './needs.ts';

/** What a check may use to observe. */
export interface CheckContext {
  operations: OperationContext;
  profile: Profile;
  settings: CheckSettings;
  clock: Clock;
  /** Stands in every text that the run writes. */
  marker: string;
  /** What looks random in a run is the same for the same seed. */
  seed: string;
  /**
   * Asks until the answer is content, with growing pauses, at most for the profile's settle limit: what was written
   * may need a while until it is there. @returns the last answer, seconds waited, and how often was asked
   */
  settled<T>(
    ask: () => Promise<T>,
    content: (answer: T) => boolean,
  ): Promise<{ answer: T; seconds: number; asked: number }>;
}

/** What the person who started the run decided. */
interface CheckSettings {
  /** Seconds until a logout must have taken effect. */
  revokeWaitSeconds: number;
  /** Also revoke a credential that the user handed in. */
  revokeShared: boolean;
  /** A person logs in again wherever a requirement spends an authorization of its own. */
  authorizeAgain: boolean;
  readOnly: boolean;
  /** How much of the phone matrix is asked. */
  lookup: LookupDepth;
}

/** `essential`: the stored formats that are met most, in one country, with as few requests as tell. */
export type LookupDepth = 'full' | 'essential';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves early, and for good, when the run is cancelled. */
  sleep(ms: number): Promise<void>;
  readonly cancelled: boolean;
  /** Nothing more may be asked, so that there is nothing to wait for either. */
  readonly budgetSpent: boolean;
  /**
   * Lets the person who watches know what is being waited for, and until when at the latest (milliseconds since 1970).
   * @returns to be called when the waiting is over
   */
  waits?(what: string, until: number): () => void;
}

/**
 * How a requirement is judged, in words, for `crm-ready explain` and the pages of docs/checks: what is asked where the
 * title does not say it, and what each verdict means. A verdict that is not named here cannot come out, but for those
 * that every requirement knows (docs/checks.md begins with them).
 */
export interface JudgedTexts {
  asks?: string;
  pass?: string;
  warn?: string;
  fail?: string;
  inconclusive?: string;
  notDescribed?: string;
  notApplicable?: string;
}

/**
 * A requirement of the checklist. `observe` asks the CRM and returns facts (plain JSON data); `judge` is pure and
 * turns facts into a verdict, so that a saved report can be judged again. Neither prints, formats or knows another check.
 */
export interface CheckDefinition<F = unknown, N extends NeedName = NeedName> {
  id: string;
  item: ItemId;
  level: Level;
  /** What is required, as the end of "The CRM …". */
  title: string;
  /** Why App Connect needs it: one plain sentence. */
  why: string;
  remedy: { vendor: string; integrator: string };
  judged: JudgedTexts;
  links: readonly Link[];
  /** Facts that must be had before this can be observed; what cannot be had blocks the check, with its cause. */
  needs: readonly N[];
  /**
   * Operations of the profile without which this cannot be asked. One that the profile does not describe, or declares
   * as not supported, decides the requirement that it belongs to, and blocks the others.
   */
  operations?: readonly OperationName[];
  /** Speaks of something that this run itself wrote: with `--read-only` it is not measured. */
  writes?: boolean;
  /** Requests that `observe` makes by itself where all goes well, for the plan. Default 0. */
  requests?: number;
  /**
   * `last`: after everything else, clean-up included. `spoiling`: after the logout too, because it signs in once more or
   * provokes the authorization server, either of which may cost every other session.
   */
  phase?: 'last' | 'spoiling';
  /** Those of `needs` that must be there before the last phase begins. */
  before?: readonly N[];
  /** Whether the catalogue asks this of such a profile at all (`oauth.*` or `auth.alternative`). */
  asks?(profile: Profile): boolean;
  observe(context: CheckContext, have: Pick<Needs, N>): Promise<F>;
  judge(facts: F): Judgement;
}

/** Types a check by its facts and needs, then forgets them, so that checks of all kinds stand in one list. */
export function defineCheck<F, const N extends NeedName>(definition: CheckDefinition<F, N>): CheckDefinition {
  // The run hands `observe` exactly the needs that it names and `judge` exactly what `observe` returned.
  return definition as unknown as CheckDefinition;
}
