import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';

/** What takes longer is too late for the log of the same call. */
export const mostSeconds = 10;
/** Between two answers; more, and something else kept them. */
const mostBetween = 2;

interface Facts {
  afterSeconds: number;
  /** When it was last asked for in vain, of all times that were answered; null: never. Absent in older reports. */
  missedSeconds?: number | null;
}

export default defineCheck({
  id: 'lookup.settle',
  item: 'phone-lookup',
  level: 'should',
  title: `finds a new contact within ${mostSeconds} s`,
  why: 'Whoever was created during a call is looked for when the call is logged: not found yet, they are created again.',
  remedy: {
    vendor: 'Search what is stored, or let the index follow within seconds.',
    integrator: 'Wait before the next search, and set `settle` in the profile.',
  },
  judged: {
    asks: 'The contact of lookup.e164 is asked for again and again, a quarter of a second after its creation, then with longer pauses, until 10 s of at most a second.',
    pass: 'found within 10 s; the time is shown, and what to wait',
    warn: 'asked for after 10 s, and not found yet',
    inconclusive:
      'found after 10 s, but for seconds before that no question was answered (a rate limit, trouble)',
  },
  links: [links.contactMatching, links.createContact],
  operations: ['findContact', 'createContact'],
  needs: ['lookup by E.164', 'search that tells'],
  writes: true,
  async observe(_context, have): Promise<Facts> {
    const { afterSeconds, missedSeconds } = have['lookup by E.164'];
    if (afterSeconds === null) {
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'lookup.e164',
        reason: 'the new contact was never found',
      });
    }
    return { afterSeconds, missedSeconds };
  },
  judge({ afterSeconds, missedSeconds = afterSeconds }) {
    const seconds = afterSeconds.toFixed(1);
    const after = `found ${seconds} s after it was created`;
    const missed = missedSeconds ?? 0;
    if (afterSeconds < 1) return { verdict: 'pass', summary: 'found at once: nothing to wait for' };
    const wait = `wait ${Math.ceil(afterSeconds * 1.5)} s before searching`;
    const expected = `at most ${mostSeconds} s`;
    if (afterSeconds > mostSeconds && missed >= mostSeconds)
      return { verdict: 'warn', summary: `${after}: ${wait}`, expected, observed: `${seconds} s` };
    if (afterSeconds > mostSeconds && afterSeconds - missed > mostBetween) {
      const since = missedSeconds === null ? '' : ` since ${missed.toFixed(1)} s, when it was not there`;
      const observed = `${after}, but no question was answered${since}`;
      return { verdict: 'inconclusive', summary: observed, expected };
    }
    return { verdict: 'pass', summary: `${after}: ${wait}` };
  },
});
