import type { Session } from '../../auth/session.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { diedOfAge, signOfLife } from './alive.ts';
import { doneLogout } from './done.ts';

interface Facts {
  /** Signing in a second time ended the first session already. */
  oneAtATime: boolean;
  /** The second session, after the first was logged out. */
  second: OutcomeFacts | null;
  /** Its token was due to expire when it was asked. */
  expired?: boolean;
}

export default defineCheck({
  id: 'logout.only-this-one',
  item: 'logout',
  level: 'should',
  title: 'leaves another session of the same user alive',
  why: 'People use App Connect in several places; leaving one of them should not throw them out of the others, nor out of other integrations.',
  remedy: {
    vendor:
      'Revoke the tokens of the grant that was named, not all that the user has (RFC 7009 section 2.1).',
    integrator: 'Tell users that disconnecting one device disconnects all.',
  },
  judged: {
    asks: 'A second session, signed in before the logout, makes the current-user call after it; then it is logged out, too.',
    pass: 'answered',
    warn: 'refused: the logout ends every session of the user',
    notApplicable:
      'a sign-in ends the session before it, or gives the same token again; or there is no sign-in',
    inconclusive:
      'a person would have to log in for it, and `--authorize-again` was not given; or a token expired before it was asked',
  },
  links: [links.revocationScope, links.unauthorize],
  needs: ['crm', 'refusals', 'unknown number', 'second session', 'logout'],
  before: ['second session'],
  phase: 'last',
  async observe({ clock }, have): Promise<Facts> {
    const { session } = doneLogout(have.logout);
    const { session: other, firstAlive } = have['second session'];
    if (!firstAlive) return { oneAtATime: true, second: null };
    const alive = (crm: typeof have.crm) => signOfLife(crm, have.refusals, have['unknown number'])();
    const second = have.crm.through(other);
    let open = true;
    try {
      const first = await alive(have.crm.through(session));
      if (first.kind === 'trouble')
        throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: first.message });
      if (first.kind !== 'refused') {
        const reason = 'the logout ended nothing, so nothing can be said of what else it ends';
        throw new Unanswerable({ verdict: 'blocked', by: 'logout.access-dead', reason });
      }
      const expired = ({ expiresAt }: Session) =>
        expiresAt !== null && diedOfAge(clock.now() / 1000, expiresAt / 1000);
      if (expired(session)) {
        const reason =
          "the token of the first session has expired meanwhile: that may not be the logout's doing";
        throw new Unanswerable({ verdict: 'inconclusive', by: null, reason });
      }
      const facts = outcomeFacts(await alive(second));
      open = facts.kind !== 'refused';
      return { oneAtATime: false, second: facts, expired: expired(other) };
    } finally {
      // A guest leaves nothing open behind.
      if (open) await second.endSession();
    }
  },
  judge({ oneAtATime, second, expired = false }) {
    if (oneAtATime || !second) {
      return {
        verdict: 'not-applicable',
        summary: 'a new sign-in ends the older session, so that there is never another',
        cautions: [
          'each sign-in of a user ends the one before: App Connect on a second device ends the first',
        ],
      };
    }
    switch (second.kind) {
      case 'ok':
      case 'unreadable':
        return { verdict: 'pass', summary: 'a second session of the same user lives on' };
      case 'refused':
        if (expired) {
          const summary = 'the token of the second session has expired meanwhile';
          return { verdict: 'inconclusive', summary };
        }
        return {
          verdict: 'warn',
          summary: 'the logout ends every session of the user',
          expected: 'the second session is answered as before',
          observed: `HTTP ${second.status}`,
        };
      default:
        return { verdict: 'inconclusive', summary: `could not be asked: ${second.message}` };
    }
  },
});
