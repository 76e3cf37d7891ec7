import { loadProfile } from '../profile/load.ts';
import { cleanLeft } from '../run/clean.ts';
import { type LeftLedger, ledgerFolder, readLedgers } from '../run/ledger.ts';
import { UsageError } from './failure.ts';
import { environment, variables } from './inputs.ts';
import { version } from './version.ts';

export interface CleanCommandOptions {
  profile?: string;
  envFile?: string;
  var: string[];
  allowPlainHttp?: boolean;
}

/** `crm-ready clean`: removes what killed runs left behind. @returns the exit code */
export async function clean(runId: string | undefined, options: CleanCommandOptions): Promise<number> {
  const env = await environment(options.envFile);
  const folder = ledgerFolder(env);
  const ledgers = (await readLedgers(folder)).filter(
    ({ header }) => runId === undefined || header.run === runId,
  );
  if (ledgers.length === 0) {
    if (runId !== undefined)
      throw new UsageError(`no run ${runId} has left anything`, `Ledgers lie in ${folder}.`);
    say('Nothing is left behind by any run.');
    return 0;
  }
  let failed = false;
  for (const ledger of ledgers) failed = !(await cleanOne(ledger, folder, env, options)) || failed;
  return failed ? 4 : 0;
}

async function cleanOne(
  ledger: LeftLedger,
  folder: string,
  env: Record<string, string | undefined>,
  options: CleanCommandOptions,
): Promise<boolean> {
  const { header, open } = ledger;
  const vars = { ...header.profile.vars, ...variables(options.var) };
  const profile = await loadProfile(options.profile ?? header.profile.path, { env, vars });
  if (profile.meta.name !== header.profile.name) {
    throw new UsageError(
      `run ${header.run} was a check of ${header.profile.name}, and this profile is of ${profile.meta.name}`,
      'Name the run and its own profile: crm-ready clean RUN --profile FILE',
    );
  }
  say(`Run ${header.run} of ${header.startedAt} on ${header.profile.host}: ${open.length} records to remove`);
  const allowPlainHttp = options.allowPlainHttp ?? false;
  const { deleted, leftovers } = await cleanLeft({
    ledger,
    folder,
    profile,
    env,
    version: version(),
    allowPlainHttp,
  });
  say(`  ${deleted} removed`);
  for (const { kind, id, name, reason } of leftovers) say(`  left: ${kind} ${id ?? ''} "${name}": ${reason}`);
  return leftovers.length === 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
