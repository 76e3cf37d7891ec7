import { isSameId } from '../../crm/ids.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';

interface Facts {
  answer: OutcomeFacts;
  found: boolean;
  /** How many other contacts came with it. */
  others: number;
  afterSeconds: number;
}

export default defineCheck({
  id: 'beyond.name-search',
  item: 'beyond',
  level: 'info',
  title: 'finds a contact by its name',
  why: 'Where a number leads to nobody, a user looks the person up by name and logs the call there.',
  remedy: {
    vendor: 'Offer a search by name, or by a part of it.',
    integrator: 'Map `findContactWithName` to the general search of the CRM.',
  },
  judged: {
    asks: '`findContactWithName` with the name of the contact that was created, until the settle time is over.',
    pass: 'always: found or not, and how many others came with it',
  },
  links: [links.contactMatching],
  operations: ['findContactWithName', 'createContact'],
  needs: ['crm', 'contact'],
  writes: true,
  requests: 1,
  async observe({ settled }, { crm, contact }): Promise<Facts> {
    const isIt = ({ id }: { id: string | number | null }) => isSameId(id, contact.id);
    const { answer: outcome, seconds } = await settled(
      () => crm.findContactWithName(contact.name),
      (outcome) => outcome.kind !== 'ok' || outcome.value.contacts.some(isIt),
    );
    const answer = outcomeFacts(outcome);
    if (outcome.kind === 'trouble') {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: answer.message });
    }
    const contacts = outcome.kind === 'ok' ? outcome.value.contacts : [];
    const found = contacts.some(isIt);
    return { answer, found, others: contacts.length - (found ? 1 : 0), afterSeconds: seconds };
  },
  judge({ answer, found, others }) {
    if (answer.kind !== 'ok') {
      return { verdict: 'pass', summary: `the search by name is refused: ${answer.message}` };
    }
    const company = others === 0 ? '' : `, with ${others} other ${others === 1 ? 'contact' : 'contacts'}`;
    return {
      verdict: 'pass',
      summary: found
        ? `finds a contact by its name${company}`
        : `does not find a new contact by its name${company}`,
    };
  },
});
