/** The report as data: one JSON document with a published schema (`schema/report.schema.json`) and a version. */

import type { Exchange } from '../http/types.ts';

export const SCHEMA_VERSION = 1;

export const itemIds = [
  'oauth',
  'logout',
  'activity',
  'phone-lookup',
  'contact-create',
  'current-user',
  'beyond',
] as const;
export type ItemId = (typeof itemIds)[number];

export type Level = 'must' | 'should' | 'info';

export type Verdict =
  | 'pass'
  | 'warn'
  | 'fail'
  | 'blocked'
  | 'not-described'
  | 'inconclusive'
  | 'not-applicable'
  | 'waived';

export const featureIds = [
  'connect',
  'call-pop',
  'log-calls',
  'log-messages',
  'edit-logs',
  'create-contacts',
  'disconnect',
] as const;
export type FeatureId = (typeof featureIds)[number];

export type FeatureState = 'works' | 'works with adapter code' | 'does not work' | 'unknown';

export type Overall = 'ready' | 'ready-with-adapter-code' | 'partly-ready' | 'not-ready' | 'unknown';

/** How users sign in: with an authorization code (or its refresh token), or with something else. */
export type SignInKind = 'authorization code' | 'alternative';

export interface Link {
  title: string;
  url: string;
}

/** What a pure judge says of the facts. */
export interface Judgement {
  verdict: Verdict;
  /** One plain line for the screen. */
  summary: string;
  expected?: string;
  observed?: string;
  /** Earned share from 0 to 1 where the row says so (`lookup.any-format`). Else the verdict decides. */
  share?: number;
  /** The must is met, but only a connector with code can use it: features that need it say so. */
  adapterCode?: boolean;
  /** Said beside the features that this check touches. */
  cautions?: string[];
  /** Instead of the check's own remedy, when the facts allow a better one. */
  remedy?: { vendor?: string; integrator?: string };
}

export interface CheckResult {
  id: string;
  item: ItemId;
  level: Level;
  /** Within its item: must 3, should 1 and the two exceptions of the checklist; info 0. */
  weight: number;
  title: string;
  why: string;
  remedy: { vendor: string; integrator: string };
  links: Link[];
  verdict: Verdict;
  summary: string;
  expected: string | null;
  observed: string | null;
  /** What was observed, as the judge got it; null when nothing could be observed. */
  facts: unknown;
  /** Set on `blocked`: the requirement that is the cause. */
  blockedBy: string | null;
  /** Earned share of the weight, 0 to 1; null when not measured. */
  earned: number | null;
  adapterCode: boolean;
  cautions: string[];
  /** Ids of the exchanges behind the verdict. */
  exchanges: number[];
  /** Set on `waived`: who accepted what, until when. */
  waiver?: Waiver;
}

/** Why a finding is accepted for now, and what it was before. */
interface Waiver {
  reason: string;
  /** The last day on which it holds: `YYYY-MM-DD`, UTC. */
  expires: string;
  verdict: 'warn' | 'fail';
  summary: string;
  earned: number | null;
}

/** Where something stands in a file, both from 1. */
export interface Place {
  line: number;
  column: number;
}

export interface ItemResult {
  id: ItemId;
  title: string;
  /** 0 to 100; null when nothing was measured. */
  score: number | null;
  measuredPercent: number;
  weight: number;
}

export interface FeatureResult {
  state: FeatureState;
  /** Requirement ids that decided the state; empty for `works`. */
  because: string[];
  cautions: string[];
}

export interface Leftover {
  /** `contact`, `call log`, `message log`. */
  kind: string;
  id: string | null;
  name: string;
  /** Why it is still there. */
  reason: string;
}

export interface Report {
  schemaVersion: typeof SCHEMA_VERSION;
  catalogueVersion: number;
  tool: { name: 'crm-ready'; version: string };
  profile: {
    name: string;
    hash: string;
    host: string;
    file: string;
    language: 'crm-ready' | 'proxyConfig';
    /** Tells which requirements the CRM has: `oauth.*` or `auth.alternative`. Absent in reports of older versions. */
    signIn?: SignInKind;
    /** From the folder in which the run was started (on GitHub from the repository), with `/`; absent where it lies outside. */
    path?: string;
    /** Where the profile describes its operations (by name), `auth`, and `operations` itself. */
    locations?: Record<string, Place>;
  };
  run: {
    id: string;
    startedAt: string;
    durationMs: number;
    requests: number;
    created: number;
    deleted: number;
    seed: string;
    region: string;
    /** Name of the logged-in user as the CRM gave it; null when unknown. */
    user: string | null;
    /** `complete`; `interrupted` (Ctrl-C); `deadline`. */
    ended: 'complete' | 'interrupted' | 'deadline';
    readOnly: boolean;
    /** Longest chain of requests that had to wait for each other. */
    longestChain: number;
    /** Requirements that were asked for by `--only`; null: all. */
    only: string[] | null;
    /** Words of the command line that ask the same CRM again, without what to ask and where to report. */
    command?: string[];
  };
  overall: Overall;
  /** 0 to 100; null when nothing was measured. */
  score: number | null;
  measuredPercent: number;
  features: Record<FeatureId, FeatureResult>;
  items: ItemResult[];
  checks: CheckResult[];
  exchanges: Exchange[];
  leftovers: Leftover[];
  /** Remarks on the profile (unknown keys of a bare proxyConfig, a template that drops an empty number …). */
  notes: string[];
}
