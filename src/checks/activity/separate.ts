import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';

interface Facts {
  ids: readonly [string, string];
  firstKept: boolean;
  secondKept: boolean;
  trouble: string | null;
}

export default defineCheck({
  id: 'activity.separate',
  item: 'activity',
  level: 'must',
  title: 'gives two calls two ids and keeps both',
  why: 'Two calls with the same person on the same day are two records; merging them loses one.',
  remedy: {
    vendor: 'Create a record for each request, whatever an earlier one looks like.',
    integrator: "Put something unique (the call's session id) into the record.",
  },
  judged: {
    asks: 'A second call for the same contact; then both are read.',
    pass: 'two ids, and both texts are there',
    fail: 'the same id twice, or one of the texts is gone',
  },
  links: [links.loggingCalls],
  operations: ['createCallLog', 'getCallLog'],
  needs: ['call log pair'],
  writes: true,
  async observe(_context, have): Promise<Facts> {
    const { second: _second, firstAgain: _firstAgain, ...facts } = have['call log pair'];
    return facts;
  },
  judge({ ids: [first, second], firstKept, secondKept, trouble }) {
    const expected = 'two ids, and both texts';
    if (trouble !== null) return { verdict: 'inconclusive', summary: `could not be read: ${trouble}` };
    if (first === second) {
      return { verdict: 'fail', summary: 'two calls got the same id', expected, observed: `${first} twice` };
    }
    if (!firstKept || !secondKept) {
      const lost = firstKept ? 'second' : 'first';
      return {
        verdict: 'fail',
        summary: `the ${lost} call is lost`,
        expected,
        observed: `without the ${lost} text`,
      };
    }
    return { verdict: 'pass', summary: 'two ids, both kept' };
  },
});
