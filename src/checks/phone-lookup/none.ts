import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered } from '../outcome-facts.ts';
import { judgeSearch } from './lookup-facts.ts';
import type { UnknownNumber } from './specimens.ts';

type Facts = Pick<UnknownNumber, 'phoneNumber' | 'answer' | 'statuses' | 'count'> &
  // Not in older reports.
  Partial<Pick<UnknownNumber, 'control'>>;

export default defineCheck({
  id: 'lookup.none',
  item: 'phone-lookup',
  level: 'must',
  title: 'answers a number that nobody has with no contacts',
  why: 'Most callers are unknown: at every such call an error in place of an empty list is shown to the user, and a contact in place of nobody is the name of a stranger.',
  remedy: {
    vendor: 'Answer 200 with an empty list when nobody has the number.',
    integrator: 'A connector with code can take the answer for "nobody" (`empty` in the profile).',
  },
  judged: {
    asks: '`findContact` with a fictional number that was not given to any contact.',
    pass: '200 with an empty list',
    warn: '204, 404, or another answer that the profile explains by `empty` (adapter code)',
    fail: 'contacts come back, or an error',
    inconclusive:
      'nothing tells nobody from an error: no answer of the search can be read, or all are 404, that for a contact too',
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['unknown number'],
  async observe(_context, have): Promise<Facts> {
    const { phoneNumber, answer, statuses, count, control } = have['unknown number'];
    return { phoneNumber, answer, statuses, count, control };
  },
  judge({ answer, statuses, count, control }) {
    const expected = '200 with an empty list';
    if (answer.kind === 'ok' && count > 0) {
      const observed = `${count} ${count === 1 ? 'contact' : 'contacts'}`;
      return {
        verdict: 'fail',
        summary: `an unknown number finds ${observed}`,
        expected,
        observed,
        remedy: {
          integrator: 'A connector with code can compare the numbers of what it got, and drop the rest.',
        },
      };
    }
    const odd = statuses.find((status) => status !== 200);
    if (answer.kind === 'ok' && (odd === undefined || odd === 204)) {
      if (odd === undefined) return { verdict: 'pass', summary: 'an empty list' };
      return {
        verdict: 'warn',
        summary: 'answers 204 without a list',
        expected,
        observed: 'HTTP 204',
        adapterCode: true,
      };
    }
    const status = answer.kind === 'ok' ? (odd ?? null) : answer.status;
    const observed = answered({ ...answer, status });
    const otherSearch = control === null ? 'no contact was there to search for' : 'so is that for a contact';
    // The address may be wrong: who says so to every number says nothing of this one.
    if (answer.kind !== 'ok' && status === 404 && (control === null || control?.status === 404)) {
      return {
        verdict: 'inconclusive',
        summary: `answered with 404, and ${otherSearch}: nobody has the number, or the address is wrong`,
        expected,
        observed,
      };
    }
    // App Connect tells its user "authorization error" for a 404.
    if (status === 404) {
      return {
        verdict: 'warn',
        summary: 'answers 404 when nobody has the number',
        expected,
        observed,
        adapterCode: true,
      };
    }
    if (answer.kind === 'ok') {
      return {
        verdict: 'warn',
        summary: `answers ${status} when nobody has the number`,
        expected,
        observed,
        adapterCode: true,
      };
    }
    return judgeSearch(
      answer,
      'an unknown number',
      expected,
      control === undefined || control?.kind === 'ok',
    );
  },
});
