import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeRefusedCredential, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { asksOAuth } from './facts.ts';

export default defineCheck({
  id: 'oauth.bearer',
  item: 'oauth',
  level: 'must',
  title: 'accepts the token in the Authorization: Bearer header',
  why: 'App Connect signs every request of an OAuth connector that way by itself.',
  remedy: {
    vendor: 'Accept access tokens as RFC 6750 describes: Authorization: Bearer <token>.',
    integrator: 'A connector with code can write the header in the scheme that the CRM wants.',
  },
  judged: {
    pass: 'a request with `Authorization: Bearer` succeeds',
    warn: 'only another word than Bearer succeeds (adapter code)',
    fail: 'it is refused with 401 or 403',
    inconclusive: 'another 4xx: the URL of the current-user call in the profile may be wrong',
  },
  links: [links.auth, links.bearer],
  asks: asksOAuth,
  needs: ['oauth client', 'session', 'current user'],
  async observe({ operations }, have): Promise<{ scheme: string; own: OutcomeFacts; bearer: OutcomeFacts }> {
    const { scheme } = have['oauth client'].client;
    const own = outcomeFacts(have['current user'].outcome);
    if (scheme.toLowerCase() === 'bearer') return { scheme, own, bearer: own };
    const { createSession } = await import('../../auth/session.ts');
    const { tokenCredential } = await import('../../auth/oauth/credential.ts');
    const { Crm } = await import('../../crm/crm.ts');
    const { tokens } = have.session;
    if (!tokens) return { scheme, own, bearer: own };
    const credential = tokenCredential(operations.profile, { scheme: 'Bearer' }, tokens, false);
    const crm = new Crm(operations, createSession(credential, operations.transport.redaction), {
      marker: '',
      ids: new Set(),
    });
    return {
      scheme,
      own,
      bearer: outcomeFacts(await crm.getUserInfo({ emptyBody: have['current user'].emptyBody })),
    };
  },
  judge({ scheme, own, bearer }) {
    if (bearer.kind === 'ok' || bearer.kind === 'unreadable') {
      return { verdict: 'pass', summary: 'Authorization: Bearer is accepted' };
    }
    const expected = 'a request with Authorization: Bearer <token> succeeds';
    if (own.kind === 'ok' && bearer.kind === 'refused') {
      const observed = `HTTP ${bearer.status}; with "${scheme}" it succeeds`;
      return {
        verdict: 'warn',
        summary: `wants the scheme ${scheme}`,
        expected,
        observed,
        adapterCode: true,
      };
    }
    return judgeRefusedCredential(bearer, 'a request with the Bearer token', expected);
  },
});
