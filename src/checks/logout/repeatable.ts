import type { Profile } from '../../profile/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { doneLogout } from './done.ts';

export default defineCheck({
  id: 'logout.repeatable',
  item: 'logout',
  level: 'should',
  title: 'answers a second revocation of the same token without an error',
  why: 'A logout whose answer is lost is asked for again; an error then leaves the user connected in App Connect, with a token that is dead.',
  remedy: {
    vendor:
      'Answer 200 to the revocation of a token that is unknown or dead: what was asked for is the case.',
    integrator: 'A connector with code can take the refusal for what it is: the token is gone already.',
  },
  judged: {
    asks: "The profile's `unAuthorize` once more, for the same tokens.",
    pass: 'a 2xx answer again',
    warn: 'refused',
    notApplicable:
      "the session's own credential signs the logout (no `auth` of its own): once dead, it is rightly refused",
  },
  links: [links.revocationResponse, links.unauthorize],
  needs: ['crm', 'logout'],
  phase: 'last',
  async observe({ profile }, have): Promise<{ answers: OutcomeFacts[] }> {
    const { session } = doneLogout(have.logout);
    if (signsItself(profile)) {
      const reason = 'the dead credential signs the logout itself, so that a refusal is right';
      throw new Unanswerable({ verdict: 'not-applicable', by: null, reason });
    }
    const crm = have.crm.through(session);
    const first = outcomeFacts(await crm.unAuthorize());
    // A 5xx is trouble, unless it comes again: the same call has just succeeded.
    const again = isServerError(first) ? [outcomeFacts(await crm.unAuthorize())] : [];
    return { answers: [first, ...again] };
  },
  judge({ answers }) {
    const [first] = answers;
    const last = answers.at(-1);
    if (!first || !last) return { verdict: 'inconclusive', summary: 'was not asked' };
    const expected = '200, as for the first';
    const observed = answered(last);
    if (last.kind === 'ok') return { verdict: 'pass', summary: `answered ${last.status} again` };
    if (last.kind === 'trouble' && !(isServerError(first) && first.status === last.status)) {
      return { verdict: 'inconclusive', summary: `could not be asked: ${last.message}` };
    }
    return { verdict: 'warn', summary: `the second revocation is refused: ${observed}`, expected, observed };
  },
});

function isServerError({ kind, status }: OutcomeFacts): boolean {
  return kind === 'trouble' && status !== null && status >= 500;
}

/** Whether the session's own credential signs the logout, so that it is refused once it has done its work. */
function signsItself({ operations, language, document }: Profile): boolean {
  const described = operations.unAuthorize;
  if (language === 'crm-ready') {
    return described?.kind === 'sequence' && described.steps.some(({ auth }) => auth === undefined);
  }
  // App Connect prepares no header for this operation: a credential is in it only where the document puts one.
  const { auth, headers } = written(document);
  return /accessToken|apiKey|authHeader/.test(JSON.stringify([auth, headers]));
}

/** `operations.unAuthorize` of a bare proxyConfig. */
function written(document: Profile['document']): Record<string, unknown> {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).find(([name]) => name === key)?.[1]
      : null;
  const operation = at(at(document, 'operations'), 'unAuthorize');
  return { auth: at(operation, 'auth'), headers: at(operation, 'headers') };
}
