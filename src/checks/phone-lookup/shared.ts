import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';

interface Facts {
  phoneNumber: string;
  /** The creation of the second contact with the same number. */
  second: OutcomeFacts;
  /** null: there are no two contacts. */
  found: number | null;
  last: OutcomeFacts;
  waitedSeconds: number;
}

export default defineCheck({
  id: 'lookup.shared',
  item: 'phone-lookup',
  level: 'should',
  title: 'returns all contacts that share a number',
  why: 'A family or a company has one number: App Connect lets the user choose among those who come back, and only among them.',
  remedy: {
    vendor: 'Return every contact that has the number, not the first.',
    integrator: 'Ask for more than one result where the search has a limit.',
  },
  judged: {
    asks: 'Two new contacts with one number, then a search for it.',
    pass: 'both come back',
    warn: 'one of them, or none',
    notApplicable: 'the CRM refuses a second contact with the same number, or makes one of the two',
  },
  links: [links.contactMatching],
  operations: ['findContact', 'createContact'],
  needs: ['shared number'],
  writes: true,
  async observe(_context, have): Promise<Facts> {
    const { phoneNumber, second, found, last, waitedSeconds } = have['shared number'];
    return { phoneNumber, second: outcomeFacts(second.outcome), found, last, waitedSeconds };
  },
  judge({ phoneNumber, second, found, last, waitedSeconds }) {
    const expected = `both contacts for ${phoneNumber}`;
    if (second.kind === 'trouble')
      return judgeFailure(second, 'a second contact with the same number', expected);
    if (second.kind !== 'ok') {
      return {
        verdict: 'not-applicable',
        summary: `the CRM takes no second contact with the same number: ${answered(second)}`,
      };
    }
    if (last.kind !== 'ok') return judgeFailure(last, 'the search for a shared number', expected);
    if (found === null)
      return { verdict: 'not-applicable', summary: 'the CRM makes one contact of two with the same number' };
    if (found === 2) return { verdict: 'pass', summary: 'both contacts come back' };
    return {
      verdict: 'warn',
      summary: `${found === 1 ? 'one of the two contacts comes' : 'neither of the two contacts comes'} back`,
      expected,
      observed: `${found} of 2, after ${Math.round(waitedSeconds)} s`,
    };
  },
});
