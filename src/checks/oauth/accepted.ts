import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeRefusedCredential, type OutcomeFacts } from '../outcome-facts.ts';

interface Facts extends OutcomeFacts {
  /** The same search with a wrong credential, where the answer to the right one does not tell. */
  wrong?: OutcomeFacts;
  /** The CRM has issued it by OAuth in this very run. Absent in older reports. */
  issued?: boolean;
}

/** Nobody can have mistyped it. */
const refusesItsOwn = {
  vendor:
    'Accept the access token that your token endpoint has just issued, as RFC 6750 describes: Authorization: Bearer <token> (oauth.bearer).',
  integrator:
    'Look for the scheme and the header that the CRM wants in place of Bearer: a connector with code can write them.',
};

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
  needs: ['first answer', 'session'],
  async observe(_context, have): Promise<Facts> {
    const { obtained, tokens } = have.session;
    return { ...have['first answer'], issued: obtained && tokens !== null };
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
    const judgement = judgeRefusedCredential(facts, 'the credential', 'a 2xx answer');
    const isOwn = facts.issued === true && judgement.verdict === 'fail';
    return isOwn ? { ...judgement, remedy: refusesItsOwn } : judgement;
  },
});
