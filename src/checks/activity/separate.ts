import { defineCheck, Unanswerable } from '../define-check.ts';
import { links } from '../links.ts';
import { missFrom, outcomeFacts } from '../outcome-facts.ts';
import { contains } from './text.ts';

export default defineCheck({
  id: 'activity.separate',
  item: 'activity',
  level: 'must',
  title: 'gives two calls two ids and keeps both',
  why: 'Two calls with the same person on the same day are two records; merging them loses one.',
  remedy: {
    vendor: 'Create a record for each request, whatever an earlier one looks like.',
    integrator: 'Put something unique (the call\'s session id) into the record.',
  },
  links: [links.loggingCalls],
  needs: ['crm', 'call log', 'second call log', 'read call log'],
  writes: true,
  async observe(_context, have) {
    const { crm, 'call log': first, 'second call log': second, 'read call log': firstRead } = have;
    if (firstRead.outcome.kind !== 'ok') {
      throw new Unanswerable(missFrom(outcomeFacts(firstRead.outcome), 'activity.read'));
    }
    const secondId = second.outcome.kind === 'ok' ? second.outcome.value.id : null;
    if (secondId === null) throw new Unanswerable(missFrom(outcomeFacts(second.outcome), 'activity.create'));
    // The first is read again only now, after the second was created: an overwritten one shows here.
    const [one, two] = await Promise.all([
      crm.getCallLog(first.id, first.contact.id),
      crm.getCallLog(secondId, first.contact.id),
    ]);
    const keeps = (read: typeof one, subject: string, note: string) =>
      read.kind === 'ok' && (contains(read.value.raw, subject) || contains(read.value.raw, note));
    return {
      ids: [String(first.id), String(secondId)] as const,
      firstKept: keeps(one, first.draft.subject, first.draft.note),
      secondKept: keeps(two, second.draft.subject, second.draft.note),
      trouble: [one, two].flatMap((read) => (read.kind === 'trouble' ? [read.message] : []))[0] ?? null,
    };
  },
  judge({ ids: [first, second], firstKept, secondKept, trouble }) {
    const expected = 'two ids, and both texts';
    if (trouble !== null) return { verdict: 'inconclusive', summary: `could not be read: ${trouble}` };
    if (first === second) {
      return { verdict: 'fail', summary: 'two calls got the same id', expected, observed: `${first} twice` };
    }
    if (!firstKept || !secondKept) {
      const lost = firstKept ? 'second' : 'first';
      return { verdict: 'fail', summary: `the ${lost} call is lost`, expected, observed: `without the ${lost} text` };
    }
    return { verdict: 'pass', summary: 'two ids, both kept' };
  },
});
