import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseProfile } from '../../src/profile/load.ts';
import type { Json, LogFormat, Profile } from '../../src/profile/types.ts';
import type { ImitatedCrm } from './crm.ts';

const file = join(import.meta.dirname, 'profile.yaml');

export interface ProfileOptions {
  /** Default: the profile's own. */
  settleSeconds?: number;
  /** Default: plain text. */
  logFormat?: LogFormat;
  /** When an answer is a success, for all operations; null: the statuses are believed, as App Connect's proxy mode does. */
  success?: string | null;
  /** What this CRM is described by in place of what all of them are: merged into the profile; null takes a key away. */
  changes?: Changes;
}

interface Changes {
  /** Replaces the credential of the profile. */
  auth?: JsonObject;
  operations?: JsonObject;
}

interface JsonObject {
  [key: string]: Json;
}

/** The profile of all imitations, pointed at this one. */
export async function profileOf(crm: ImitatedCrm, options: ProfileOptions = {}): Promise<Profile> {
  const { changes = {}, success, logFormat = 'text/plain' } = options;
  const common: JsonObject = parse(await readFile(file, 'utf8'), { merge: true });
  const operations = Object.entries(merged(common.operations ?? {}, changes.operations ?? {}));
  const document = {
    ...common,
    secrets: Object.keys(crm.secrets),
    ...(changes.auth && { auth: changes.auth }),
    operations: Object.fromEntries(
      operations.map(([name, operation]) => [
        name,
        success === undefined ? operation : merged(operation, { success }),
      ]),
    ),
  };
  const profile = await parseProfile(JSON.stringify(document), file, {
    env: crm.secrets,
    vars: { port: String(crm.port) },
  });
  const { settleSeconds = profile.settleSeconds } = options;
  return { ...profile, settleSeconds, meta: { ...profile.meta, logFormat } };
}

/** Objects are merged key by key; anything else is replaced. */
function merged(base: Json, changes: JsonObject): JsonObject {
  const result: JsonObject = isObject(base) ? { ...base } : {};
  for (const [key, change] of Object.entries(changes)) {
    if (change === null) delete result[key];
    else result[key] = isObject(change) ? merged(result[key] ?? {}, change) : change;
  }
  return result;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
