import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { TokenFileError } from './token-file.ts';

interface Holder {
  pid: number;
  host: string;
  /** Tells two locks of one process apart. */
  id: string;
}

interface LockOptions {
  /** How long to wait for somebody else, in milliseconds. */
  patienceMs?: number;
  /** Waits no longer once it is aborted. */
  signal?: AbortSignal;
}

/** Milliseconds. */
const lookEvery = 50;
/** Nobody needs as long for one refresh, so whoever holds the lock for longer is gone. */
const longestHeld = 10 * 60_000;
/** Whoever makes a lock has its number in it by then. */
const longestEmpty = 5000;

/** In place of the text of a lock that only its owner may read. */
const unreadable = '\0';

/**
 * Does something while no other process does it: whoever comes second waits. A lock of a process that has died is taken
 * over.
 * @param file the lock; made, and removed again
 * @throws {TokenFileError} when the lock cannot be had
 */
export async function withLock<T>(
  file: string,
  work: (waited: boolean) => Promise<T>,
  { patienceMs = 90_000, signal }: LockOptions = {},
): Promise<T> {
  const own = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    id: randomBytes(8).toString('hex'),
  } satisfies Holder);
  let waited = false;
  for (const end = Date.now() + patienceMs; !(await taken(file, own)); await delay(lookEvery)) {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      // Let go between the two looks. What cannot be read (somebody else's) is waited for like any other.
      return codeOf(error) === 'ENOENT' ? null : unreadable;
    });
    if (text === null) continue;
    if (await isLeft(file, text)) {
      await removeLeft(file, text);
      continue;
    }
    waited = true;
    if (signal?.aborted) {
      throw new TokenFileError(
        `the run ended while it waited for another one (process ${holderIn(text)?.pid ?? 'unknown'}) that holds ${file}`,
        'Wait for that run, or delete the file if there is none.',
      );
    }
    if (Date.now() > end) {
      throw new TokenFileError(
        `another run (process ${holderIn(text)?.pid ?? 'unknown'}) has held ${file} for ${Math.round(patienceMs / 1000)} s`,
        'Wait for that run, or delete the file if there is none.',
      );
    }
  }
  try {
    return await work(waited);
  } finally {
    // Taken over by somebody who thought us gone: theirs to remove.
    if ((await readFile(file, 'utf8').catch(() => null)) === own) await rm(file, { force: true });
  }
}

async function taken(file: string, own: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(own);
    } catch (error) {
      // On a full disk it can be made, and not written: it would keep the next runs waiting.
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    throw new TokenFileError(
      `the lock ${file} cannot be made (${code})`,
      'Expected a folder that can be written: two runs must not spend one refresh token.',
    );
  }
}

async function isLeft(file: string, text: string): Promise<boolean> {
  const age = await ageOf(file);
  if (age > longestHeld) return true;
  if (text === unreadable) return false;
  const holder = holderIn(text);
  // A lock that is just being made is empty for a moment: somebody holds it. One that stays so, nobody does.
  if (holder === null) return age > longestEmpty;
  return holder.host === hostname() && !isAlive(holder.pid);
}

/** Milliseconds; 0 where it cannot be told. */
async function ageOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  return found ? Date.now() - found.mtimeMs : 0;
}

/** Moved away first: of several who see the same dead lock one takes it, and nobody takes a new one for long. */
async function removeLeft(file: string, seen: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, 'utf8').catch(() => unreadable);
  // Two empty ones look alike: the younger is somebody's who is about to write into it.
  const other = moved !== seen || (holderIn(moved) === null && (await ageOf(aside)) <= longestEmpty);
  // The same file again, so that it arrives where it is written; a copy where the disk knows no links.
  if (other)
    await link(aside, file).catch(() => writeFile(file, moved, { flag: 'wx', mode: 0o600 }).catch(() => {}));
  await rm(aside, { force: true }).catch(() => {});
}

function holderIn(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { pid, host, id }: Partial<Record<keyof Holder, unknown>> = value;
    return typeof pid === 'number' && typeof host === 'string' && typeof id === 'string'
      ? { pid, host, id }
      : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
