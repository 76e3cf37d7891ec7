import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, missFrom, type OutcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'user.get-body',
  item: 'current-user',
  level: 'should',
  title: "tolerates the empty JSON body that App Connect's proxy mode sends with every GET",
  why: 'Proxy mode cannot leave that body out: a gateway that refuses it refuses every read.',
  remedy: {
    vendor: 'Ignore the content of a GET request, as RFC 9110 lets you.',
    integrator: 'Write a connector with code: it sends GETs without a body.',
  },
  judged: {
    asks: 'The current-user call as a GET with the body `{}`; where that fails, without, and then once more with it.',
    pass: 'answered as without a body',
    warn: 'refused twice, and answered without the body in between: the rest of the check goes on without the body, and every feature needs adapter code',
    notApplicable: 'the current-user call is not a GET',
  },
  links: [links.proxy, links.getContent],
  operations: ['getUserInfo'],
  needs: ['current user'],
  async observe(_context, have): Promise<{ withBody: OutcomeFacts; withoutBody: OutcomeFacts | null }> {
    const { withBody, withoutBody } = have['current user'];
    if (!withBody) {
      throw new Unanswerable({
        verdict: 'not-applicable',
        by: null,
        reason: 'the current-user call is not a GET',
      });
    }
    if (!accepted(withBody) && !(withoutBody && accepted(withoutBody))) {
      // Who gave no answer refused nothing.
      const trouble = [withBody, withoutBody].find((facts) => facts?.kind === 'trouble');
      if (trouble) throw new Unanswerable(missFrom(trouble, 'auth.accepted'));
      const reason = 'the current-user call is refused with and without a body';
      throw new Unanswerable({ verdict: 'blocked', by: 'auth.accepted', reason });
    }
    return { withBody, withoutBody };
  },
  judge({ withBody, withoutBody }) {
    if (withBody.status === 429) {
      return { verdict: 'inconclusive', summary: `could not be asked: ${withBody.message}` };
    }
    if (accepted(withBody)) return { verdict: 'pass', summary: 'a GET with {} is answered as one without' };
    return {
      verdict: 'warn',
      summary: 'refuses a GET with a body: everything needs adapter code',
      expected: `HTTP ${withoutBody?.status ?? 200}, as without a body`,
      observed: answered(withBody),
      adapterCode: true,
    };
  },
});

function accepted({ kind }: OutcomeFacts): boolean {
  return kind === 'ok' || kind === 'unreadable';
}
