import { randomBytes } from 'node:crypto';
import type { OAuthClient } from '../auth/oauth/client.ts';
import type { Authorizer } from '../auth/oauth/grants.ts';
import { endingWith, type TokenKeeper } from '../auth/stored/keeper.ts';
import type { LookupDepth } from '../checks/define-check.ts';
import { CATALOGUE_VERSION } from '../checks/index.ts';
import { type RequestContext, runInContext } from '../http/context.ts';
import { createRedaction } from '../http/redaction.ts';
import { createTransport } from '../http/transport.ts';
import type { Transport } from '../http/types.ts';
import { hostsOf } from '../profile/hosts.ts';
import type { Profile } from '../profile/types.ts';
import { type CheckResult, type Leftover, type Report, SCHEMA_VERSION } from '../report/types.ts';
import { summarise } from '../verdict/judge.ts';
import { authorizer, oneAtATime } from './authorizer.ts';
import { type CleanUp, cleanUp } from './clean-up.ts';
import { poll, systemClock } from './clock.ts';
import { Ledger, ledgerFolder } from './ledger.ts';
import { locationsIn } from './locations.ts';
import { NumberPool } from './numbers.ts';
import type { Plan } from './plan.ts';
import { seededRandom } from './random.ts';
import { makeReady, runInOrder, runSideBySide, type Watch } from './schedule.ts';
import { callMakers } from './specimens/calls.ts';
import { pairMakers } from './specimens/contact-pairs.ts';
import { contactMakers } from './specimens/contacts.ts';
import { dispositionMakers } from './specimens/disposition.ts';
import { createNeeds, type Kit, type Makers } from './specimens/kit.ts';
import { lookupMakers } from './specimens/lookups.ts';
import { messageMakers } from './specimens/messages.ts';
import { matrixMakers } from './specimens/phone-matrix.ts';
import { probeCallMakers } from './specimens/probe-calls.ts';
import { probeMakers } from './specimens/probe-contacts.ts';
import { sessionMakers } from './specimens/session.ts';

export interface RunOptions {
  profile: Profile;
  /** Where the profile lies and what was set on the command line: into the ledger, for `clean`. */
  source: {
    path: string;
    vars: Record<string, string>;
    /** For the report: the path from the folder in which the command was given, where the file lies in it. */
    fromHere?: string | undefined;
    /** For the report: the words of the command line that ask the same CRM again. */
    command?: string[];
  };
  plan: Plan;
  only: string[] | null;
  env: Record<string, string | undefined>;
  version: string;
  /** Per request; absent: the profile's. */
  timeoutSeconds?: number;
  deadlineSeconds: number;
  revokeWaitSeconds: number;
  revokeShared: boolean;
  /** Ask a person to log in wherever a requirement spends an authorization of its own. */
  authorizeAgain: boolean;
  readOnly: boolean;
  lookup: LookupDepth;
  /** Leave what was created in the CRM. */
  keep: boolean;
  concurrency?: number;
  maxRequests?: number;
  seed: string;
  allowPlainHttp: boolean;
  /** How codes are obtained when the server does not give them by itself; absent: not at all. */
  person?: (client: OAuthClient) => Authorizer;
  /** Has tokens of an earlier login, and keeps what takes their place. */
  keeper?: TokenKeeper | null;
  /** Aborted by Ctrl-C: what is under way ends, clean-up runs, the report is partial. */
  signal: AbortSignal;
  progress: RunProgress;
}

/** What a person may be told while the run is under way. */
export interface RunProgress {
  /** A requirement is being asked. */
  asking(id: string): void;
  checked(result: CheckResult, done: number, of: number): void;
  phase(text: string): void;
  /** Something takes its time, at most until then (milliseconds since 1970). @returns to be called when it is over */
  waiting(what: string, until: number): () => void;
}

export interface RunResult {
  report: Report;
  /** A deletion was tried and failed: test data is left behind. */
  deletionFailed: boolean;
}

const cleanUpSeconds = 60;
const makers: Makers = {
  ...sessionMakers,
  ...contactMakers,
  ...lookupMakers,
  ...matrixMakers,
  ...pairMakers,
  ...probeMakers,
  ...callMakers,
  ...probeCallMakers,
  ...messageMakers,
  ...dispositionMakers,
};

/** A transport that knows the limits and the hosts of a profile. */
export function transportFor(
  profile: Profile,
  options: Pick<
    RunOptions,
    'env' | 'version' | 'timeoutSeconds' | 'concurrency' | 'maxRequests' | 'allowPlainHttp'
  >,
): Transport {
  const { limits, requestDefaults } = profile;
  const requestsPerSecond = limits.requestsPerSecond;
  const maxRequests = options.maxRequests ?? limits.maxRequests;
  return createTransport({
    timeoutMs: (options.timeoutSeconds ?? requestDefaults.timeoutSeconds) * 1000,
    concurrency: options.concurrency ?? limits.concurrency,
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    ...(maxRequests !== undefined && { maxRequests }),
    allowedHosts: [...hostsOf(profile).map(({ host }) => host), ...profile.allowHosts],
    allowPlainHttp: options.allowPlainHttp,
    redaction: createRedaction(),
    env: options.env,
    userAgent: `crm-ready/${options.version}`,
  });
}

/** A short id for a run: stands in everything that it writes. */
function newRunId(): string {
  return randomBytes(4).toString('hex');
}

/** The main job: asks the CRM every question of the plan, removes what was made for it, and says what was found. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { profile, plan, signal, progress } = options;
  const startedAt = new Date();
  const runId = newRunId();
  const transport = transportFor(profile, options);
  const stop = new AbortController();
  let ended: Report['run']['ended'] = 'complete';
  const end = (how: 'interrupted' | 'deadline') => {
    if (ended !== 'complete') return;
    ended = how;
    stop.abort();
    transport.cancel(how === 'deadline' ? 'deadline' : 'cancelled');
  };
  const interrupted = () => end('interrupted');
  if (signal.aborted) interrupted();
  signal.addEventListener('abort', interrupted);
  const deadline = setTimeout(() => end('deadline'), options.deadlineSeconds * 1000);
  const header = {
    run: runId,
    startedAt: startedAt.toISOString(),
    profile: {
      path: options.source.path,
      name: profile.meta.name,
      host: hostOf(profile),
      vars: options.source.vars,
    },
  };
  const ledger = new Ledger(ledgerFolder(options.env), header);
  const clock = systemClock(stop.signal, progress.waiting);
  const person = options.person && oneAtATime(options.person);
  const kit: Kit = {
    profile,
    operations: { profile, transport, runId, emptyBody: true },
    settings: {
      revokeWaitSeconds: options.revokeWaitSeconds,
      revokeShared: options.revokeShared,
      authorizeAgain: options.authorizeAgain,
      readOnly: options.readOnly,
      lookup: options.lookup,
    },
    clock,
    settled: (ask, content) => poll(clock, profile.settleSeconds, ask, content),
    marker: `crm-ready ${runId}`,
    seed: options.seed,
    numbers: new NumberPool(seededRandom(options.seed), profile.region),
    ledger,
    own: {
      marker: `crm-ready ${runId}`,
      ids: new Set(),
      logs: new Set(),
      seen: { contacts: new Set(), logs: new Set() },
      fixtures: options.readOnly,
    },
    authorizerFor: (client) => authorizer(transport, client, person),
    authorizerAgain: (client) => authorizer(transport, client, options.authorizeAgain ? person : undefined),
    keeper: options.keeper ? endingWith(stop.signal, options.keeper) : null,
    ...createNeeds(makers, () => kit),
  };
  try {
    let done = 0;
    const watch: Watch = {
      began: ({ id }) => progress.asking(id),
      ended: (result) => progress.checked(result, ++done, plan.checks.length),
    };
    const early = plan.checks.filter(({ phase }) => phase === undefined);
    const late = plan.checks.filter(({ phase }) => phase === 'last');
    const spoiling = plan.checks.filter(({ phase }) => phase === 'spoiling');
    const results = await runSideBySide(early, kit, watch);
    await makeReady(late, kit);
    // Neither a budget nor a deadline may leave test data behind, nor a session open.
    transport.allowCleanUp(cleanUpSeconds + options.revokeWaitSeconds);
    // What comes last has waited for everything before it.
    const after = (): RequestContext => ({
      check: null,
      chain: longestChain(transport),
      exchanges: new Set(),
    });
    const cleaned = await runInContext(after(), () => removeEverything(kit, options));
    if (stop.signal.aborted) transport.cancel('cancelled');
    const before = late.flatMap((check) => check.before ?? []);
    await runInContext(after(), () => Promise.allSettled(before.map((name) => kit.get(name))));
    results.push(...(await runInContext(after(), () => runInOrder(late, kit, watch))));
    // Where a sign-in ends the one before, two at once would spoil each other.
    const second = await kit.peek('second session');
    const runSpoiling = second?.firstAlive === false ? runInOrder : runSideBySide;
    results.push(...(await runInContext(after(), () => runSpoiling(spoiling, kit, watch))));
    const checks = plan.checks.flatMap(({ id }) => results.find((result) => result.id === id) ?? []);
    await ledger.close();
    const report = await writeReport(options, kit, checks, cleaned, { startedAt, ended });
    return { report, deletionFailed: cleaned.failed };
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', interrupted);
    await transport.close();
  }
}

async function removeEverything(kit: Kit, { keep, progress }: RunOptions): Promise<CleanUp> {
  const made = kit.ledger.entries.filter(({ state }) => state === 'announced' || state === 'created');
  if (made.length === 0) return { deleted: 0, leftovers: [], failed: false };
  if (keep) {
    return {
      deleted: 0,
      failed: false,
      leftovers: made.map((entry) => leftover(entry, 'kept, as --keep asks')),
    };
  }
  progress.phase(`removing ${made.length} records that this run created`);
  try {
    const crm = await kit.get('crm');
    // A clock of its own: the run's may have been stopped, and a lagging index must be waited for all the same.
    return await cleanUp(crm, kit.ledger, systemClock(new AbortController().signal, progress.waiting));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { deleted: 0, failed: true, leftovers: made.map((entry) => leftover(entry, reason)) };
  }
}

function leftover({ kind, id, name }: Kit['ledger']['entries'][number], reason: string): Leftover {
  return { kind, id: id === null ? null : String(id), name, reason };
}

async function writeReport(
  options: RunOptions,
  kit: Kit,
  checks: CheckResult[],
  { deleted, leftovers }: CleanUp,
  { startedAt, ended }: { startedAt: Date; ended: Report['run']['ended'] },
): Promise<Report> {
  const { profile } = options;
  const { transport } = kit.operations;
  const user = await kit.peek('current user');
  const { redaction } = transport;
  const exchanges = [...transport.exchanges];
  return {
    schemaVersion: SCHEMA_VERSION,
    catalogueVersion: CATALOGUE_VERSION,
    tool: { name: 'crm-ready', version: options.version },
    profile: {
      name: profile.meta.displayName,
      hash: profile.hash,
      host: redaction.text(hostOf(profile)),
      file: profile.file,
      language: profile.language,
      ...(options.source.fromHere !== undefined && { path: options.source.fromHere }),
      locations: locationsIn(profile),
    },
    run: {
      id: kit.operations.runId,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      requests: exchanges.length,
      created: kit.ledger.entries.filter(({ state }) => state !== 'refused').length,
      deleted,
      seed: options.seed,
      region: profile.region,
      user: redaction.json(user?.outcome.kind === 'ok' ? user.outcome.value.name : null),
      ended,
      readOnly: options.readOnly,
      longestChain: longestChain(transport),
      only: options.only,
      ...(options.source.command && { command: options.source.command.map((word) => redaction.text(word)) }),
    },
    ...summarise(checks),
    checks,
    // Once more: a secret may have been learned after an answer that shows it was recorded.
    exchanges: redaction.json(exchanges),
    leftovers: redaction.json(leftovers),
    notes: profile.notes.map(
      ({ line, message, hint }) => `line ${line}: ${message}${hint ? ` (${hint})` : ''}`,
    ),
  };
}

function longestChain({ exchanges }: Transport): number {
  return Math.max(0, ...exchanges.map(({ chain }) => chain));
}

function hostOf({ requestDefaults }: Profile): string {
  return URL.canParse(requestDefaults.baseUrl)
    ? new URL(requestDefaults.baseUrl).origin
    : requestDefaults.baseUrl;
}
