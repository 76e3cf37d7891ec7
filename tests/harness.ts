import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadProfile } from '../src/profile/load.ts';
import type { Profile } from '../src/profile/types.ts';
import type { CheckResult } from '../src/report/types.ts';
import type { RunOptions } from '../src/run/options.ts';
import { planRun } from '../src/run/plan.ts';
import { type RunResult, run } from '../src/run/run.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

export interface Checked extends RunResult {
  /** Live records of the reference CRM after the run. */
  left: ReturnType<Sandbox['state']>;
  /** By requirement id. */
  checks: Map<string, CheckResult>;
}

/** The reference profile, pointed at a running reference CRM. */
async function referenceProfile(sandbox: Sandbox, file = 'profiles/reference.yaml'): Promise<Profile> {
  const { clientId, clientSecret, apiKey } = sandbox.credentials;
  return loadProfile(join(root, file), {
    env: { REFERENCE_CLIENT_ID: clientId, REFERENCE_CLIENT_SECRET: clientSecret, REFERENCE_API_KEY: apiKey },
    vars: { port: String(sandbox.port) },
  });
}

/** Starts the reference CRM with these faults, checks it, and stops it. Waits are short: nothing here is far away. */
export async function checkSandbox(
  faults: string[],
  options: Partial<RunOptions> & {
    change?: (profile: Profile) => Profile;
    file?: string;
    latencyMs?: number;
  } = {},
): Promise<Checked> {
  const { change = (profile) => profile, file, latencyMs, ...rest } = options;
  const sandbox = await startSandbox({ faults, ...(latencyMs !== undefined && { latencyMs }) });
  try {
    const profile = change({ ...(await referenceProfile(sandbox, file)), settleSeconds: 0.4 });
    return { ...(await checkProfile(profile, rest)), left: sandbox.state() };
  } finally {
    await sandbox.close();
  }
}

/** Runs a check of a profile in this process, with a state folder of its own. */
export async function checkProfile(
  profile: Profile,
  options: Partial<RunOptions> = {},
): Promise<Omit<Checked, 'left'>> {
  const state = await mkdtemp(join(tmpdir(), 'crm-ready-test-'));
  try {
    const { only = null, readOnly = false, lookup = 'full' } = options;
    const result = await run({
      profile,
      source: { path: profile.file, vars: {} },
      plan: planRun(profile, { only, readOnly, lookup }),
      only,
      env: { XDG_STATE_HOME: state },
      version: '0.0.0-test',
      // For what hangs, as the time-out of a test is: a busy machine must not decide a verdict.
      deadlineSeconds: 240,
      revokeWaitSeconds: 0.3,
      revokeShared: false,
      authorizeAgain: false,
      readOnly: false,
      lookup: 'full',
      keep: false,
      seed: 'test',
      allowPlainHttp: false,
      signal: new AbortController().signal,
      progress: { asking() {}, checked() {}, phase() {}, waiting: () => () => {} },
      ...options,
    });
    return { ...result, checks: new Map(result.report.checks.map((check) => [check.id, check])) };
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}
