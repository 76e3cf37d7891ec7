import { notOfTheRequest } from '../../auth/oauth/authorize.ts';
import { silentAuthorizer } from '../../auth/oauth/grants.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { type AuthorizationFacts, asksOAuth, authorizationFacts } from './facts.ts';

export default defineCheck({
  id: 'oauth.authorize',
  item: 'oauth',
  level: 'must',
  title: "answers App Connect's authorization request with a login page or a redirect",
  why: 'Connecting starts by opening this address in a browser; an error here is all that a user ever sees of the integration.',
  remedy: {
    vendor:
      "Register App Connect's redirect URI for the client and accept response_type=code with state and the configured scope.",
    integrator:
      'Check the client id, the scope, and that the redirect URI is registered to the letter, trailing parts included.',
  },
  judged: {
    asks: "App Connect's own request: `response_type=code`, the client id, the scope as configured, `state=platform=<name>` and the redirect URI. Redirects are followed up to the redirect URI, never to it.",
    pass: 'a login page, or a redirect to the redirect URI with a code',
    fail: 'an error page, one whose address names the `error` included, or a redirect that carries an error',
    inconclusive:
      'a page answers that has nothing to fill in, or only links and the name of an error; nobody gave consent (`access_denied`, `login_required` and the like), or the server was not up to it for the time being',
  },
  links: [links.auth, links.authorizationRequest],
  asks: asksOAuth,
  needs: ['sign-in', 'oauth client'],
  async observe({ operations }, have): Promise<AuthorizationFacts> {
    const first = have['sign-in'].grants[0]?.authorization;
    if (first) return authorizationFacts(first);
    const { client } = have['oauth client'];
    if (client.authUrl === null) {
      throw new Unanswerable({
        verdict: 'not-described',
        by: null,
        reason: 'add auth.authUrl, the authorization URL',
      });
    }
    return authorizationFacts(await silentAuthorizer(operations.transport, client)({}));
  },
  judge(facts) {
    const expected = 'a login page, or a redirect to the redirect URI with a code';
    switch (facts.kind) {
      case 'code':
        return { verdict: 'pass', summary: 'the authorization request leads to a code' };
      case 'page':
        if (facts.deadEnd !== undefined) {
          const observed = `HTTP ${facts.status} ${facts.deadEnd}`.trim();
          return {
            verdict: 'inconclusive',
            summary: `a page with nothing on it to log in with answers: ${observed}`,
            expected,
            observed,
          };
        }
        return { verdict: 'pass', summary: 'the login page answers the authorization request' };
      case 'denied':
        if (notOfTheRequest.has(facts.error ?? '')) {
          return {
            verdict: 'inconclusive',
            summary: `no consent was given: ${facts.message}`,
            expected,
            observed: facts.message,
          };
        }
        return {
          verdict: 'fail',
          summary: `redirects with an error: ${facts.message}`,
          expected,
          observed: facts.message,
        };
      case 'refused': {
        const observed = `HTTP ${facts.status} ${facts.message}`.trim();
        return {
          verdict: 'fail',
          summary: `refuses the authorization request: ${observed}`,
          expected,
          observed,
        };
      }
      case 'trouble':
        return { verdict: 'inconclusive', summary: `could not be asked: ${facts.message}` };
    }
  },
});
