import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { diedOfAge, isHeldBack, signOfLife } from './alive.ts';
import { doneLogout } from './done.ts';

interface Facts {
  /** Seconds from the logout until the credential was refused; null: it still worked at the end. */
  deadAfterSeconds: number | null;
  waitedSeconds: number;
  /** Seconds from the logout until the token dies by itself; null: nobody said. */
  expiresAfterSeconds?: number | null;
  last: OutcomeFacts;
  /** The logout itself. Absent in older reports. */
  logout?: { exchange: number | null };
}

export default defineCheck({
  id: 'logout.access-dead',
  item: 'logout',
  level: 'must',
  title: 'refuses the same access token after the logout',
  why: 'App Connect says "Logged out" whatever happens: only the CRM can make it true.',
  remedy: {
    vendor: 'Make the token unusable at once, for every endpoint.',
    integrator: 'Tell users how long the access lives on, and where to end it.',
  },
  judged: {
    asks: 'The current-user call with the old token (renewed before the logout, where it would not outlive the wait), again and again up to `--revoke-wait` (60 s). Where that call lets anybody in, a search.',
    pass: 'refused; the seconds until then are shown',
    fail: 'still answered at the end of the wait',
    inconclusive: 'refused only when the token was due to expire: that is no word about the logout',
    notApplicable: 'a personal credential has no revocation by design',
  },
  links: [links.unauthorize, links.revocation],
  needs: ['crm', 'refusals', 'unknown number', 'logout'],
  phase: 'last',
  async observe({ clock, settings }, have): Promise<Facts> {
    const { session, at, outcome } = doneLogout(have.logout);
    const logout = { exchange: outcome.exchange };
    const ask = signOfLife(have.crm.through(session), have.refusals, have['unknown number']);
    const elapsed = () => (clock.now() - at) / 1000;
    const expiresAfterSeconds = session.expiresAt === null ? null : (session.expiresAt - at) / 1000;
    const over = clock.waits?.('the access token to die', at + settings.revokeWaitSeconds * 1000);
    try {
      for (let pause = 250; ; pause = Math.min(pause * 2, 5000)) {
        const last = outcomeFacts(await ask());
        if (last.kind === 'refused') {
          return { deadAfterSeconds: elapsed(), waitedSeconds: elapsed(), expiresAfterSeconds, last, logout };
        }
        if (elapsed() >= settings.revokeWaitSeconds || clock.cancelled || isHeldBack(last)) {
          return { deadAfterSeconds: null, waitedSeconds: elapsed(), expiresAfterSeconds, last, logout };
        }
        await clock.sleep(Math.min(pause, settings.revokeWaitSeconds * 1000 - elapsed() * 1000 + 1));
      }
    } finally {
      over?.();
    }
  },
  judge({ deadAfterSeconds, waitedSeconds, expiresAfterSeconds = null, last }) {
    const expected = 'a request with the old credential is refused';
    if (deadAfterSeconds !== null) {
      if (expiresAfterSeconds !== null && diedOfAge(deadAfterSeconds, expiresAfterSeconds)) {
        const summary = `refused only after ${Math.round(deadAfterSeconds)} s, when the token was due to expire: that may not be the logout's doing`;
        return { verdict: 'inconclusive', summary };
      }
      return {
        verdict: 'pass',
        summary: deadAfterSeconds < 1 ? 'refused at once' : `refused after ${Math.round(deadAfterSeconds)} s`,
      };
    }
    if (last.kind === 'trouble')
      return { verdict: 'inconclusive', summary: `could not be asked: ${last.message}` };
    // An error inside a 200, say, that the profile cannot tell from a success.
    if (last.kind === 'unreadable')
      return { verdict: 'inconclusive', summary: `the answer afterwards cannot be read: ${last.message}` };
    const observed = `HTTP ${last.status} after ${Math.round(waitedSeconds)} s`;
    return {
      verdict: 'fail',
      summary: `the access token still works ${Math.round(waitedSeconds)} s after the logout`,
      expected,
      observed,
    };
  },
});
