import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';

const mostSeconds = 10;

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
    asks: 'The contact of lookup.e164 is asked for again and again, a quarter of a second after its creation, then with longer pauses.',
    pass: 'found within 10 s; the time is shown, and what to wait',
    warn: 'found later',
  },
  links: [links.contactMatching, links.createContact],
  operations: ['findContact', 'createContact'],
  needs: ['lookup by E.164', 'search that tells'],
  writes: true,
  async observe(_context, have): Promise<{ afterSeconds: number }> {
    const { afterSeconds } = have['lookup by E.164'];
    if (afterSeconds === null) {
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'lookup.e164',
        reason: 'the new contact was never found',
      });
    }
    return { afterSeconds };
  },
  judge({ afterSeconds }) {
    const after = `found ${afterSeconds.toFixed(1)} s after it was created`;
    if (afterSeconds < 1) return { verdict: 'pass', summary: 'found at once: nothing to wait for' };
    const wait = `wait ${Math.ceil(afterSeconds * 1.5)} s before searching`;
    if (afterSeconds <= mostSeconds) return { verdict: 'pass', summary: `${after}: ${wait}` };
    return {
      verdict: 'warn',
      summary: `${after}: ${wait}`,
      expected: `at most ${mostSeconds} s`,
      observed: `${afterSeconds.toFixed(1)} s`,
    };
  },
});
