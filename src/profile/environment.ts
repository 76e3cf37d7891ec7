import type { Source } from './parse.ts';
import { didYouMean, oneOf } from './suggest.ts';
import type { Json, ProfileProblem } from './types.ts';

interface Values<T> {
  values: Record<string, T>;
  problems: ProfileProblem[];
}

/** The values of the environment variables that the profile lists. A missing or empty one is a problem. */
export function readSecrets(
  source: Source,
  names: Json | undefined,
  env: Record<string, string | undefined>,
): Values<string> {
  const values: Record<string, string> = {};
  const problems: ProfileProblem[] = [];
  for (const [index, name] of (Array.isArray(names) ? names : []).entries()) {
    if (typeof name !== 'string') continue;
    const value = env[name];
    if (value !== undefined && value.trim() !== '') {
      values[name] = value;
      continue;
    }
    problems.push({
      file: source.file,
      ...source.valueAt(['secrets', index]),
      message: `the environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}`,
      expected: 'a value for each secret that the profile lists',
      hint: `export ${name}=… or put it into a file and add -e <file>`,
    });
  }
  return { values, problems };
}

/**
 * The profile's variables, with the caller's values on top.
 * An override keeps the type of the declared value where it can: `5` for a number, `true` for a boolean.
 */
export function resolveVars(
  source: Source,
  declared: { [name: string]: Json },
  overrides: Record<string, string>,
): Values<Json> {
  const names = Object.keys(declared);
  const problems: ProfileProblem[] = [];
  const values = new Map(Object.entries(declared));
  for (const [name, text] of Object.entries(overrides)) {
    if (Object.hasOwn(declared, name)) {
      values.set(name, typedLike(declared[name] ?? null, text));
      continue;
    }
    problems.push({
      file: source.file,
      ...source.keyAt(['vars']),
      message: `--var ${name} names a variable that the profile does not declare`,
      expected: names.length === 0 ? 'no --var: the profile declares no `vars`' : oneOf(names),
      hint: didYouMean(name, names) ?? `add \`${name}\` to \`vars\``,
    });
  }
  for (const [name, value] of values) {
    if (value !== null) continue;
    problems.push({
      file: source.file,
      ...source.keyAt(['vars', name]),
      message: `\`vars.${name}\` has no value`,
      expected: 'a value in the profile or on the command line',
      hint: `--var ${name}=…`,
    });
  }
  return { values: Object.fromEntries(values), problems };
}

function typedLike(declared: Json, text: string): Json {
  if (typeof declared === 'number' && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (typeof declared === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
