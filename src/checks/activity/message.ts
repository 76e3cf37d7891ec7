import { type CreatedFacts, createdFacts, judgeCreated } from '../created-facts.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { misplacedText } from '../misplaced.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { contains } from './text.ts';

interface Facts extends CreatedFacts {
  /** How the reading ended; null: not read. Absent in older reports. */
  reading?: OutcomeFacts | null;
  /** null: not read. */
  textFound: boolean | null;
}

export default defineCheck({
  id: 'activity.message',
  item: 'activity',
  level: 'must',
  title: 'records an SMS for the contact and returns its id',
  why: 'Conversations by SMS are logged like calls; without the id the next message opens another record.',
  remedy: {
    vendor: 'Take a message as an activity of the contact, and return the id of the record.',
    integrator: 'Write messages as notes where the CRM has no record of its own for them.',
  },
  judged: {
    asks: '`createMessageLog`; the text is read back where the profile has `getMessageLog`.',
    pass: 'a 2xx answer with the id of the record in its body, and the text where it can be read',
    warn: 'the id stands in a header only (adapter code)',
    fail: 'refused, no id comes back, the record cannot be read by its id, or the text is not there',
    inconclusive: misplacedText,
  },
  links: [links.loggingMessages],
  operations: ['createMessageLog'],
  needs: ['crm', 'created message log'],
  writes: true,
  async observe({ settled }, have): Promise<Facts> {
    const { outcome, contact, text } = have['created message log'];
    const id = outcome.kind === 'ok' ? outcome.value.id : null;
    if (id === null || !have.crm.describes('getMessageLog'))
      return { ...createdFacts(outcome), reading: null, textFound: null };
    const { answer: read } = await settled(
      () => have.crm.getMessageLog(id, contact.id),
      (one) => one.kind === 'ok' && contains(one.value.raw, text),
    );
    return {
      ...createdFacts(outcome),
      reading: outcomeFacts(read),
      textFound: read.kind === 'ok' ? contains(read.value.raw, text) : null,
    };
  },
  judge({ reading, textFound, ...created }) {
    const expected = 'the text that was written';
    if (reading && reading.kind !== 'ok') {
      const remedy = {
        vendor: 'Return the record of a message by the id that its creation gave.',
        integrator: 'Look for the address at which the CRM gives a message back (`getMessageLog`).',
      };
      return { ...judgeFailure(reading, 'reading the message', expected), remedy };
    }
    if (textFound === false) {
      const summary = 'the text of the message did not come back';
      const remedy = {
        vendor: 'Keep the text of a message, and return it with the record.',
        integrator: 'Look for the field that the CRM keeps, and write the text there.',
      };
      return { verdict: 'fail', summary, expected, observed: 'a record without it', remedy };
    }
    const judgement = judgeCreated(
      created,
      'the message',
      'A connector with code can look the record up among those of the contact.',
    );
    if (judgement.verdict !== 'pass') return judgement;
    const summary = textFound
      ? 'recorded, and read back'
      : 'recorded, and its id came back (not read back: no getMessageLog)';
    return { verdict: 'pass', summary };
  },
});
