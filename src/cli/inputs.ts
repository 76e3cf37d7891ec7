import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { Profile } from '../profile/types.ts';
import { unreadable } from '../report/read.ts';
import { fictionalRegions } from '../run/numbers.ts';
import { UsageError } from './failure.ts';

/** The process's environment, with the lines of an env file where the process has no value of its own. */
export async function environment(file: string | undefined): Promise<Record<string, string | undefined>> {
  if (file === undefined) return process.env;
  try {
    return { ...parseEnv(await readFile(file, 'utf8')), ...process.env };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const reason = unreadable[code] ?? `the file cannot be read (${code})`;
    throw new UsageError(`-e ${file}: ${reason}`, 'Expected a text file with KEY=value lines.');
  }
}

/** `--var name=value`, each of them. */
export function variables(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--var ${pair}: expected name=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** The profile with the phone numbers of another country, where the command line names one. */
export function inRegion(profile: Profile, named: string | undefined): Profile {
  if (named === undefined) return profile;
  const region = named.toUpperCase();
  if (fictionalRegions.includes(region)) return { ...profile, region };
  throw new UsageError(
    `no fictional phone numbers are known for the region ${region}`,
    `Choose one of ${fictionalRegions.join(', ')}, with --region.`,
  );
}
