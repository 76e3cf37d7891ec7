import { HttpTrouble } from '../../http/trouble.ts';
import type { Transport } from '../../http/types.ts';
import type { Judgement } from '../../report/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, type OutcomeFacts } from '../outcome-facts.ts';

interface Facts extends OutcomeFacts {
  /** Where a 302 or 303 leads, which App Connect's HTTP client follows; null: the answer is none. */
  followed?: Followed | null;
}

interface Followed {
  /** null: it could not be followed. */
  status: number | null;
  message: string;
  /** It leads to a host that the profile does not name, which is not asked. */
  elsewhere: boolean;
}

export default defineCheck({
  id: 'user.validates',
  item: 'current-user',
  level: 'must',
  title: 'refuses a wrong credential at the current-user call',
  why: 'App Connect does not notice a 200: everybody who types anything is logged in, as "undefined" where no name comes back.',
  remedy: {
    vendor: 'Answer 401 to the current-user call when the credential is wrong.',
    integrator:
      'Where no user is in that answer, a connector with code can see it, and refuse the login itself.',
  },
  judged: {
    asks: 'The current-user call with a wrong credential. A redirect is followed, as App Connect does it, but without a credential.',
    pass: 'an answer outside 2xx, at the end of a redirect too',
    warn: 'a 2xx with an error inside, which only `success` of the profile tells; or a redirect to a host that the profile does not name, so that it was not followed (adapter code)',
    fail: 'a 2xx answer, or a redirect (to a login page, say) that ends in one',
    inconclusive: 'what a redirect leads to could not be asked',
  },
  links: [links.getUserInfo, links.statusCodes],
  operations: ['getUserInfo'],
  needs: ['crm', 'refusals'],
  async observe({ operations: { transport } }, have): Promise<Facts> {
    const { wrong, wrongLocation } = have.refusals;
    return { ...wrong, followed: await followed(transport, wrong, wrongLocation) };
  },
  judge(facts) {
    const { kind, status, message, unmasked, followed } = facts;
    const expected = '401, or any answer that is not a success';
    switch (kind) {
      case 'refused':
        if (followed && (followed.status === null || isSuccess(followed.status))) {
          return { ...judgeFollowed(followed, status), expected };
        }
        if (!unmasked) return { verdict: 'pass', summary: `a wrong credential is refused with ${status}` };
        return {
          verdict: 'warn',
          summary: `a wrong credential is answered ${status} with an error inside`,
          expected,
          observed: answered(facts),
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

function judgeFollowed({ status, message, elsewhere }: Followed, redirect: number | null): Judgement {
  if (status !== null) {
    const observed = `${redirect} to a page that answers ${status}`;
    const summary = `a wrong credential is answered ${observed}; App Connect follows it`;
    return { verdict: 'fail', summary, observed };
  }
  const summary = `a wrong credential is answered with a redirect, which App Connect follows: ${message}`;
  const observed = `HTTP ${redirect}`;
  return elsewhere
    ? { verdict: 'warn', summary, observed, adapterCode: true }
    : { verdict: 'inconclusive', summary, observed };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** 301, 307 and 308 were followed already. */
async function followed(
  transport: Transport,
  { status, exchange }: OutcomeFacts,
  location: string | null,
): Promise<Followed | null> {
  if (status !== 302 && status !== 303) return null;
  const seen = transport.exchanges.find(({ id }) => id === exchange);
  if (!seen || location === null || !URL.canParse(location, seen.request.url)) return null;
  const url = new URL(location, seen.request.url).href;
  try {
    const answer = await transport.send(
      { method: 'GET', url, headers: {} },
      { intent: 'getUserInfo, redirected', repeat: 'read', followRedirects: true, urlFromAnswer: true },
    );
    const trouble = answer.status === 429 || answer.status >= 500;
    return { status: trouble ? null : answer.status, message: `HTTP ${answer.status}`, elsewhere: false };
  } catch (error) {
    if (!(error instanceof HttpTrouble)) throw error;
    return { status: null, message: error.message, elsewhere: error.code === 'host-not-named' };
  }
}
