import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf requests are sent. Filled by the transport while the work of the context goes on. */
export interface RequestContext {
  /** The requirement that asks; null for what serves all. */
  check: string | null;
  /** Length of the longest chain of dependent requests that ended so far. */
  chain: number;
  /** Ids of the exchanges that this context made or waited for. */
  exchanges: Set<number>;
  /**
   * Why the run itself did not send something that this context asked, or waited for (its budget, its time, Ctrl-C).
   * Absent: everything was sent.
   */
  unsent?: string;
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
  if (context.unsent !== undefined) noteUnsent(context.unsent);
}

/** Remembers the first reason for which the current context could not send a request. */
export function noteUnsent(reason: string): void {
  const current = storage.getStore();
  if (current) current.unsent ??= reason;
}

/**
 * Does the same for several things side by side, each in a branch of the current context: what one of them asks is
 * nothing that another had to wait for, so no chain grows by the requests of a neighbour.
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const current = storage.getStore();
  if (!current) return Promise.all(items.map(work));
  const branches = items.map((item, index) => {
    const context: RequestContext = { ...current, exchanges: new Set() };
    return { context, result: runInContext(context, () => work(item, index)) };
  });
  try {
    return await Promise.all(branches.map(({ result }) => result));
  } finally {
    for (const { context } of branches) join(context);
  }
}
