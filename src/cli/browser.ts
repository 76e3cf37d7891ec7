import { access, constants } from 'node:fs/promises';
import type { Profile } from '../profile/types.ts';
import { UsageError } from './failure.ts';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/**
 * The profile with the real browser that fills in its login pages, where these need one or the command line names one.
 * @param named `--browser`
 * @throws {UsageError} where there is no browser, or no playwright-core to drive it
 */
export async function withBrowser(
  profile: Profile,
  named: string | undefined,
  env: Record<string, string | undefined>,
): Promise<Profile> {
  const { auth } = profile;
  if (auth.type !== 'oauth' || auth.loginPages.length === 0) {
    if (named === undefined) return profile;
    throw new UsageError(
      `--browser ${named}: ${profile.file} describes no login pages that it could fill in`,
      'Add auth.loginPages (docs/profile.md), or leave --browser out.',
    );
  }
  if (named === undefined && !auth.loginScripts) return profile;
  const browser = await findBrowser(named ?? env.CHROME_PATH);
  try {
    await import('playwright-core');
  } catch {
    throw new UsageError(
      'the login pages need a real browser, and playwright-core is not installed to drive it',
      'npm install playwright-core, beside crm-ready; or log in yourself: crm-ready login --paste.',
    );
  }
  return { ...profile, auth: { ...auth, browser } };
}

async function findBrowser(named: string | undefined): Promise<string> {
  const places = named === undefined ? usualPlaces : [named];
  for (const place of places) {
    if (await isExecutable(place)) return place;
  }
  throw new UsageError(
    `the login pages need a real browser, and there is none at ${places.join(' or ')}`,
    'Name the executable of Chromium or Chrome: --browser PATH, or the environment variable CHROME_PATH.',
  );
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
