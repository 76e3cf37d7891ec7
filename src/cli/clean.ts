import { access } from 'node:fs/promises';
import { type LoadOptions, loadProfile, ProfileError } from '../profile/load.ts';
import type { Profile } from '../profile/types.ts';
import { inert } from '../reporters/inert.ts';
import { cleanLeft } from '../run/clean.ts';
import { isUnderWay, type LeftLedger, ledgerFolder, readLedgers } from '../run/ledger.ts';
import { withBrowser } from './browser.ts';
import { fail, UsageError } from './failure.ts';
import { environment, variables } from './inputs.ts';
import { keeperFor, type StoredLoginOptions } from './stored-login.ts';
import { version } from './version.ts';
import { type WayOutOptions, wayOut } from './way-out.ts';

export interface CleanCommandOptions extends StoredLoginOptions, WayOutOptions {
  profile?: string;
  envFile?: string;
  var: string[];
  allowPlainHttp?: boolean;
  browser?: string;
}

/** `crm-ready clean`: removes what killed runs left behind. @returns the exit code */
export async function clean(runId: string | undefined, options: CleanCommandOptions): Promise<number> {
  const env = await environment(options.envFile);
  const folder = ledgerFolder(env);
  const left = (await readLedgers(folder)).filter(
    ({ header }) => runId === undefined || header.run === runId,
  );
  if (left.length === 0 && runId !== undefined)
    throw new UsageError(`no run ${runId} has left anything`, `Ledgers lie in ${folder}.`);
  // What is named is meant, even where another process has got the number of the killed one.
  const underWay = runId === undefined ? left.filter(({ header }) => isUnderWay(header)) : [];
  for (const { header } of underWay) {
    say(
      `Run ${header.run} on ${header.profile.host} is still under way (process ${header.process?.pid}) and left alone.`,
    );
  }
  const ledgers = left.filter((ledger) => !underWay.includes(ledger));
  if (ledgers.length === 0) {
    say('Nothing is left behind by any run that has ended.');
    return 0;
  }
  const codes: number[] = [];
  // One profile that is gone must not keep the records of other runs in their CRMs.
  for (const ledger of ledgers) codes.push(await cleanOne(ledger, folder, env, options).catch(fail));
  return [2, 3, 4].find((code) => codes.includes(code)) ?? 0;
}

async function cleanOne(
  ledger: LeftLedger,
  folder: string,
  env: Record<string, string | undefined>,
  options: CleanCommandOptions,
): Promise<number> {
  const { file, header, open } = ledger;
  const vars = { ...header.profile.vars, ...variables(options.var) };
  const described = await profileOf(ledger, options.profile, { env, vars });
  const profile = await withBrowser(described, options.browser, env);
  if (profile.meta.name !== header.profile.name) {
    throw new UsageError(
      `run ${header.run} was a check of ${header.profile.name}, and this profile is of ${profile.meta.name}`,
      'Name the run and its own profile: crm-ready clean RUN --profile FILE',
    );
  }
  say(
    `Run ${header.run} of ${header.startedAt} on ${header.profile.host}: ${records(open.length)} to remove`,
  );
  const allowPlainHttp = options.allowPlainHttp ?? false;
  const { deleted, leftovers } = await cleanLeft({
    ledger,
    folder,
    profile,
    env,
    version: version(),
    allowPlainHttp,
    ...wayOut(profile, env, options),
    keeper: await keeperFor(profile, env, options, 'undated'),
  });
  say(`  ${deleted} removed`);
  for (const { kind, id, name, reason } of leftovers)
    say(`  ${inert(`left: ${kind} ${id ?? ''} "${name}": ${reason}`)}`);
  if (leftovers.length === 0) return 0;
  say(`  To forget these, once you have seen to them yourself, delete ${file}`);
  return 4;
}

/** The profile of a run, or whose it is that cannot be used. @param named on the command line, where it has moved */
async function profileOf(
  { header, open }: LeftLedger,
  named: string | undefined,
  options: LoadOptions,
): Promise<Profile> {
  const path = named ?? header.profile.path;
  try {
    return await loadProfile(path, options);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    const run = `run ${header.run} of ${header.startedAt} on ${header.profile.host} left ${records(open.length)}`;
    const isGone = await access(path).then(
      () => false,
      () => true,
    );
    if (isGone) {
      throw new UsageError(
        `${run}, and its profile (${header.profile.name}) is not at ${path}`,
        `next: crm-ready clean ${header.run} --profile FILE`,
      );
    }
    process.stderr.write(`crm-ready: ${run}, and its profile cannot be used:\n`);
    throw error;
  }
}

function records(count: number): string {
  return `${count} ${count === 1 ? 'record' : 'records'}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
