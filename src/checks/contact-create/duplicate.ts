import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, type OutcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'contact.duplicate',
  item: 'contact-create',
  level: 'info',
  title: 'does something with a contact that is created twice: a copy, a conflict, or the same record',
  why: 'Two users who miss each other create the same person twice; what becomes of it decides where their calls are logged.',
  remedy: {
    vendor: 'Refuse a duplicate with 409 and name the record that is there, or keep both apart.',
    integrator: 'Look the number up before a contact is created.',
  },
  judged: {
    asks: '`createContact` once more, with the name and the number of a contact that is there.',
    pass: 'always: a copy, a conflict (a 409, or a message that speaks of a duplicate; quoted), refused for another reason (quoted), or the same record, which is a caution for creating contacts',
  },
  links: [links.createContact],
  operations: ['createContact'],
  needs: ['duplicate contact'],
  writes: true,
  async observe(_context, have) {
    const { answer, became } = have['duplicate contact'];
    if (answer.kind === 'trouble') {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: answer.message });
    }
    if (became === 'unclear') {
      const reason = 'accepted, but no id tells what became of it';
      throw new Unanswerable({ verdict: 'blocked', by: 'contact.create', reason });
    }
    return { answer, became };
  },
  judge({ answer, became }) {
    switch (became) {
      case 'copy':
        return { verdict: 'pass', summary: 'a copy: a second record with the same name and number' };
      case 'same record':
        return {
          verdict: 'pass',
          summary: `the same record comes back, with ${answer.status}: merged without a word`,
          cautions: [
            'a contact that is created twice is merged without a word: a new name for a known number may be lost, or change the old one',
          ],
        };
      default:
        return {
          verdict: 'pass',
          summary: `${isConflict(answer) ? 'a conflict' : 'refused'}: ${answered(answer)}`,
        };
    }
  },
});

/** A limit of the day is none, say. */
function isConflict({ status, message }: OutcomeFacts): boolean {
  return (
    status === 409 ||
    /duplica|doppel|dublette|already|(?<!not |n't )exist|\bunique\b|in use|\btaken\b|conflict/i.test(message)
  );
}
