import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf requests are sent. Filled by the transport while the work of the context goes on. */
export interface RequestContext {
  /** The requirement that asks; null for what serves all. */
  check: string | null;
  /** Length of the longest chain of dependent requests that ended so far. */
  chain: number;
  /** Ids of the exchanges that this context made or waited for. */
  exchanges: Set<number>;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `fn`, and whatever it starts, with `context` as the current one. */
export function runInContext<T>(context: RequestContext, fn: () => T): T {
  return storage.run(context, fn);
}

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/**
 * Says that the current context has waited for another one: what it sends from now on depends on the other's chain,
 * and the other's exchanges are evidence here too. Without a current context nothing happens.
 */
export function join(context: RequestContext): void {
  const current = storage.getStore();
  if (!current || current === context) return;
  current.chain = Math.max(current.chain, context.chain);
  for (const id of context.exchanges) current.exchanges.add(id);
}
