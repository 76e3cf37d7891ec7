import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'beyond.user-list',
  item: 'beyond',
  level: 'info',
  title: 'lists its users, with an e-mail address each',
  why: 'Server-side logging matches the users of RingCentral and of the CRM by their e-mail addresses.',
  remedy: {
    vendor: 'Offer a list of the users of an account, with id, name and e-mail address.',
    integrator: 'Sign in with a user who may see the others.',
  },
  judged: {
    asks: '`getUserList`, one request, as App Connect does it: of a list in pages the first is counted. Names and addresses stay out of the report.',
    pass: 'always: how many users came back, and how many with an e-mail address',
  },
  links: [links.serverSideLogging],
  operations: ['getUserList'],
  needs: ['crm'],
  requests: 1,
  async observe(_context, { crm }) {
    const outcome = await crm.getUserList();
    const answer = outcomeFacts(outcome);
    if (outcome.kind === 'trouble' || outcome.kind === 'unreadable') {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: answer.message });
    }
    return { answer, counts: outcome.kind === 'ok' ? outcome.value : null };
  },
  judge({ answer, counts }) {
    if (counts === null)
      return { verdict: 'pass', summary: `the list of users is refused: ${answer.message}` };
    const { users, withEmail } = counts;
    if (users === 0) return { verdict: 'pass', summary: 'an empty list: not even the user who is signed in' };
    const addresses =
      withEmail === users ? 'all with an e-mail address' : `${withEmail} with an e-mail address`;
    return {
      verdict: 'pass',
      summary: `${users} ${users === 1 ? 'user' : 'users'} in the answer, ${addresses}`,
    };
  },
});
