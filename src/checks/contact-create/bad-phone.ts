import { excerpt } from '../activity/fidelity/excerpt.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, judgeFailure } from '../outcome-facts.ts';
import type { BadPhone } from './specimens.ts';

export default defineCheck({
  id: 'contact.bad-phone',
  item: 'contact-create',
  level: 'should',
  title: 'answers a phone number that is none with a 4xx that says what is wrong',
  why: 'A contact without a number that works is never found again; a refusal that names the number can be put right at once.',
  remedy: {
    vendor: 'Check the number when a contact is created; refuse with 400 or 422 and name the field.',
    integrator: 'Check the number before it is sent, in a connector with code.',
  },
  judged: {
    asks: '`createContact` with the number `crm-ready nonsense`; after a 5xx once more, and then a good request.',
    pass: 'a 4xx (neither 401 nor 403) whose message or field names the number; what only repeats the contact that was sent does not count',
    warn: 'accepted (stored as it is, changed, or silently dropped: which is said), refused without a reason or with 401 or 403, a 5xx that repeats, or a 2xx with an error inside',
  },
  links: [links.createContact, links.statusCodes],
  operations: ['createContact'],
  needs: ['bad phone'],
  writes: true,
  async observe(_context, have) {
    return have['bad phone'];
  },
  judge({ written, answer, saysWhat, kept }) {
    const expected = `a 4xx answer to "${written}" that says what is wrong`;
    const observed = answered(answer);
    if (answer.kind === 'ok' || answer.kind === 'unreadable') {
      return {
        verdict: 'warn',
        summary: became(kept),
        expected,
        observed: `HTTP ${answer.status}, ${became(kept)}`,
      };
    }
    if (answer.kind !== 'refused') return judgeFailure(answer, 'a contact with a bad number', expected);
    const status = answer.status ?? 0;
    if (status === 401 || status === 403) {
      const summary = `refused with ${status}, which speaks of permission, not of the number`;
      return { verdict: 'warn', summary, expected, observed };
    }
    if (status >= 400 && status < 500) {
      if (saysWhat) return { verdict: 'pass', summary: `refused with ${observed}` };
      return { verdict: 'warn', summary: 'refused, but nothing says what is wrong', expected, observed };
    }
    return {
      verdict: 'warn',
      summary:
        status >= 500
          ? `answered ${status}, as if the CRM had failed`
          : `refused, but with ${status}: App Connect takes it for a success`,
      expected,
      observed,
    };
  },
});

function became(kept: BadPhone['kept']): string {
  if (kept === 'another contact') return 'accepted, and answered with another contact';
  if (kept === 'unseen') return 'accepted; what was stored cannot be seen';
  if (kept.text === null || kept.text.trim() === '') return 'accepted, and the number silently dropped';
  return `accepted, and stored as "${excerpt(kept.text, 60)}"`;
}
