import { createdFacts, judgeCreated } from '../created-facts.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { misplacedText } from '../misplaced.ts';

export default defineCheck({
  id: 'activity.create',
  item: 'activity',
  level: 'must',
  title: 'creates a call record for a contact and returns its id',
  why: 'This is what App Connect is for; without the id the record can never be updated.',
  remedy: {
    vendor:
      'Take a call as a record of the contact, and return the id of the new record in the body of the answer.',
    integrator:
      'Send the fields that a refusal names; or log calls as a kind of record that the CRM takes: a note, a task.',
  },
  judged: {
    asks: '`createCallLog` for the contact that was created with E.164.',
    pass: 'a 2xx answer with the id of the record in its body',
    warn: 'the id stands in a header only (adapter code)',
    fail: 'refused, or no id comes back',
    inconclusive: misplacedText,
  },
  links: [links.loggingCalls],
  operations: ['createCallLog'],
  needs: ['created call log'],
  writes: true,
  async observe(_context, have) {
    return createdFacts(have['created call log'].outcome);
  },
  judge: (facts) =>
    judgeCreated(
      facts,
      'the call record',
      'A connector with code can look the record up among those of the contact.',
    ),
});
