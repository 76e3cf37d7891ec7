import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';

interface Facts {
  answer: OutcomeFacts;
  subjectFound: boolean;
  bodyFound: boolean;
  /** Mappings that gave no text. */
  gaps: string[];
}

export default defineCheck({
  id: 'activity.read',
  item: 'activity',
  level: 'must',
  title: 'returns the record by its id, with the subject and the body that were written',
  why: "App Connect reads a log before it changes it: what it cannot read it overwrites, the user's own note first.",
  remedy: {
    vendor: 'Return the record, with its text fields, by the id that the creation gave.',
    integrator: 'Map fullBodyPath to the field that composedLogDetails is written to.',
  },
  links: [links.loggingCalls],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['read call log'],
  async observe(_context, have): Promise<Facts> {
    const { outcome, subjectFound, bodyFound } = have['read call log'];
    const { subject, body } = outcome.kind === 'ok' ? outcome.value.gaps : {};
    return {
      answer: outcomeFacts(outcome),
      subjectFound,
      bodyFound,
      gaps: [subject, body].filter((gap) => gap !== undefined),
    };
  },
  judge({ answer, subjectFound, bodyFound, gaps }) {
    const expected = 'the subject and the body as they were written';
    if (answer.kind !== 'ok') return judgeFailure(answer, 'reading the record', expected);
    const missing = [...(subjectFound ? [] : ['subject']), ...(bodyFound ? [] : ['body'])];
    if (missing.length === 0) return { verdict: 'pass', summary: 'subject and body came back' };
    const without = `HTTP ${answer.status}, without the ${missing.join(' and the ')} that was written`;
    const observed = [without, ...gaps].join('; ');
    return {
      verdict: 'fail',
      summary: `the ${missing.join(' and the ')} did not come back`,
      expected,
      observed,
    };
  },
});
