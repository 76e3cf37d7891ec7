import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeRefusedCredential, type OutcomeFacts } from '../outcome-facts.ts';

interface Facts extends OutcomeFacts {
  /** The same search with a wrong credential, where the answer to the right one does not tell. */
  wrong?: OutcomeFacts;
}

export default defineCheck({
  id: 'auth.accepted',
  item: 'oauth',
  level: 'must',
  title: 'accepts the credential',
  why: 'Nothing else can be asked, and nothing can be logged, without a credential that works.',
  remedy: {
    vendor: 'Say in the error what is wrong with the credential: unknown, expired, or without a permission.',
    integrator: 'Check the credential and the way it is sent: header name, scheme, encoding.',
  },
  judged: {
    asks: 'The current-user call, or a search where the profile has none.',
    pass: 'a 2xx answer; to a search, any other that a wrong credential does not get either, which is refused with 401 or 403',
    fail: 'the credential is refused: 401, 403, or an error in a 2xx',
    inconclusive:
      'another 4xx: the URL in the profile may be wrong. Or no credential could be had (a login or a token request that is refused)',
  },
  links: [links.auth],
  needs: ['first answer'],
  async observe(_context, have): Promise<Facts> {
    return have['first answer'];
  },
  judge(facts) {
    const { wrong } = facts;
    if (wrong?.status === 401 || wrong?.status === 403) {
      const summary = `a wrong credential is refused with ${wrong.status}, this one is not (${facts.status})`;
      return { verdict: 'pass', summary };
    }
    if (facts.kind === 'ok' || facts.kind === 'unreadable') {
      return { verdict: 'pass', summary: 'the credential is accepted' };
    }
    return judgeRefusedCredential(facts, 'the credential', 'a 2xx answer');
  },
});
