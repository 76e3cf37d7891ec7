import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { OAuthClient } from '../auth/oauth/client.ts';
import type { Authorizer } from '../auth/oauth/grants.ts';
import { isLoopback } from '../auth/oauth/loopback.ts';
import type { TokenKeeper } from '../auth/stored/keeper.ts';
import type { LookupDepth } from '../checks/define-check.ts';
import { loadProfile } from '../profile/load.ts';
import type { Profile } from '../profile/types.ts';
import { isDemo } from '../report/leftovers.ts';
import { ledgerFolder } from '../run/ledger.ts';
import type { RunOptions } from '../run/options.ts';
import { type Plan, planRun } from '../run/plan.ts';
import { run } from '../run/run.ts';
import { exitCode } from '../verdict/exit-code.ts';
import { askedAgainst, compareAloud } from './against.ts';
import { withBrowser } from './browser.ts';
import { commandOf, pathFromHere } from './command-words.ts';
import { consent, whatIsCreated } from './consent.ts';
import { UsageError } from './failure.ts';
import { writableFolder } from './folder.ts';
import { decideAloud, type Gate, type GateOptions, gateOf, ordinaryGate, waivedBy } from './gate.ts';
import { environment, inRegion, variables } from './inputs.ts';
import { type FileRead, filesRead } from './overwriting.ts';
import { isAttended, personAuthorizer } from './person.ts';
import { progressOn, type TerminalProgress } from './progress.ts';
import { reportTargets, writeReports } from './report-targets.ts';
import { knownWords, refuseNeverAsked, refuseUnknown } from './selection.ts';
import { keeperFor, type StoredLoginOptions, storedLoginFile } from './stored-login.ts';
import { giveTerminalsAWidth } from './terminal-width.ts';
import { version } from './version.ts';
import { type WayOutOptions, wayOut } from './way-out.ts';

/** The options that `check` and `demo` share, as commander gives them. */
export interface RunCommandOptions extends WayOutOptions {
  report: string[];
  only?: string[];
  timeout?: number;
  deadline: number;
  revokeWait: number;
  revokeShared?: boolean;
  authorizeAgain?: boolean;
  concurrency?: number;
  maxRequests?: number;
  seed?: string;
  readOnly?: boolean;
  lookup: LookupDepth;
  region?: string;
  keep?: boolean;
  yes?: boolean;
  against?: string;
}

export interface CheckCommandOptions extends RunCommandOptions, GateOptions, StoredLoginOptions {
  profile: string;
  /** Executable that fills in login pages with scripts. */
  browser?: string;
  envFile?: string;
  var: string[];
  allowPlainHttp?: boolean;
}

const loginSeconds = 300;

/** `crm-ready check`. @returns the exit code */
export async function check(options: CheckCommandOptions): Promise<number> {
  const env = await environment(options.envFile);
  const vars = variables(options.var);
  // The command line first: a mistake there should not wait for a file to be read.
  refuseUnknown(options.only);
  refuseGateAgainst(options);
  const gate = await gateOf(options);
  const described = await loadProfile(options.profile, { env, vars, words: knownWords(options.region) });
  const profile = await withBrowser(described, options.browser, env);
  const keeperOf = (plan: Plan) =>
    keeperFor(
      profile,
      env,
      options,
      plan.checks.some(({ id }) => id === 'oauth.refresh'),
    );
  const source = {
    path: resolve(options.profile),
    vars,
    fromHere: pathFromHere(options.profile),
    command: commandOf(options),
  };
  const { allowPlainHttp = false } = options;
  const read = filesRead({ ...options, tokenFile: storedLoginFile(profile, env, options) });
  return checkProfile(profile, source, env, allowPlainHttp, options, { gate, keeperOf, read });
}

/** What belongs to a run from outside: what the exit code depends on, who keeps the tokens of a login, what is read. */
interface Around {
  gate?: Gate;
  keeperOf?(plan: Plan): Promise<TokenKeeper | null>;
  read?: readonly FileRead[];
}

/** Plans, asks, runs and reports. @returns the exit code */
export async function checkProfile(
  described: Profile,
  source: RunOptions['source'],
  env: RunOptions['env'],
  allowPlainHttp: boolean,
  options: RunCommandOptions,
  { gate = ordinaryGate, keeperOf = async () => null, read = filesRead(options) }: Around = {},
): Promise<number> {
  refuseUnknown(options.only);
  refuseNeverAsked(options.only, described);
  const profile = inRegion(described, options.region);
  const out = wayOut(profile, env, options);
  const targets = await reportTargets(options.report, read);
  const against = options.against === undefined ? null : await askedAgainst(options.against, options.only);
  const only = against?.only ?? options.only ?? null;
  giveTerminalsAWidth();
  const plan = planRun(profile, { only, readOnly: options.readOnly ?? false, lookup: options.lookup });
  const keeper = await keeperOf(plan);
  if (whatIsCreated(plan) !== 'nothing') await writableLedger(env);
  if (!(await consent(profile, plan, options.yes ?? false))) {
    process.stderr.write('Nothing was sent.\n');
    return 130;
  }
  const interrupt = onInterrupt(isDemo(source), keeper);
  const progress = await progressOn(process.stderr);
  try {
    const { report: found, deletionFailed } = await run({
      profile,
      source,
      plan,
      only,
      env,
      version: version(),
      ...(options.timeout !== undefined && { timeoutSeconds: options.timeout }),
      deadlineSeconds: options.deadline,
      revokeWaitSeconds: options.revokeWait,
      revokeShared: options.revokeShared ?? false,
      authorizeAgain: options.authorizeAgain ?? false,
      readOnly: options.readOnly ?? false,
      lookup: options.lookup,
      keep: options.keep ?? false,
      ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
      ...(options.maxRequests !== undefined && { maxRequests: options.maxRequests }),
      seed: options.seed ?? randomBytes(4).toString('hex'),
      allowPlainHttp,
      ...out,
      keeper,
      ...(isAttended() && { person: personWho(options.yes ?? false, profile, progress, interrupt.signal) }),
      signal: interrupt.signal,
      progress,
    });
    progress.stop();
    const { report, spent } = waivedBy(gate, found);
    await writeReports(report, targets);
    const problems = keeper?.problems() ?? [];
    for (const problem of problems) process.stderr.write(`crm-ready: ${problem}\n`);
    const beside = {
      usage: problems.length > 0,
      leftoverDeletionFailed: deletionFailed,
      interrupted: report.run.ended === 'interrupted',
    };
    const state = against
      ? compareAloud(against, report, beside)
      : decideAloud(gate, report, spent, beside).state;
    return exitCode({ ...beside, gate: state });
  } finally {
    progress.stop();
    interrupt.stop();
  }
}

/** With `--against` the question is another one: what has become of each finding. */
function refuseGateAgainst({ against, ...options }: CheckCommandOptions): void {
  const { failUnder, require, maxUnmeasured, baseline, waivers } = options;
  const gated = [failUnder, require, maxUnmeasured, baseline, waivers].some((option) => option !== undefined);
  if (against !== undefined && gated) {
    throw new UsageError(
      '--against says what has become of each finding, and takes no gate',
      'Leave out --fail-under, --require, --max-unmeasured, --baseline and --waivers, or --against.',
    );
  }
}

/** Nothing is created that is not written down first. */
async function writableLedger(env: RunOptions['env']): Promise<void> {
  const folder = ledgerFolder(env);
  try {
    await writableFolder(folder, 0o700);
  } catch {
    throw new UsageError(
      `the ledger of what is created cannot be written to ${folder}`,
      'Expected a folder that can be written; XDG_STATE_HOME names another place. --read-only needs none.',
    );
  }
}

/** The first Ctrl-C ends the run in good order: clean-up, a partial report. The second ends it at once. */
function onInterrupt(demo: boolean, keeper: TokenKeeper | null): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    const later = demo ? '' : ' (crm-ready clean removes it later)';
    process.stderr.write(`\nStopping: removing what was created. Press Ctrl-C again to leave it${later}.\n`);
    if (keeper?.isSpending()) {
      process.stderr.write(
        'A refresh is under way: its answer is waited for, because the refresh token that was sent may work only once.\n',
      );
    }
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    stop() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

/** Asks whoever sits at the terminal to log in; without `--yes` only if they want to. */
function personWho(
  yes: boolean,
  { meta }: Profile,
  progress: TerminalProgress,
  signal: AbortSignal,
): (client: OAuthClient) => Authorizer {
  return (client) => {
    const authorizer = personAuthorizer(client, {
      openBrowser: !process.env.CI,
      paste: true,
      listen: isLoopback(client.redirectUri),
      timeoutSeconds: loginSeconds,
      signal,
    });
    return (request) =>
      progress.aside(async () => {
        const { confirm, isCancel } = await import('@clack/prompts');
        const message = `A person must log in to ${meta.displayName}. Log in now, in a browser? (crm-ready login does it once for many checks)`;
        const answer = yes || signal.aborted || (await confirm({ message, output: process.stderr }));
        if (isCancel(answer) || !answer)
          return { kind: 'page', url: client.authUrl ?? '', status: 200, exchange: 0 } as const;
        return authorizer(request);
      });
  };
}
