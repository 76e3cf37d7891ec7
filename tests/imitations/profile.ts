import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProfile } from '../../src/profile/load.ts';
import type { LogFormat, Profile } from '../../src/profile/types.ts';
import type { ImitatedCrm } from './crm.ts';

const file = join(import.meta.dirname, 'profile.yaml');

export interface ProfileOptions {
  /** Default: the profile's own. */
  settleSeconds?: number;
  /** Default: plain text. */
  logFormat?: LogFormat;
  /** Leave the success predicates out: the statuses are believed, as App Connect's proxy mode does. */
  believesStatuses?: boolean;
}

/** The profile of all imitations, pointed at this one. */
export async function profileOf(crm: ImitatedCrm, options: ProfileOptions = {}): Promise<Profile> {
  const written = await readFile(file, 'utf8');
  const text = options.believesStatuses
    ? written.replace(/, success: \*ok/g, '').replace(/^ *success:.*\n/gm, '')
    : written;
  const profile = await parseProfile(text, file, {
    env: { IMITATION_KEY: crm.apiKey },
    vars: { port: String(crm.port) },
  });
  const { settleSeconds = profile.settleSeconds, logFormat = 'text/plain' } = options;
  return { ...profile, settleSeconds, meta: { ...profile.meta, logFormat } };
}
