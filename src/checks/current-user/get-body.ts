import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, missFrom, type OutcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';

interface Facts {
  withBody: OutcomeFacts;
  withoutBody: OutcomeFacts | null;
  /** Absent in older reports. */
  isUnread?: boolean;
}

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
    asks: 'The current-user call as a GET with the body `{}`, twice over one connection; where that fails, without, and then once more with it.',
    pass: 'answered as without a body',
    warn: 'refused twice, or not read, so that the next request on the connection fails, and answered without the body in between: the rest of the check goes on without the body, and every feature needs adapter code',
    notApplicable: 'the current-user call is not a GET',
  },
  links: [links.proxy, links.getContent],
  operations: ['getUserInfo'],
  needs: ['current user'],
  async observe(_context, have): Promise<Facts> {
    const { withBody, withoutBody, isUnread = false } = have['current user'];
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
    return { withBody, withoutBody, isUnread };
  },
  judge({ withBody, withoutBody, isUnread = false }) {
    if (withBody.status === 429) {
      return { verdict: 'inconclusive', summary: `could not be asked: ${withBody.message}` };
    }
    if (accepted(withBody)) return { verdict: 'pass', summary: 'a GET with {} is answered as one without' };
    return {
      verdict: 'warn',
      summary: isUnread
        ? 'does not read the body of a GET, and takes it for the beginning of the next request: everything needs adapter code'
        : 'refuses a GET with a body: everything needs adapter code',
      expected: `HTTP ${withoutBody?.status ?? 200}, as without a body`,
      observed: answered(withBody),
      adapterCode: true,
      ...(isUnread && {
        remedy: {
          vendor: 'Read the content of every request to its end, or close the connection (RFC 9112).',
        },
      }),
    };
  },
});

function accepted({ kind }: OutcomeFacts): boolean {
  return kind === 'ok' || kind === 'unreadable';
}
