import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure } from '../outcome-facts.ts';

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
    pass: 'a 2xx answer',
    fail: 'the credential is refused',
  },
  links: [links.auth],
  needs: ['first answer'],
  async observe(_context, have) {
    return have['first answer'];
  },
  judge(facts) {
    if (facts.kind === 'ok' || facts.kind === 'unreadable') {
      return { verdict: 'pass', summary: 'the credential is accepted' };
    }
    return judgeFailure(facts, 'the credential', 'a 2xx answer');
  },
});
