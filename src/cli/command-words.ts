import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isSecretName } from '../http/secret-names.ts';

interface WayToAsk {
  profile: string;
  envFile?: string;
  var: readonly string[];
  region?: string;
  lookup: string;
  allowPlainHttp?: boolean;
  readOnly?: boolean;
  revokeShared?: boolean;
  timeout?: number;
}

/** The words that ask the same CRM again, in the same way. What a person should not hand on is left to be filled in. */
export function commandOf(options: WayToAsk): string[] {
  const {
    profile,
    envFile,
    var: variables,
    region,
    lookup,
    allowPlainHttp,
    readOnly,
    revokeShared,
    timeout,
  } = options;
  return [
    'check',
    '--profile',
    profile,
    ...(envFile === undefined ? [] : ['-e', envFile]),
    ...variables.flatMap((pair) => ['--var', withoutSecret(pair)]),
    ...(region === undefined ? [] : ['--region', region]),
    ...(lookup === 'full' ? [] : ['--lookup', lookup]),
    ...(allowPlainHttp ? ['--allow-plain-http'] : []),
    ...(readOnly ? ['--read-only'] : []),
    ...(revokeShared ? ['--revoke-shared'] : []),
    ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
  ];
}

/** `port=8080` as it is; of `password=…` the name only. */
function withoutSecret(pair: string): string {
  const name = pair.slice(0, pair.indexOf('='));
  return isSecretName(name) ? `${name}=…` : pair;
}

/**
 * The path of a file from this folder, with `/`; in a job of GitHub from the root of the repository, where annotations
 * are looked for. Undefined where it lies elsewhere.
 */
export function pathFromHere(file: string): string | undefined {
  const path = relative(process.env.GITHUB_WORKSPACE || process.cwd(), resolve(file));
  return path.startsWith('..') || isAbsolute(path) ? undefined : path.split(sep).join('/');
}
