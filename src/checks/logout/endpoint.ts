import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, type OutcomeFacts } from '../outcome-facts.ts';

export default defineCheck({
  id: 'logout.endpoint',
  item: 'logout',
  level: 'must',
  title: 'has a logout or revocation call, and it succeeds',
  why: 'A user who disconnects, or leaves the company, must be able to end the access for good.',
  remedy: {
    vendor: 'Offer token revocation (RFC 7009), or a logout that ends the session, and answer 200 to it.',
    integrator: 'Tell users where in the CRM they can take the access back.',
  },
  judged: {
    asks: "The profile's `unAuthorize`, after everything else. A credential that you handed in is revoked only with `--revoke-shared`.",
    pass: 'a 2xx answer',
    warn: 'a personal credential (an API key, say) that has no revocation by design',
    fail: 'the call is refused, or there is none and the profile says so (`notSupported`)',
  },
  links: [links.unauthorize, links.revocation],
  needs: ['logout'],
  phase: 'last',
  async observe(_context, have): Promise<{ byDesign: boolean; answer: OutcomeFacts | null }> {
    const { logout } = have;
    return logout.kind === 'by design'
      ? { byDesign: true, answer: null }
      : { byDesign: false, answer: logout.outcome };
  },
  judge({ byDesign, answer }) {
    const expected = 'a 2xx answer to the logout call';
    if (byDesign || !answer) {
      return {
        verdict: 'warn',
        summary: 'a personal credential has no revocation by design',
        expected: 'a call that ends the access',
        observed: 'none: App Connect forgets the key, the CRM does not',
        cautions: [
          'App Connect forgets the credential, the CRM does not: it works on until somebody deletes it there',
        ],
      };
    }
    if (answer.kind === 'ok') return { verdict: 'pass', summary: `answered ${answer.status}` };
    return judgeFailure(answer, 'the logout', expected);
  },
});
