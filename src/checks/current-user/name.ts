import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';

interface Facts {
  answer: OutcomeFacts;
  name: string | null;
  /** Why no name was found in the answer. */
  gap: string | null;
}

export default defineCheck({
  id: 'user.name',
  item: 'current-user',
  level: 'must',
  title: 'returns the name of the logged-in user',
  why: 'The name on the screen is how a user knows that they are connected, and as whom.',
  remedy: {
    vendor: 'Return the name of the user to whom the credential belongs from the current-user call.',
    integrator: 'Map another field (an e-mail address, a login name) that is never empty.',
  },
  judged: {
    pass: 'a name that is not empty',
    fail: 'none',
  },
  links: [links.getUserInfo],
  operations: ['getUserInfo'],
  needs: ['crm', 'current user'],
  async observe(_context, have): Promise<Facts> {
    const { outcome } = have['current user'];
    const user = outcome.kind === 'ok' ? outcome.value : null;
    return { answer: outcomeFacts(outcome), name: user?.name ?? null, gap: user?.gaps.name ?? null };
  },
  judge({ answer, name, gap }) {
    const expected = 'a name that is not empty';
    if (answer.kind !== 'ok') return judgeFailure(answer, 'the current-user call', expected);
    if (name === null || name.trim() === '') {
      return {
        verdict: 'fail',
        summary: 'no name in the answer',
        expected,
        observed: gap ?? 'an empty text',
      };
    }
    return { verdict: 'pass', summary: name };
  },
});
