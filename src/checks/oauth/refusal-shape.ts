import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import type { OutcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'auth.refusal-shape',
  item: 'oauth',
  level: 'should',
  title: 'refuses as an API does: 401 or 403',
  why: 'App Connect tells users to log in again by the status; a 200, a 302 to a login page or a 500 leaves them without a hint.',
  remedy: {
    vendor: 'Answer 401 (who are you?) or 403 (you may not) with a JSON body that says why.',
    integrator: 'A connector with code can translate what the CRM answers into the right message.',
  },
  judged: {
    asks: 'The same call with a wrong credential and with none.',
    pass: '401 or 403 for each that is refused',
    inconclusive: 'one of the two could not be asked, and the other is refused as it should be',
    warn: 'another status: 400, 500, a redirect to a login page, a 200 with an error inside',
  },
  links: [links.statusCodes, links.bearerErrors],
  needs: ['refusals'],
  async observe(_context, have) {
    const { wrong, missing } = have.refusals;
    if ([wrong, missing].every(({ kind }) => kind !== 'refused' && kind !== 'trouble')) {
      const reason = 'nothing is refused, so a refusal has no shape';
      throw new Unanswerable({ verdict: 'blocked', by: 'auth.missing-refused', reason });
    }
    return { wrong, missing };
  },
  judge({ wrong, missing }) {
    const refusals = [
      { what: 'a wrong credential', facts: wrong },
      { what: 'no credential', facts: missing },
    ].filter(({ facts }) => facts.kind === 'refused');
    if (refusals.length === 0) {
      return { verdict: 'inconclusive', summary: `could not be asked: ${wrong.message || missing.message}` };
    }
    const trouble = [wrong, missing].find(({ kind }) => kind === 'trouble');
    const odd = refusals.find(({ facts }) => !isProper(facts));
    if (!odd && trouble) {
      return { verdict: 'inconclusive', summary: `one of the two could not be asked: ${trouble.message}` };
    }
    if (!odd)
      return { verdict: 'pass', summary: `${refusals.map(({ facts }) => facts.status).join(' and ')}` };
    const observed = `HTTP ${odd.facts.status} for ${odd.what}`;
    return { verdict: 'warn', summary: `answers ${observed}`, expected: '401 or 403', observed };
  },
});

function isProper({ status, unmasked }: OutcomeFacts): boolean {
  return !unmasked && (status === 401 || status === 403);
}
