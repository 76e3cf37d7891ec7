import { realpath } from 'node:fs/promises';
import { UsageError } from './failure.ts';

/** A file that a command reads, and what it is to who named it. */
export interface FileRead {
  what: string;
  file: string;
}

const names = {
  profile: 'profile',
  envFile: 'environment file',
  waivers: 'waivers file',
  baseline: 'baseline',
  against: 'saved report',
  tokenFile: 'token file',
  clientCert: 'client certificate',
  clientKey: 'client key',
} as const;

type Named = { readonly [Name in keyof typeof names]?: string | undefined };

/** What the options of a command name to be read. */
export function filesRead(options: Named): FileRead[] {
  return (Object.keys(names) as (keyof typeof names)[]).flatMap((name) => {
    const file = options[name];
    return file === undefined ? [] : [{ what: names[name], file }];
  });
}

/** The saved reports that a command names one after the other. */
export function reportsRead(files: readonly string[]): FileRead[] {
  return files.map((file) => ({ what: 'report', file }));
}

/**
 * Looks whether what is to be written would take the place of what is read, through links too.
 * @param writer what writes there, as on the command line
 * @throws {UsageError} where it would: what was read would be lost
 */
export async function refuseOverwriting(
  writer: string,
  output: string,
  read: readonly FileRead[],
): Promise<void> {
  const place = await placeIfThere(output);
  if (place === null) return;
  for (const { what, file } of read) {
    if ((await placeIfThere(file)) === place)
      throw new UsageError(`${writer} would overwrite the ${what} ${file} that is read: name another file`);
  }
}

async function placeIfThere(file: string): Promise<string | null> {
  return realpath(file).catch(() => null);
}
