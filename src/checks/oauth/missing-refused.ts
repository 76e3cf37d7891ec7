import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered } from '../outcome-facts.ts';

export default defineCheck({
  id: 'auth.missing-refused',
  item: 'oauth',
  level: 'must',
  title: 'refuses a request with no credential',
  why: 'A CRM that answers without a credential answers anybody, and App Connect cannot tell a lost session from a good one.',
  remedy: {
    vendor: 'Answer 401 to every request without a credential.',
    integrator: 'A connector with code can look into the body for the error; tell the vendor all the same.',
  },
  judged: {
    asks: 'The current-user call, or a search where the profile has none, with no credential.',
    pass: 'an answer outside 2xx',
    warn: 'a 2xx with an error inside, which only `success` of the profile tells (adapter code)',
    fail: 'a 2xx answer',
  },
  links: [links.statusCodes, links.bearerErrors],
  needs: ['refusals'],
  async observe(_context, have) {
    const { missing, operation } = have.refusals;
    return { ...missing, operation };
  },
  judge(facts) {
    const { kind, status, message, unmasked, operation } = facts;
    const expected = '401';
    switch (kind) {
      case 'refused':
        if (!unmasked) return { verdict: 'pass', summary: `refused with ${status}` };
        return {
          verdict: 'warn',
          summary: `answers ${status} with an error inside`,
          expected,
          observed: answered(facts),
          adapterCode: true,
        };
      case 'trouble':
        return { verdict: 'inconclusive', summary: `could not be asked: ${message}` };
      default:
        return {
          verdict: 'fail',
          summary: `${operation} answers ${status} without a credential`,
          expected,
          observed: `HTTP ${status}`,
          ...(kind === 'ok' && {
            remedy: {
              integrator:
                'None; tell the vendor before anybody uses the integration: whoever asks gets an answer.',
            },
          }),
        };
    }
  },
});
