import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
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
      return codeOf(error) === 'ENOENT' ? null : '';
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
    await writeFile(file, own, { flag: 'wx', mode: 0o600 });
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
  const found = await stat(file).catch(() => null);
  if (found && Date.now() - found.mtimeMs > longestHeld) return true;
  // A lock that is just being made is empty for a moment: somebody holds it.
  const holder = holderIn(text);
  return holder !== null && holder.host === hostname() && !isAlive(holder.pid);
}

/** Moved away first: of several who see the same dead lock one takes it, and nobody takes a new one for long. */
async function removeLeft(file: string, seen: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, 'utf8');
  if (moved !== seen) await writeFile(file, moved, { flag: 'wx', mode: 0o600 }).catch(() => {});
  await rm(aside, { force: true });
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
