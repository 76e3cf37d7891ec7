import { isAuthorizationCode } from '../auth/sign-in.ts';
import type { KnownWords } from '../profile/check-words.ts';
import type { Profile } from '../profile/types.ts';
import { fictionalRegions } from '../run/numbers.ts';
import { neverAskedOf, selectable } from '../run/plan.ts';
import { UsageError } from './failure.ts';

/** What a profile may name. @param region of the command line, which takes the place of the profile's */
export function knownWords(region: string | undefined): KnownWords {
  return { optOut: selectable, ...(region === undefined && { regions: fictionalRegions }) };
}

/** `--only`, before any file is read. @throws {UsageError} for a word that there is not */
export function refuseUnknown(only: readonly string[] | undefined): void {
  const unknown = (only ?? []).filter((word) => !selectable.includes(word));
  if (unknown.length > 0) {
    throw new UsageError(
      `--only: there is no item or requirement ${unknown.map((word) => `"${word}"`).join(', ')}`,
      'Items: oauth, logout, activity, phone-lookup, contact-create, current-user, beyond. Requirements have ids such as lookup.e164.',
    );
  }
}

/** @throws {UsageError} for a requirement that this profile never has: a run would measure nothing of it */
export function refuseNeverAsked(only: readonly string[] | undefined, profile: Profile): void {
  const never = neverAskedOf(profile, only ?? []);
  if (never.length === 0) return;
  const are = never.length === 1 ? 'is' : 'are';
  const says = isAuthorizationCode(profile.auth)
    ? `${never.join(', ')} ${are} asked of profiles without OAuth only; this one has oauth.authorize and the rest of it`
    : `${never.join(', ')} ${are} asked of OAuth profiles only; this one has auth.alternative`;
  throw new UsageError(
    `--only: ${says}`,
    'OAuth is meant with an authorization code, which users get for themselves. crm-ready plan lists what is asked of a profile.',
  );
}
