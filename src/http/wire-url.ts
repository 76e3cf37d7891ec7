import { HttpTrouble } from './trouble.ts';

/** A URL, split into what is dialled and what is said: the path and query are never re-encoded. */
export interface WireUrl {
  /** For host, port and protocol only: its path is not what goes over the wire. */
  server: URL;
  /** The request target of RFC 9112 section 3.2.1, with the query. */
  path: string;
  /** The whole URL as it is sent, for the evidence. */
  href: string;
}

/**
 * Splits an absolute http(s) URL without touching its path: a raw `+`, `%2B`, `[` or `/../` stays what it is. Only
 * what cannot stand in a request line (space, control characters, non-ASCII) is percent-encoded, as UTF-8.
 * @throws {HttpTrouble} `protocol`, for a URL that is not absolute http(s) or that has a user name in it
 */
export function wireUrl(url: string): WireUrl {
  const [, scheme, authority, rest] = /^(https?):\/\/([^/?#\\]+)([^#]*)/i.exec(url) ?? [];
  if (scheme === undefined || authority === undefined || !URL.canParse(`${scheme}://${authority}`)) {
    throw new HttpTrouble(
      'protocol',
      'The URL is not an absolute http or https URL: give one such as https://api.example.com/v1.',
    );
  }
  const server = new URL(`${scheme}://${authority}`);
  if (server.username !== '' || server.password !== '') {
    throw new HttpTrouble(
      'protocol',
      `The URL of ${server.host} has a user name or a password in it, which is not sent: put the credential into \`auth\`.`,
    );
  }
  const path = encodeIllegal(rest ?? '');
  const target = path.startsWith('/') ? path : `/${path}`;
  return { server, path: target, href: server.origin + target };
}

function encodeIllegal(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, (run) =>
    // Buffer turns a lone surrogate into U+FFFD, where encodeURIComponent would throw.
    encodeURIComponent(Buffer.from(run, 'utf8').toString('utf8')),
  );
}
