import { randomBytes } from 'node:crypto';
import { type RequestContext, runInContext } from '../http/context.ts';
import type { CheckResult, Report } from '../report/types.ts';
import { kitOfRun } from './kit-of-run.ts';
import type { RunOptions } from './options.ts';
import { removeEverything } from './removal.ts';
import { longestChain, reportOf } from './run-report.ts';
import { makeReady, runInOrder, runSideBySide, type Watch, withoutFalseBlame } from './schedule.ts';
import { stopFor } from './stop.ts';
import { transportFor } from './transport.ts';

export interface RunResult {
  report: Report;
  /** A deletion was tried and failed: test data is left behind. */
  deletionFailed: boolean;
}

/** The main job: asks the CRM every question of the plan, removes what was made for it, and says what was found. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { plan, progress } = options;
  const startedAt = new Date();
  const transport = transportFor(options.profile, options);
  const stop = stopFor(options, transport);
  const kit = kitOfRun(options, { runId: newRunId(), startedAt, transport, stop });
  let done = 0;
  const watch: Watch = {
    began: ({ id }) => progress.asking(id),
    ended: (result) => progress.checked(result, ++done, plan.checks.length),
  };
  const early = plan.checks.filter(({ phase }) => phase === undefined);
  const late = plan.checks.filter(({ phase }) => phase === 'last');
  const spoiling = plan.checks.filter(({ phase }) => phase === 'spoiling');
  // What comes last has waited for everything before it.
  const afterAll = <T>(work: () => Promise<T>): Promise<T> => {
    const context: RequestContext = { check: null, chain: longestChain(transport), exchanges: new Set() };
    return runInContext(context, work);
  };
  try {
    const results: CheckResult[] = await runSideBySide(early, kit, watch);
    // A second sign-in may end the session of the first: not before the others have what they need.
    await afterAll(() => makeReady(late, kit));
    if (late.length + spoiling.length === 0) stop.forgetDeadline();
    const cleaned = await afterAll(() => removeEverything(kit, options));
    const before = late.flatMap((check) => check.before ?? []);
    await afterAll(() => Promise.allSettled(before.map((name) => kit.get(name))));
    results.push(...(await afterAll(() => runInOrder(late, kit, watch))));
    // Where a sign-in ends the one before, two at once would spoil each other.
    const second = await kit.peek('second session');
    const runSpoiling = second?.firstAlive === false ? runInOrder : runSideBySide;
    results.push(...(await afterAll(() => runSpoiling(spoiling, kit, watch))));
    const checks = withoutFalseBlame(
      plan.checks.flatMap(({ id }) => results.find((result) => result.id === id) ?? []),
    );
    await kit.ledger.close();
    const report = await reportOf(options, kit, checks, cleaned, { startedAt, ended: stop.ended });
    return { report, deletionFailed: cleaned.failed };
  } finally {
    stop.dispose();
    await transport.close();
  }
}

/** A short id for a run: stands in everything that it writes. */
function newRunId(): string {
  return randomBytes(4).toString('hex');
}
