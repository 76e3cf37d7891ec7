import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, missFrom, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';

interface Facts {
  create: OutcomeFacts;
  read: OutcomeFacts | null;
  written: number;
  kept: number | null;
  /** The beginning is as written, so the rest was cut off. */
  cut: boolean;
}

export default defineCheck({
  id: 'activity.long',
  item: 'activity',
  level: 'should',
  title: 'keeps a text of 20,000 characters',
  why: 'Transcripts are that long, and App Connect does not notice a text that was cut.',
  remedy: {
    vendor: 'Use a text column without a small limit, or refuse what is too long with a 4xx that says so.',
    integrator: 'Leave transcripts out, or attach them as files in a connector with code.',
  },
  links: [links.loggingCalls],
  operations: ['createCallLog', 'getCallLog'],
  needs: ['crm', 'contact', 'long call log', 'read call log'],
  writes: true,
  async observe(_context, have): Promise<Facts> {
    const { crm, contact, 'long call log': log, 'read call log': control } = have;
    if (!control.bodyFound)
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'activity.read',
        reason: 'a short text does not come back either',
      });
    const create = outcomeFacts(log.outcome);
    const written = log.draft.details.length;
    if (log.outcome.kind !== 'ok') return { create, read: null, written, kept: null, cut: false };
    const { id } = log.outcome.value;
    if (id === null) throw new Unanswerable(missFrom(create, 'activity.create'));
    const read = await crm.getCallLog(id, contact.id);
    const text = read.kind === 'ok' ? (read.value.fullBody ?? read.value.note ?? '') : null;
    return {
      create,
      read: outcomeFacts(read),
      written,
      kept: text === null ? null : text.length,
      cut: text !== null && text.length < written && log.draft.details.startsWith(text.slice(0, 100)),
    };
  },
  judge({ create, read, written, kept, cut }) {
    const expected = `${written.toLocaleString('en')} characters`;
    if (create.kind === 'refused') {
      const observed = `HTTP ${create.status} "${create.message}"`;
      return { verdict: 'warn', summary: `a long text is refused: ${observed}`, expected, observed };
    }
    if (create.kind !== 'ok') return judgeFailure(create, 'a long text', expected);
    if (read?.kind !== 'ok' || kept === null) {
      return read
        ? judgeFailure(read, 'reading the long text', expected)
        : { verdict: 'inconclusive', summary: 'not read' };
    }
    if (kept >= written) return { verdict: 'pass', summary: `${expected} came back` };
    const observed = `${kept.toLocaleString('en')} characters`;
    return {
      verdict: 'warn',
      summary: `${cut ? 'cut after' : 'came back with'} ${observed}`,
      expected,
      observed,
    };
  },
});
