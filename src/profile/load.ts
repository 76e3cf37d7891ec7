import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { loadBare } from './bare.ts';
import { checkNames, literalSecrets } from './check-names.ts';
import { checkPlaces } from './check-places.ts';
import { checkWords, type KnownWords } from './check-words.ts';
import { readSecrets, resolveVars } from './environment.ts';
import { asObject } from './json.ts';
import { normalise } from './normalise.ts';
import { maxBytes, parseSource, type Source, tooLarge } from './parse.ts';
import { ProfileError } from './problem.ts';
import { nearest } from './suggest.ts';
import type { Profile, ProfileProblem } from './types.ts';
import { validateStructure } from './validate.ts';

export { ProfileError } from './problem.ts';

export interface LoadOptions {
  /** Where secrets come from: usually `process.env`, with the lines of an env file on top. */
  env: Record<string, string | undefined>;
  /** Overrides of the profile's `vars`, by name. */
  vars?: Record<string, string>;
  /** Absent: what others define is not looked at. */
  words?: KnownWords;
}

/**
 * Reads and checks a profile: YAML or JSON, in our language or a bare proxyConfig. Nothing is sent.
 * @throws {ProfileError} with every problem of the file, by position
 */
export async function loadProfile(file: string, options: LoadOptions): Promise<Profile> {
  return parseProfile(await readText(file), file, options);
}

/**
 * The same for a text that is already in memory.
 * @param file its name, for messages and titles
 * @throws {ProfileError} with every problem of the text, by position
 */
export async function parseProfile(text: string, file: string, options: LoadOptions): Promise<Profile> {
  const { source, problems } = parseSource(text, file);
  if (!source) throw new ProfileError(problems);
  const hash = createHash('sha256').update(text).digest('hex');
  if (languageOf(source) === 'proxyConfig') {
    const { profile, problems: more } = loadBare(source, { env: options.env, hash });
    return profileOrThrow(profile, [...problems, ...more]);
  }

  problems.push(...(await validateStructure(source)), ...checkNames(source), ...checkPlaces(source));
  problems.push(...checkWords(source, options.words ?? {}));
  const { secrets: names, vars: declared } = asObject(source.document);
  const secrets = readSecrets(source, names, options.env);
  const vars = resolveVars(source, asObject(declared), options.vars ?? {});
  problems.push(...secrets.problems, ...vars.problems);
  // URLs are filled in last: with a missing secret or a broken template they would only repeat the problem.
  if (problems.length > 0) throw new ProfileError(problems);
  const { profile, problems: urls } = normalise(source, {
    secrets: secrets.values,
    vars: vars.values,
    hash,
    notes: literalSecrets(source),
  });
  return profileOrThrow(profile, urls);
}

function profileOrThrow(profile: Profile, problems: ProfileProblem[]): Profile {
  if (problems.length > 0) throw new ProfileError(problems);
  return profile;
}

/** @throws {ProfileError} when the document is neither language, or a version of ours that we do not know */
function languageOf(source: Source): Profile['language'] {
  const document = asObject(source.document);
  const refuse = (key: string, problem: Omit<ProfileProblem, 'file' | 'line' | 'column'>): never => {
    throw new ProfileError([{ file: source.file, ...source.valueAt([key]), ...problem }]);
  };
  if ('crmReady' in document) {
    const version = document.crmReady;
    if (version === 1) return 'crm-ready';
    return refuse('crmReady', {
      message: `the profile is written for \`crmReady: ${typeof version === 'number' ? version : JSON.stringify(version)}\``,
      expected: 'this crm-ready understands 1',
      hint: typeof version === 'number' && version > 1 ? 'update crm-ready' : 'write `crmReady: 1`',
    });
  }
  const misspelt = Object.keys(document).find((key) => nearest(key, ['crmReady']) !== null);
  if (misspelt !== undefined) {
    throw new ProfileError([
      {
        file: source.file,
        ...source.keyAt([misspelt]),
        message: `unknown key \`${misspelt}\` at the top`,
        expected: '`crmReady: 1`',
        hint: 'did you mean `crmReady`?',
      },
    ]);
  }
  if ('operations' in document || ('auth' in document && 'requestDefaults' in document)) return 'proxyConfig';
  throw new ProfileError([
    {
      file: source.file,
      line: 1,
      column: 1,
      message: 'this is no profile',
      expected: '`crmReady: 1` at the top, or a proxyConfig of App Connect with `operations`',
      hint: 'docs/profile.md begins with the smallest one; profiles/ has models to copy',
    },
  ]);
}

async function readText(file: string): Promise<string> {
  try {
    // Not even looked at: the wrong file may be a database dump.
    if ((await stat(file)).size > maxBytes) throw new ProfileError([{ file, ...tooLarge }]);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = unreadable[code];
    throw new ProfileError([
      {
        file,
        line: 1,
        column: 1,
        message: reason?.message ?? `the file cannot be read (${code || String(error)})`,
        expected: 'a profile: a YAML or JSON file',
        ...(reason?.hint !== undefined && { hint: reason.hint }),
      },
    ]);
  }
}

const unreadable: Record<string, { message: string; hint?: string }> = {
  ENOENT: {
    message: 'there is no such file',
    hint: 'docs/profile.md begins with the smallest one; profiles/ has models to copy',
  },
  EISDIR: { message: 'this is a folder, not a file', hint: 'name the profile in it' },
  EACCES: { message: 'the file may not be read', hint: 'check its permissions' },
  ENOTDIR: { message: 'a part of the path is not a folder' },
};
