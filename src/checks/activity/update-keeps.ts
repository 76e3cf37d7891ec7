import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { type LeafChange, unnamedChanges } from './leaves.ts';

export default defineCheck({
  id: 'activity.update-keeps',
  item: 'activity',
  level: 'must',
  title: 'keeps what the update did not name',
  why: 'App Connect sends only what is new: an update that clears the rest loses the contact, the time or the direction of the call.',
  remedy: {
    vendor: 'Treat an update as partial: leave every field alone that the request does not name.',
    integrator:
      'Read the record first and send all of it back (`steps` in the profile, a connector with code).',
  },
  judged: {
    asks: 'Every value of the raw answers before and after the update. Times of change, versions and counters do not count, nor what is made from the new text (an excerpt, its length, a checksum), nor what differs between two readings without an update.',
    pass: 'nothing else changed',
    fail: 'another value changed, or one is empty now; the first four are named',
  },
  links: [links.loggingCalls],
  operations: ['updateCallLog', 'getCallLog', 'createCallLog'],
  needs: ['updated call log'],
  writes: true,
  async observe(_context, have): Promise<{ changes: LeafChange[] }> {
    const { earlier, before, after, found, written, subject } = have['updated call log'];
    if (after === null || !found) {
      throw new Unanswerable({ verdict: 'blocked', by: 'activity.update', reason: 'nothing was updated' });
    }
    const named = [written, subject, before.note ?? written];
    return { changes: unnamedChanges(before.raw, after.raw, named, earlier.raw).slice(0, 20) };
  },
  judge({ changes }) {
    if (changes.length === 0) return { verdict: 'pass', summary: 'nothing else changed' };
    const said = changes
      .slice(0, 4)
      .map(({ path, before, after }) => `${path}: ${before} became ${after ?? 'nothing'}`);
    return {
      verdict: 'fail',
      summary: `${changes.length} other ${changes.length === 1 ? 'field' : 'fields'} changed: ${changes
        .slice(0, 4)
        .map(({ path }) => path)
        .join(', ')}`,
      expected: 'every other field as before',
      observed: said.join('; '),
    };
  },
});
