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
  tokenFile?: string;
  onNewToken?: string;
  browser?: string;
  clientCert?: string;
  clientKey?: string;
}

/** The words that ask the same CRM again, in the same way. What a person should not hand on is left to be filled in. */
export function commandOf(options: WayToAsk): string[] {
  const {
    profile,
    envFile,
    var: variables,
    lookup,
    allowPlainHttp,
    readOnly,
    revokeShared,
    timeout,
  } = options;
  const named: [name: string, value: string | undefined][] = [
    ['--profile', profile],
    ['-e', envFile],
    ...variables.map((pair): [string, string] => ['--var', withoutSecret(pair)]),
    ['--token-file', options.tokenFile],
    ['--on-new-token', options.onNewToken],
    ['--browser', options.browser],
    ['--client-cert', options.clientCert],
    ['--client-key', options.clientKey],
    ['--region', options.region],
    ['--lookup', lookup === 'full' ? undefined : lookup],
    ['--timeout', timeout === undefined ? undefined : String(timeout)],
  ];
  return [
    'check',
    ...named.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
    ...(allowPlainHttp ? ['--allow-plain-http'] : []),
    ...(readOnly ? ['--read-only'] : []),
    ...(revokeShared ? ['--revoke-shared'] : []),
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
