import type { Report } from '../../report/types.ts';
import { word } from './shell.ts';

export type Exchange = Report['exchanges'][number];

/** What stands in the place of a secret, in a recorded exchange. */
const placeholder = /‹redacted›|\[redacted\]/;

/** What curl writes by itself, or what belonged to the connection. */
const leftOut = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding']);

/** RFC 9110 section 5.6.2. Anything else is no header, and curl reads a file where one begins with `@`. */
const token = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * The request as a `curl` line for a POSIX shell; null where it is no web request. It sends what was sent, once the
 * secrets stand where `‹redacted›` stands: nothing in the URL is re-encoded, no file is read for a body that begins
 * with `@`.
 */
export function curlLine({ request }: Exchange): string | null {
  const { method, url, headers, body } = request;
  if (!/^https?:\/\//i.test(url)) return null;
  const named = Object.entries(headers).filter(
    ([name]) => token.test(name) && !leftOut.has(name.toLowerCase()),
  );
  return [
    `curl --globoff --path-as-is --include --compressed ${how(method)} --url ${word(url)}`,
    ...named.map(([name, value]) => `--header ${word(header(name, value))}`),
    ...ownHeaders(headers, body),
    ...(body === undefined ? [] : [`--data-raw ${word(body)}`]),
  ].join(' \\\n  ');
}

function how(method: string): string {
  return method === 'HEAD' ? '--head' : `--request ${word(method)}`;
}

/** curl leaves out a header without a value unless it ends in a semicolon. */
function header(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value.replace(/[\r\n]+/g, ' ')}`;
}

/** A body makes curl name a content type of its own; an empty one takes that away. */
function ownHeaders(headers: Record<string, string>, body: string | undefined): string[] {
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return body === undefined || named ? [] : ["--header 'content-type:'"];
}

/** Whether secrets were taken out of the request. */
export function hasSecrets({ request }: Exchange): boolean {
  return placeholder.test(request.url + JSON.stringify(request.headers) + (request.body ?? ''));
}
