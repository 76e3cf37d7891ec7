import type { Misplaced } from '../../operation/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeMisplaced, misplacedText } from '../misplaced.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { containsAsWritten } from './text.ts';

interface Facts {
  answer: OutcomeFacts;
  subjectFound: boolean;
  bodyFound: boolean;
  /** Read-only: texts that the profile does not name, so that nothing is there to compare with. Absent in older reports. */
  unnamed?: ('subject' | 'body')[];
  /** Those that came back in other capitals. */
  recased: string[];
  /** Mappings that gave no text. */
  gaps: string[];
  /** Texts that their mapping did not find, and that stand elsewhere in the answer. Absent in older reports. */
  misplaced?: { subject?: Misplaced; body?: Misplaced };
}

export default defineCheck({
  id: 'activity.read',
  item: 'activity',
  level: 'must',
  title: 'returns the record by its id, with the subject and the body that were written',
  why: "App Connect reads a log before it changes it: what it cannot read it overwrites, the user's own note first.",
  remedy: {
    vendor: 'Return the record, with its text fields, by the id that the creation gave.',
    integrator:
      'Look for the address at which the CRM gives a record back, and for the id that it takes there (`getCallLog`).',
  },
  judged: {
    asks: '`getCallLog` with that id, until the settle time is over.',
    pass: 'the subject and the note that were written are in the answer',
    warn: 'they are, but in other capitals',
    fail: 'one of them is not, or the record cannot be read',
    inconclusive: misplacedText,
  },
  links: [links.loggingCalls],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['read call log'],
  async observe(_context, have): Promise<Facts> {
    const { outcome, subjectFound, bodyFound, specimen } = have['read call log'];
    const answer = outcomeFacts(outcome);
    const { draft, fixture } = specimen;
    const texts = { subject: draft.subject, body: draft.note };
    const unnamed = (['subject', 'body'] as const).filter((text) => fixture && texts[text] === '');
    const facts = { answer, subjectFound, bodyFound, unnamed };
    if (outcome.kind !== 'ok') return { ...facts, recased: [], gaps: [] };
    const { subject, fullBody, note, raw, gaps } = outcome.value;
    const recased = [
      ...(subjectFound && !containsAsWritten(subject ?? raw, draft.subject) ? ['subject'] : []),
      ...(bodyFound && !containsAsWritten(fullBody ?? note ?? raw, draft.note) ? ['body'] : []),
    ];
    return {
      ...facts,
      recased,
      gaps: [gaps.subject, gaps.body].flatMap((gap) => gap?.why ?? []),
      misplaced: {
        ...(gaps.subject?.misplaced && { subject: gaps.subject.misplaced }),
        ...(gaps.body?.misplaced && { body: gaps.body.misplaced }),
      },
    };
  },
  judge({ answer, subjectFound, bodyFound, unnamed = [], recased, gaps, misplaced = {} }) {
    const expected = 'the subject and the body as they were written';
    if (answer.kind !== 'ok') return judgeFailure(answer, 'reading the record', expected);
    const found = { subject: subjectFound, body: bodyFound };
    const missing = (['subject', 'body'] as const).filter((text) => !found[text] && !unnamed.includes(text));
    if (missing.length === 0 && unnamed.length > 0) {
      const keys = unnamed.map((text) => `fixtures.callLog.${text}`).join(' and ');
      return { verdict: 'inconclusive', summary: `read-only: say what stands in the record under ${keys}` };
    }
    if (missing.length === 0 && recased.length > 0) {
      const observed = `${recased.join(' and ')} came back in other capitals`;
      const remedy = {
        vendor: 'Keep the capitals of a text as they were written.',
        integrator: 'Write to another field, which keeps them.',
      };
      return { verdict: 'warn', summary: observed, expected, observed, remedy };
    }
    if (missing.length === 0) return { verdict: 'pass', summary: 'subject and body came back' };
    const without = `HTTP ${answer.status}, without the ${missing.join(' and the ')} that was written`;
    const observed = [without, ...gaps].join('; ');
    const slips = missing.flatMap((text) => misplaced[text] ?? []);
    if (slips.length === missing.length)
      return {
        ...judgeMisplaced(slips, `the ${missing.join(' and the ')}`, 'the record'),
        expected,
        observed,
      };
    return {
      verdict: 'fail',
      summary: `the ${missing.join(' and the ')} did not come back`,
      expected,
      observed,
      remedy: {
        integrator: missing
          .map((text) =>
            text === 'body'
              ? 'Map fullBodyPath to the field that composedLogDetails is written to.'
              : 'Map subjectPath to the field that the subject is written to.',
          )
          .join(' '),
      },
    };
  },
});
