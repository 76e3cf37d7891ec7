import { createdFacts, judgeCreated } from '../created-facts.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { misplacedText } from '../misplaced.ts';

export default defineCheck({
  id: 'contact.create',
  item: 'contact-create',
  level: 'must',
  title: 'creates a contact from one name and one E.164 number and returns its id',
  why: 'A call from an unknown number is logged to a contact made on the spot; without its id App Connect says "created" and logs to nobody.',
  remedy: {
    vendor: 'Accept a name and a phone number as enough for a contact, and return the new id in the body.',
    integrator:
      'Send the further fields that a refusal names; where the CRM takes no contacts, tell users to create them there.',
  },
  judged: {
    asks: '`createContact` with a name and a number in E.164.',
    pass: 'a 2xx answer with the id of the contact in its body',
    warn: 'the id stands in a header only (adapter code)',
    fail: 'refused, or no id comes back',
    inconclusive: misplacedText,
  },
  links: [links.createContact, links.e164],
  operations: ['createContact'],
  needs: ['created contact'],
  writes: true,
  async observe(_context, have) {
    return createdFacts(have['created contact'].outcome);
  },
  judge: (facts) =>
    judgeCreated(facts, 'the new contact', 'A connector with code can look the contact up by its number.'),
});
