import { Unanswerable } from '../unanswerable.ts';
import type { Logout } from './specimens.ts';

/** The logout, where it was carried out. @throws {Unanswerable} where there is nothing to look for afterwards */
export function doneLogout(logout: Logout): Extract<Logout, { kind: 'asked' }> {
  if (logout.kind === 'by design') {
    const reason = 'a personal credential has no revocation by design';
    throw new Unanswerable({ verdict: 'not-applicable', by: null, reason });
  }
  if (logout.outcome.kind !== 'ok') {
    throw new Unanswerable({
      verdict: 'blocked',
      by: 'logout.endpoint',
      reason: 'the logout did not go through',
    });
  }
  return logout;
}
