import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { asksOAuth } from './facts.ts';
import { findMetadata, type Published, textIn } from './well-known.ts';

interface Facts {
  published: { form: Published['form']; url: string; issuer: string | null }[];
  /** In what a document and the profile, or the server itself, differ. */
  disagreements: string[];
  /** Worth knowing for whoever writes the profile. */
  hints: string[];
}

export default defineCheck({
  id: 'oauth.metadata',
  item: 'oauth',
  level: 'info',
  title: 'publishes metadata (RFC 8414 or OpenID discovery) that agrees with the profile',
  why: 'Clients that configure themselves read it; App Connect does not, so that a wrong address in the profile shows here first.',
  remedy: {
    vendor: 'Publish the addresses that are really in use, under the very issuer that the document names.',
    integrator: 'Compare the addresses in the profile with those that are published.',
  },
  judged: {
    asks: 'Both well-known addresses (RFC 8414 and OpenID) of the issuer that the authorization response names, else of the hosts and folders of the two endpoints.',
    pass: 'the issuer and the endpoints are those in use',
    warn: 'they differ; or HTTP Basic is not among the ways to authenticate',
    inconclusive: 'every address answers with a 429 or a 5xx, or not at all',
    notApplicable: 'nothing is published',
  },
  links: [links.metadata, links.discovery],
  asks: asksOAuth,
  needs: ['sign-in', 'oauth client'],
  requests: 2,
  async observe({ operations: { transport }, profile }, have): Promise<Facts> {
    const { client } = have['oauth client'];
    const first = have['sign-in'].grants[0]?.authorization;
    const issuer = first?.kind === 'code' ? first.issuer : null;
    const published = await findMetadata(transport, client, issuer);
    const compare = ({ form, document, url, issuer: named }: Published): string[] => {
      const differs = (key: string, ours: string | null) => {
        const theirs = textIn(document, key);
        return theirs !== null && ours !== null && placeOf(theirs) !== placeOf(ours)
          ? [`${form}: ${key} is ${theirs}, the profile has ${placeOf(ours)}`]
          : [];
      };
      const methods = document.token_endpoint_auth_methods_supported;
      return [
        ...differs('token_endpoint', client.tokenUrl),
        ...differs('authorization_endpoint', client.authUrl),
        ...(named !== null && !isIssuerOf(named, url)
          ? [`${form}: the issuer is ${named}, but the document is at ${url}`]
          : []),
        ...(named !== null && issuer !== null && named !== issuer
          ? [`${form}: the issuer is ${named}, the authorization response says ${issuer}`]
          : []),
        ...(Array.isArray(methods) && !methods.includes('client_secret_basic')
          ? [`${form}: client_secret_basic, which App Connect uses, is not among the ways to authenticate`]
          : []),
      ];
    };
    const revocation = published.map(({ document }) => textIn(document, 'revocation_endpoint')).find(Boolean);
    return {
      published: published.map(({ form, url, issuer: named }) => ({ form, url, issuer: named })),
      disagreements: published.flatMap(compare),
      hints:
        revocation && profile.operations.unAuthorize?.kind !== 'sequence'
          ? [`tokens can be revoked at ${revocation}: the profile has no unAuthorize`]
          : [],
    };
  },
  judge({ published, disagreements, hints }) {
    if (published.length === 0) {
      return { verdict: 'not-applicable', summary: 'no metadata is published at the well-known addresses' };
    }
    const forms = published.map(({ form }) => form).join(' and ');
    if (disagreements.length > 0) {
      return {
        verdict: 'warn',
        summary: `${forms}: does not agree with what is in use`,
        expected: 'the addresses of the profile, and the issuer under which the document stands',
        observed: disagreements.join('; '),
        cautions: hints,
      };
    }
    return { verdict: 'pass', summary: `${forms}: agrees with the profile`, cautions: hints };
  },
});

/** Scheme, host and path: a query of the profile's own does not make another endpoint. */
function placeOf(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : url;
}

/** RFC 8414 section 3.3. A slash at the end of an issuer is dropped where the address is made. */
function isIssuerOf(issuer: string, url: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/+$/, '');
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ].includes(url);
}
