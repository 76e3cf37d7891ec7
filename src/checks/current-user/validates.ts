import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';

export default defineCheck({
  id: 'user.validates',
  item: 'current-user',
  level: 'must',
  title: 'refuses a wrong credential at the current-user call',
  why: 'App Connect does not notice a 200: everybody who types anything is logged in, as "undefined".',
  remedy: {
    vendor: 'Answer 401 to the current-user call when the credential is wrong.',
    integrator: 'A connector with code can look at the body and refuse the login itself.',
  },
  judged: {
    asks: 'The current-user call with a wrong credential.',
    pass: 'an answer outside 2xx',
    warn: 'a 2xx with an error inside, which only `success` of the profile tells (adapter code)',
    fail: 'a 2xx answer',
  },
  links: [links.getUserInfo, links.statusCodes],
  operations: ['getUserInfo'],
  needs: ['crm', 'refusals'],
  async observe(_context, have) {
    return have.refusals.wrong;
  },
  judge({ kind, status, message, unmasked }) {
    const expected = '401, or any answer that is not a success';
    switch (kind) {
      case 'refused':
        if (!unmasked) return { verdict: 'pass', summary: `a wrong credential is refused with ${status}` };
        return {
          verdict: 'warn',
          summary: `a wrong credential is answered ${status} with an error inside`,
          expected,
          observed: `HTTP ${status} "${message}"`,
          adapterCode: true,
        };
      case 'trouble':
        return { verdict: 'inconclusive', summary: `could not be asked: ${message}` };
      default:
        return {
          verdict: 'fail',
          summary: `a wrong credential is answered ${status}`,
          expected,
          observed: `HTTP ${status}`,
        };
    }
  },
});
