import { createHash, createHmac } from 'node:crypto';
import { type FilterImplOptions, filters as liquidFilters } from 'liquidjs';
import { shown, TemplateError } from './template-error.ts';
import { isEmpty, textOf } from './text.ts';

function textFilter(name: string, convert: (text: string) => string): [string, FilterImplOptions] {
  return [name, (value: unknown) => convert(textOf(value, name))];
}

/** Percent-encoding by RFC 3986 (`+` too); half of a surrogate pair, which has no UTF-8, becomes U+FFFD. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

const xmlEntities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// XML 1.0, section 2.2: these have no place in a document, not even escaped.
function xmlCharacters(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}

function xml(text: string): string {
  return xmlCharacters(text).replace(/[&<>"']/g, (character) => xmlEntities[character] ?? character);
}

// A section cannot contain its own end, so one that would is cut in two.
function cdata(text: string): string {
  return `<![CDATA[${xmlCharacters(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

// The query parser has no escape for < and >: they can only be left out.
function lucene(text: string): string {
  return text.replace(/[<>]/g, '').replace(/[+\-!(){}[\]^"~*?:\\/&|]/g, '\\$&');
}

function encoding(option: unknown, filter: string): 'hex' | 'base64' {
  if (isEmpty(option) || option === 'hex') return 'hex';
  if (option === 'base64') return 'base64';
  throw new TemplateError(`the filter \`${filter}\` writes 'hex' or 'base64', not ${shown(option)}`);
}

function digest(name: 'md5' | 'sha1' | 'sha256' | 'sha512'): [string, FilterImplOptions] {
  return [
    name,
    (value: unknown, option?: unknown) =>
      createHash(name).update(textOf(value, name), 'utf8').digest(encoding(option, name)),
  ];
}

function hmac(hash: 'sha1' | 'sha256'): [string, FilterImplOptions] {
  const name = `hmac_${hash}`;
  return [
    name,
    (value: unknown, key: unknown, option?: unknown) => {
      if (isEmpty(key))
        throw new TemplateError(`the filter \`${name}\` needs a key: \`| ${name}: secrets.key\``);
      return createHmac(hash, textOf(key, name))
        .update(textOf(value, name), 'utf8')
        .digest(encoding(option, name));
    },
  ];
}

/** What percent-encodes by itself must not be encoded once more by a URL template. */
function alreadyEncoded(handler: FilterImplOptions): FilterImplOptions {
  return { handler: typeof handler === 'function' ? handler : handler.handler, raw: true };
}

function liquidEncoder(name: string): [string, FilterImplOptions] {
  const handler = liquidFilters[name];
  if (!handler) throw new Error(`LiquidJS has no filter ${name}`);
  return [name, alreadyEncoded(handler)];
}

/** Text made safe for the language it is put into, and digests of text (UTF-8). */
export const escapeFilters: Record<string, FilterImplOptions> = Object.fromEntries([
  /** Inside single quotes of SQL (and SOQL-like filters): each quote is doubled. */
  textFilter('sql', (text) => text.replaceAll("'", "''")),
  /** A literal in a Lucene query. */
  textFilter('lucene', lucene),
  /** Element text or attribute value. */
  textFilter('xml', xml),
  /** A whole CDATA section, with its delimiters. */
  textFilter('cdata', cdata),
  /** The inside of a JSON string, without the quotes. */
  textFilter('json_text', (text) => JSON.stringify(text).slice(1, -1)),
  ['url', alreadyEncoded((value: unknown) => percentEncode(textOf(value, 'url')))],
  ...['url_encode', 'cgi_escape', 'uri_escape'].map(liquidEncoder),
  textFilter('base64', (text) => Buffer.from(text, 'utf8').toString('base64')),
  digest('md5'),
  digest('sha1'),
  digest('sha256'),
  digest('sha512'),
  hmac('sha1'),
  hmac('sha256'),
]);
