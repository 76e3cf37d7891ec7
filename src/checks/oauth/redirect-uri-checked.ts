import { silentAuthorizer } from '../../auth/oauth/grants.ts';
import { sideBySide } from '../../http/context.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { type AuthorizationFacts, asksOAuth, authorizationFacts } from './facts.ts';

interface Facts {
  /** A page answered, and one answers the registered redirect URI, too: it may be the same login page. */
  pageForRegistered: boolean;
  /** Why that could not be seen: the registered one was asked again, and answered with neither a page nor a code. */
  registeredAgain?: string | null;
  asked: { what: string; redirectUri: string; answer: AuthorizationFacts }[];
}

/** Never resolves (RFC 6761), and nothing is sent there in any case. */
const elsewhere = 'https://crm-ready.invalid/callback';

export default defineCheck({
  id: 'oauth.redirect-uri-checked',
  item: 'oauth',
  level: 'should',
  title: 'refuses an unregistered redirect URI, without redirecting to it',
  why: 'Whoever can choose where the code is sent gets the code: a link to the login page of the CRM is all that it takes.',
  remedy: {
    vendor:
      'Compare redirect_uri with the registered ones, character for character, and answer with an error page.',
    integrator: 'None; tell the vendor before the client is used by others.',
  },
  judged: {
    asks: 'The authorization request with a redirect URI on another host, and with one that is longer than the registered one. No redirect is followed there.',
    pass: 'an error page, or a redirect to the registered address',
    warn: 'a redirect to an address that is not registered',
    inconclusive: 'a login page answers: what comes after the login is not seen',
  },
  links: [links.securityOfRedirects, links.redirectUri],
  asks: asksOAuth,
  needs: ['sign-in', 'oauth client'],
  requests: 2,
  async observe({ operations: { transport } }, have): Promise<Facts> {
    const { client } = have['oauth client'];
    if (client.authUrl === null) {
      throw new Unanswerable({ verdict: 'not-described', by: null, reason: 'add auth.authUrl' });
    }
    const authorizer = silentAuthorizer(transport, client);
    const registered = have['sign-in'].grants[0]?.authorization ?? (await authorizer({}));
    if (registered.kind !== 'code' && registered.kind !== 'page') {
      const reason = 'the registered redirect URI is not accepted either';
      throw new Unanswerable({ verdict: 'blocked', by: 'oauth.authorize', reason });
    }
    const probes = [
      { what: 'another host', redirectUri: elsewhere },
      { what: 'a longer path', redirectUri: `${client.redirectUri.replace(/[?#].*$/, '')}/crm-ready` },
    ];
    const asked = await sideBySide(probes, async (probe) => ({
      ...probe,
      answer: authorizationFacts(await authorizer({ redirectUri: probe.redirectUri })),
    }));
    if (!asked.some(({ answer }) => answer.kind === 'page')) return { pageForRegistered: false, asked };
    const again = authorizationFacts(await authorizer({}));
    const told = again.kind === 'page' || again.kind === 'code';
    return {
      pageForRegistered: again.kind === 'page',
      registeredAgain: told ? null : again.message || `HTTP ${again.status}`,
      asked,
    };
  },
  judge({ pageForRegistered, registeredAgain = null, asked }) {
    const expected = 'an error page, and no redirect to the address';
    const followed = asked.filter(({ redirectUri, answer }) => answer.redirectedTo === redirectUri);
    if (followed.length > 0) {
      return {
        verdict: 'warn',
        summary: `redirects to an address that is not registered: ${followed.map(({ what }) => what).join(', ')}`,
        expected,
        observed: followed.map(({ redirectUri }) => `a redirect to ${redirectUri}`).join('; '),
      };
    }
    const trouble = asked.find(({ answer }) => answer.kind === 'trouble');
    if (trouble) {
      return { verdict: 'inconclusive', summary: `could not be asked: ${trouble.answer.message}` };
    }
    if (registeredAgain !== null) {
      const summary = `a page answers, and what the registered address is answered with was not to be seen: ${registeredAgain}`;
      return { verdict: 'inconclusive', summary };
    }
    // Before somebody has logged in, a login page does not tell what it will do afterwards.
    if (pageForRegistered) {
      return {
        verdict: 'inconclusive',
        summary: 'a page answers; whether it redirects there after the login cannot be seen without a person',
      };
    }
    return {
      verdict: 'pass',
      summary: `refused: ${asked.map(({ what, answer }) => `${what} (${answer.status ?? answer.message})`).join(', ')}`,
    };
  },
});
