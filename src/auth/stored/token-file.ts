import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ClientAuthentication } from '../../profile/types.ts';
import type { OAuthClient } from '../oauth/client.ts';

/** Tokens that a person obtained, as they lie on disk between runs. */
export interface StoredTokens {
  /** Whom they are for: a refresh token must not be sent to anybody else. */
  tokenUrl: string;
  clientId: string;
  /** The way in which the token endpoint took the client's secret. */
  clientAuth: ClientAuthentication;
  /** null: only the refresh token is there. */
  accessToken: string | null;
  refreshToken: string | null;
  /** What token responses told of the tenant. */
  discovered: Record<string, string>;
  /** ISO 8601; null: the token endpoint did not say. */
  expiresAt: string | null;
  /** ISO 8601. */
  savedAt: string;
}

/** A token file that cannot be used. The hint says what to do. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError';
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

const version = 1;
const clientAuths: readonly unknown[] = ['basic', 'body', 'query'] satisfies ClientAuthentication[];

/**
 * Where the tokens of a profile lie: `$XDG_CONFIG_HOME/crm-ready/tokens/<name>-<hash>.json`. The hash is of the token
 * endpoint's host and the client id, so that two profiles of one name do not take each other's.
 */
export function tokenFileOf(
  env: Record<string, string | undefined>,
  name: string,
  { tokenUrl, clientId }: Pick<OAuthClient, 'tokenUrl' | 'clientId'>,
): string {
  const folder = join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'crm-ready', 'tokens');
  const host = URL.canParse(tokenUrl) ? new URL(tokenUrl).host : tokenUrl;
  const hash = createHash('sha256').update(`${host}\n${clientId}`).digest('hex').slice(0, 12);
  return join(folder, `${name.replace(/[^\w.-]/g, '-')}-${hash}.json`);
}

/**
 * @returns null when there is no such file
 * @throws {TokenFileError} when it is damaged, of another version, for another client, or readable by others
 */
export async function readTokens(
  file: string,
  client: Pick<OAuthClient, 'tokenUrl' | 'clientId'>,
): Promise<StoredTokens | null> {
  const text = await readPrivately(file);
  if (text === null) return null;
  const tokens = parse(text, file);
  if (tokens.tokenUrl === client.tokenUrl && tokens.clientId === client.clientId) return tokens;
  const what = tokens.clientId === client.clientId ? 'another token endpoint' : 'another client id';
  throw new TokenFileError(
    `the tokens in ${file} are for ${what} than the profile's`,
    'Name the file that belongs to this profile, or log in again: crm-ready login --profile FILE.',
  );
}

/** Writes the file whole or not at all, for its owner's eyes only. @throws {TokenFileError} when that is not possible */
export async function writeTokens(file: string, tokens: StoredTokens): Promise<void> {
  const room = await makeRoom(file, 0);
  await room.write(tokens);
}

/** A place on the disk for tokens that are still to come. */
export interface Room {
  /** Takes the place of the file, whole or not at all. @throws {TokenFileError} when that is not possible */
  write(tokens: StoredTokens): Promise<void>;
  /** Nothing came that could be written. */
  leave(): Promise<void>;
}

/** Bytes: the tokens of an answer may be longer than those before. */
const ampleRoom = 32 * 1024;

/**
 * Takes up the room that tokens will need, beside the file: asked before a refresh token is spent, for on a full disk
 * the one that comes in its place would be lost.
 * @throws {TokenFileError} when tokens could not be written there
 */
export async function makeRoom(file: string, bytes = ampleRoom): Promise<Room> {
  const target = await realpath(file).catch(() => file);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  // What cannot be removed was not made: a file stands where a folder is meant to be.
  const leave = () => rm(temporary, { force: true }).catch(() => {});
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await fill(temporary, 'wx', ' '.repeat(bytes));
  } catch (error) {
    await leave();
    throw notWritable(file, error);
  }
  return {
    leave,
    async write(tokens) {
      try {
        // Over what is there already, which takes no more room.
        await fill(temporary, 'r+', `${JSON.stringify({ version, ...tokens }, null, 2)}\n`);
        await rename(temporary, target);
      } catch (error) {
        await leave();
        throw notWritable(file, error);
      }
    },
  };
}

/** Once this is done, it is on the disk. */
async function fill(file: string, flags: 'wx' | 'r+', text: string): Promise<void> {
  const handle = await open(file, flags, 0o600);
  try {
    await handle.writeFile(text);
    await handle.truncate(Buffer.byteLength(text));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws {TokenFileError} when tokens could not be written there */
export async function assertWritable(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) throw isFolder(file);
  const room = await makeRoom(file);
  await room.leave();
}

/**
 * @param isNamed somebody named the file: then something else may lie there. Else it is the login's, whatever became of it
 * @returns whether there was anything to forget
 * @throws {TokenFileError} where something else lies there, or it cannot be removed
 */
export async function forgetTokens(file: string, isNamed: boolean): Promise<boolean> {
  try {
    if (isNamed && !/"(?:access|refresh)Token"/.test(await readFile(file, 'utf8')))
      throw new TokenFileError(
        `${file} holds no tokens, and was left alone`,
        'Name the file of the login; if this is it, and it was damaged, delete it yourself.',
      );
    await rm(file);
    return true;
  } catch (error) {
    if (error instanceof TokenFileError) throw error;
    if (codeOf(error) === 'ENOENT') return false;
    throw new TokenFileError(`${file} cannot be removed (${codeOf(error)})`, 'Delete it yourself.');
  }
}

async function readPrivately(file: string): Promise<string | null> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw isFolder(file);
    // Windows has no such modes: a file in the user's folder is the user's.
    if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
      const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
      throw new TokenFileError(
        `others may read or write the tokens in ${file} (mode ${mode})`,
        `Keep them to yourself: chmod 600 ${file}. If somebody may have read them, log in again.`,
      );
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof TokenFileError) throw error;
    if (codeOf(error) === 'ENOENT') return null;
    throw new TokenFileError(`${file} cannot be read (${codeOf(error)})`, 'Check its permissions.');
  }
}

function parse(text: string, file: string): StoredTokens {
  const again = 'Log in again: crm-ready login --profile FILE writes it anew.';
  // What stands in it is not repeated: it may be a token.
  const damaged = (what: string) => new TokenFileError(`${file} is damaged: ${what}`, again);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged('it is no object');
  const fields: Record<string, unknown> = { ...value };
  if (fields.version !== version) {
    const newer = typeof fields.version === 'number' && fields.version > version;
    throw new TokenFileError(
      `${file} is of another version (${typeof fields.version === 'number' ? fields.version : 'none'}); this crm-ready understands ${version}`,
      newer ? 'Update crm-ready, or log in again.' : again,
    );
  }
  const required = (key: string): string => {
    const found = fields[key];
    if (typeof found !== 'string' || found === '') throw damaged(`there is no text under "${key}"`);
    return found;
  };
  const optional = (key: string): string | null => (fields[key] == null ? null : required(key));
  const clientAuth = fields.clientAuth ?? 'basic';
  if (!isClientAuth(clientAuth)) throw damaged('"clientAuth" is none of basic, body, query');
  const tokens: StoredTokens = {
    tokenUrl: required('tokenUrl'),
    clientId: required('clientId'),
    clientAuth,
    accessToken: optional('accessToken'),
    refreshToken: optional('refreshToken'),
    discovered: textsIn(fields.discovered),
    expiresAt: optional('expiresAt'),
    savedAt: optional('savedAt') ?? new Date(0).toISOString(),
  };
  if (tokens.expiresAt !== null && Number.isNaN(Date.parse(tokens.expiresAt)))
    throw damaged('"expiresAt" is no time');
  if (tokens.accessToken === null && tokens.refreshToken === null) throw damaged('there is no token in it');
  return tokens;
}

/** What is no text is left out: a template that reads it says that it is missing. */
function textsIn(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text]] : [],
    ),
  );
}

function isClientAuth(value: unknown): value is ClientAuthentication {
  return clientAuths.includes(value);
}

function isFolder(file: string): TokenFileError {
  return new TokenFileError(
    `${file} is a folder`,
    'Name the JSON file that crm-ready login writes, such as tokens.json.',
  );
}

function notWritable(file: string, error: unknown): TokenFileError {
  return new TokenFileError(
    `the tokens cannot be written to ${file} (${codeOf(error)})`,
    'Expected a file in a folder that can be written: a refresh token that the CRM replaces must be kept.',
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
