import type { OAuthClient } from '../../auth/oauth/client.ts';
import { sideBySide } from '../../http/context.ts';
import { HttpTrouble } from '../../http/trouble.ts';
import type { Transport } from '../../http/types.ts';
import { Unanswerable } from '../unanswerable.ts';

/** Metadata that an authorization server publishes, by the form of its address. */
export interface Published {
  form: 'RFC 8414' | 'OpenID';
  url: string;
  /** As the document says. */
  issuer: string | null;
  document: Record<string, unknown>;
}

/** Issuers that are tried for one endpoint: its own folder, the one above, and the host. */
const tried = 3;

/**
 * Looks for metadata at both well-known addresses of each issuer that may be meant, until one has some.
 * @param issuer `iss` of the authorization response (RFC 9207), where there was one
 * @throws {Unanswerable} inconclusive, where nobody could be asked: no answer, a 429 or a 5xx at every address
 */
export async function findMetadata(
  transport: Transport,
  client: OAuthClient,
  issuer: string | null,
): Promise<Published[]> {
  let trouble: string | null = null;
  let answered = false;
  for (const candidate of issuersOf(client, issuer)) {
    const found = await sideBySide(wellKnown(candidate), async ({ form, url }) => {
      try {
        const { status, json } = await transport.send(
          { method: 'GET', url, headers: { accept: 'application/json' } },
          { intent: 'authorization server metadata', repeat: 'read', followRedirects: 'moved' },
        );
        if (status === 429 || status >= 500) trouble = `HTTP ${status} at ${url}`;
        else answered = true;
        return status === 200 && isRecord(json) && isMetadata(json)
          ? [{ form, url, issuer: textIn(json, 'issuer'), document: json }]
          : [];
      } catch (error) {
        if (!(error instanceof HttpTrouble)) throw error;
        trouble = error.message;
        return [];
      }
    });
    if (found.flat().length > 0) return found.flat();
  }
  if (!answered && trouble !== null) {
    throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: trouble });
  }
  return [];
}

/** RFC 8414 puts the well-known part before the path of the issuer, OpenID behind it. */
function wellKnown(issuer: string): { form: Published['form']; url: string }[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/+$/, '');
  return [
    { form: 'RFC 8414', url: `${origin}/.well-known/oauth-authorization-server${path}` },
    { form: 'OpenID', url: `${origin}${path}/.well-known/openid-configuration` },
  ];
}

function issuersOf({ tokenUrl, authUrl }: OAuthClient, issuer: string | null): string[] {
  const folders = [tokenUrl, authUrl].flatMap((url) => {
    if (url === null || !URL.canParse(url)) return [];
    const { origin, pathname } = new URL(url);
    const parts = pathname.split('/').filter((part) => part !== '');
    const paths = [parts.slice(0, -1), parts.slice(0, -2), []].slice(0, tried);
    return paths.map((path) => `${origin}/${path.join('/')}`.replace(/\/$/, ''));
  });
  const known = issuer !== null && URL.canParse(issuer) ? [issuer.replace(/\/$/, '')] : [];
  return [...new Set([...known, ...folders])];
}

function isMetadata(document: Record<string, unknown>): boolean {
  return ['issuer', 'token_endpoint', 'authorization_endpoint'].some((key) => textIn(document, key) !== null);
}

export function textIn(document: Record<string, unknown>, key: string): string | null {
  const value = document[key];
  return typeof value === 'string' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
