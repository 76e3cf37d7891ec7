import { stat } from 'node:fs/promises';
import type { OAuthClient } from '../auth/oauth/client.ts';
import { withLock } from '../auth/stored/lock-file.ts';
import { forgetTokens, readTokens, type StoredTokens } from '../auth/stored/token-file.ts';
import type { Profile } from '../profile/types.ts';
import { inert } from '../reporters/inert.ts';
import { asUsage } from './stored-login.ts';

/** `login --status`. @returns the exit code: 3 where there is no login that a check could use */
export async function showStatus(profile: Profile, client: OAuthClient, file: string): Promise<number> {
  const name = inert(profile.meta.displayName);
  const stored = await asUsage(() => readTokens(file, client));
  if (!stored) {
    say(`Nobody is logged in to ${name}: there is no ${file}`);
    return 3;
  }
  const ended = stored.refreshToken === null && !isGood(stored);
  say(
    `${ended ? 'The login to' : 'Logged in to'} ${name}${ended ? ' has ended.' : `, since ${stored.savedAt}.`}`,
  );
  process.stdout.write(whatIsStored(stored, file));
  return ended ? 3 : 0;
}

/** `login --forget`. @param isNamed by `--token-file` @returns the exit code */
export async function forget(profile: Profile, file: string, isNamed: boolean): Promise<number> {
  const name = inert(profile.meta.displayName);
  // A check that is in the middle of a refresh would write its tokens back.
  const was =
    !(await isMissing(file)) &&
    (await asUsage(() => withLock(`${file}.lock`, () => forgetTokens(file, isNamed))));
  say(
    was
      ? `The login to ${name} is forgotten: ${file} is removed. The CRM still takes its tokens, until they expire or you end the session there.`
      : `There was no login to ${name} to forget.`,
  );
  return 0;
}

/** The lock of a file that is not there may have no folder to lie in. */
async function isMissing(file: string): Promise<boolean> {
  return stat(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

/** Where the tokens lie and how long they last, in two lines. The tokens themselves are never shown. */
export function whatIsStored(stored: StoredTokens, file: string): string {
  const access =
    stored.accessToken === null
      ? 'none yet'
      : stored.expiresAt === null
        ? 'the CRM does not say when it expires'
        : `${isGood(stored) ? 'good until' : 'expired at'} ${stored.expiresAt}`;
  const refresh = stored.refreshToken === null ? 'none: you will have to log in again' : 'there';
  return `The tokens lie in ${file}, which only you may read.\nAccess token: ${access}. Refresh token: ${refresh}.\n`;
}

function isGood({ accessToken, expiresAt }: StoredTokens): boolean {
  return accessToken !== null && (expiresAt === null || Date.parse(expiresAt) > Date.now());
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
