import type { OAuthClient } from '../../auth/oauth/client.ts';
import type { Authorizer } from '../../auth/oauth/grants.ts';
import type { TokenKeeper } from '../../auth/stored/keeper.ts';
import type { CheckContext } from '../../checks/define-check.ts';
import type { NeedName, Needs } from '../../checks/needs.ts';
import type { Miss } from '../../checks/unanswerable.ts';
import { Unanswerable } from '../../checks/unanswerable.ts';
import type { Ownership } from '../../crm/privacy.ts';
import { currentContext, join, type RequestContext, runInContext } from '../../http/context.ts';
import type { Ledger } from '../ledger.ts';
import type { NumberPool } from '../numbers.ts';

/** What the makers of specimens work with. */
export interface Kit extends CheckContext {
  numbers: NumberPool;
  /** What is known of the search by number: `findsAnybody`: people whose number it is not. */
  searchSeen: { findsAnybody: boolean };
  ledger: Ledger;
  own: Ownership & {
    ids: Set<string>;
    logs: Set<string>;
    written: { numbers: Set<string>; texts: Set<string> };
  };
  authorizerFor(client: OAuthClient): Authorizer;
  /** For every code but the first: asks a person only where that was agreed on. */
  authorizerAgain(client: OAuthClient): Authorizer;
  /** Has tokens of an earlier login; null: there are none. */
  keeper: TokenKeeper | null;
  /**
   * A fact or specimen, made by whoever needs it first.
   * @param evidence for makers: what was asked for it is evidence of what is made from it, too
   * @throws {Unanswerable} when it cannot be had
   */
  get<N extends NeedName>(name: N, evidence?: 'evidence'): Promise<Needs[N]>;
  /** What has been made already; null when nobody needed it, or when it could not be had. */
  peek<N extends NeedName>(name: N): Promise<Needs[N] | null>;
}

export type Makers = { [N in NeedName]: (kit: Kit) => Promise<Needs[N]> };

interface Made {
  context: RequestContext;
  promise: Promise<unknown>;
}

/**
 * Makes each fact once, whoever asks and however often. A maker runs in a request context of its own, which everybody
 * who waits for it joins: its chain of requests becomes part of theirs, and its exchanges evidence of a check.
 */
export function createNeeds(makers: Makers, kit: () => Kit): Pick<Kit, 'get' | 'peek'> {
  const made = new Map<NeedName, Made>();
  const get = async <N extends NeedName>(name: N, evidence?: 'evidence'): Promise<Needs[N]> => {
    let entry = made.get(name);
    if (!entry) {
      // What is asked for late begins late: the logout waits for everything before it.
      const chain = currentContext()?.chain ?? 0;
      const context: RequestContext = { check: null, chain, exchanges: new Set() };
      const promise = runInContext(context, () => makers[name](kit()));
      promise.catch(() => {});
      entry = { context, promise };
      made.set(name, entry);
    }
    try {
      return (await entry.promise) as Needs[N];
    } finally {
      // Evidence is what a check asked, and what the facts that it names asked: not everything before that.
      const shown = evidence === 'evidence' || currentContext()?.check !== null;
      join(shown ? entry.context : { ...entry.context, exchanges: new Set() });
    }
  };
  const peek = async <N extends NeedName>(name: N): Promise<Needs[N] | null> => {
    const value: unknown = await made.get(name)?.promise.catch(() => null);
    return (value ?? null) as Needs[N] | null;
  };
  return { get, peek };
}

export function miss(verdict: Miss['verdict'], by: string | null, reason: string): Unanswerable {
  return new Unanswerable({ verdict, by, reason });
}
