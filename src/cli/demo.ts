import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadProfile } from '../profile/load.ts';
import type { Profile } from '../profile/types.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { indexLagSeconds } from '../sandbox/search.ts';
import { checkProfile, type RunCommandOptions } from './check.ts';
import { refuseUnknownFaults } from './sandbox.ts';

/** `crm-ready demo`: starts the reference CRM, checks it, prints the report. @returns the exit code */
export async function demo(options: RunCommandOptions & { fault: string[] }): Promise<number> {
  await refuseUnknownFaults(options.fault);
  const sandbox = await startSandbox({ faults: options.fault });
  // The CRM is gone with this process, so nobody could use what its ledger says.
  const state = await mkdtemp(join(tmpdir(), 'crm-ready-demo-'));
  try {
    const { clientId, clientSecret, apiKey } = sandbox.credentials;
    const env = {
      ...process.env,
      XDG_STATE_HOME: state,
      REFERENCE_CLIENT_ID: clientId,
      REFERENCE_CLIENT_SECRET: clientSecret,
      REFERENCE_API_KEY: apiKey,
    };
    const path = fileURLToPath(new URL('../../profiles/reference.yaml', import.meta.url));
    const vars = { port: String(sandbox.port) };
    const profile = waitingFor(options.fault, await loadProfile(path, { env, vars }));
    const command = ['demo', ...options.fault.flatMap((fault) => ['--fault', fault])];
    return await checkProfile(profile, { path, vars, command }, env, false, { ...options, yes: true });
  } finally {
    await sandbox.close();
    await rm(state, { recursive: true, force: true });
  }
}

/** An index that lags is waited for until it is there: else nothing would be found, and how long it takes not told. */
function waitingFor(faults: readonly string[], profile: Profile): Profile {
  if (!faults.includes('search-lags')) return profile;
  process.stderr.write('search-lags: new contacts are waited for, so that this takes up to half a minute.\n');
  return { ...profile, settleSeconds: indexLagSeconds + 5 };
}
