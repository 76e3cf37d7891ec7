import type { Misplaced } from '../../operation/types.ts';
import type { Profile } from '../../profile/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeMisplaced, misplacedText } from '../misplaced.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';

interface Facts {
  answer: OutcomeFacts;
  again: OutcomeFacts;
  ids: [string | null, string | null];
  /** Why no id was found in one of the answers. */
  gap: string | null;
  /** An id that stands elsewhere in that answer. Absent in older reports. */
  misplaced?: Misplaced | null;
  usesUserId: boolean;
}

export default defineCheck({
  id: 'user.id',
  item: 'current-user',
  level: 'must',
  title: 'returns the same user id every time',
  why: 'App Connect keys the account by this id: another id is another user, with none of the settings and logs.',
  remedy: {
    vendor: 'Return a stable id of the user from the current-user call.',
    integrator: 'Map a field that is always there and never changes.',
  },
  judged: {
    asks: 'The current-user call, twice.',
    pass: 'the same id twice',
    warn: "the id has a hyphen, and a template uses `user.id`: App Connect's proxy mode cuts it there (adapter code)",
    fail: 'no id, or another one',
    inconclusive: misplacedText,
  },
  links: [links.getUserInfo],
  operations: ['getUserInfo'],
  needs: ['crm', 'current user'],
  async observe({ profile }, have): Promise<Facts> {
    const { outcome: first, again } = have['current user'];
    const second = again?.kind === 'ok' ? again : await have.crm.getUserInfo();
    const idOf = (outcome: typeof first) =>
      outcome.kind === 'ok' && outcome.value.id !== null ? String(outcome.value.id) : null;
    const [gap] = [first, second].flatMap((one) => (one.kind === 'ok' ? (one.value.gaps.id ?? []) : []));
    return {
      answer: outcomeFacts(first),
      again: outcomeFacts(second),
      ids: [idOf(first), idOf(second)],
      gap: gap?.why ?? null,
      misplaced: gap?.misplaced ?? null,
      usesUserId: usesUserId(profile),
    };
  },
  judge({ answer, again, ids: [first, second], gap, misplaced = null, usesUserId: used }) {
    const expected = 'the same id twice';
    const failed = [answer, again].find(({ kind }) => kind !== 'ok');
    if (failed) return judgeFailure(failed, 'the current-user call', expected);
    if (first === null || second === null) {
      const observed = gap ?? 'no id';
      if (misplaced) return { ...judgeMisplaced([misplaced], 'the id', 'the user'), expected, observed };
      return { verdict: 'fail', summary: 'no id in the answer', expected, observed };
    }
    if (first !== second) {
      return {
        verdict: 'fail',
        summary: 'the id changes from call to call',
        expected,
        observed: `${first}, then ${second}`,
      };
    }
    if (first.includes('-') && used) {
      return {
        verdict: 'warn',
        summary: `${first}: App Connect's proxy mode cuts user.id at the first hyphen`,
        expected: 'an id without a hyphen, where a template uses user.id',
        observed: first,
        adapterCode: true,
        remedy: {
          vendor: '',
          integrator: 'Leave user.id out of the templates; a connector with code has all of it.',
        },
      };
    }
    return { verdict: 'pass', summary: `${first}, twice` };
  },
});

function usesUserId({ document }: Profile): boolean {
  return /\{\{[^}]*\buser\.id\b/.test(JSON.stringify(document));
}
