import type { Misplaced } from '../../operation/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeMisplaced, misplacedText } from '../misplaced.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';

interface Facts {
  answer: OutcomeFacts;
  name: string | null;
  /** Why no name was found in the answer. */
  gap: string | null;
  /** A name that stands elsewhere in it. Absent in older reports. */
  misplaced?: Misplaced | null;
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
    inconclusive: misplacedText,
  },
  links: [links.getUserInfo],
  operations: ['getUserInfo'],
  needs: ['crm', 'current user'],
  async observe(_context, have): Promise<Facts> {
    const { outcome } = have['current user'];
    const user = outcome.kind === 'ok' ? outcome.value : null;
    const gap = user?.gaps.name;
    return {
      answer: outcomeFacts(outcome),
      name: user?.name ?? null,
      gap: gap?.why ?? null,
      misplaced: gap?.misplaced ?? null,
    };
  },
  judge({ answer, name, gap, misplaced = null }) {
    const expected = 'a name that is not empty';
    if (answer.kind !== 'ok') return judgeFailure(answer, 'the current-user call', expected);
    if (name === null || name.trim() === '') {
      const observed = gap ?? 'an empty text';
      if (misplaced) return { ...judgeMisplaced([misplaced], 'the name', 'the user'), expected, observed };
      return { verdict: 'fail', summary: 'no name in the answer', expected, observed };
    }
    return { verdict: 'pass', summary: name };
  },
});
