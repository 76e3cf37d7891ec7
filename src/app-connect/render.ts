import { TemplateError } from '../profile/filters/template-error.ts';
import type { Json } from '../profile/types.ts';
import { encodeBody } from './body.ts';
import { mapOf, operationDocument } from './document.ts';
import { RequestHeaders } from './headers.ts';
import { type ProxyInputs, proxyScope } from './inputs.ts';
import { encodeQuery, pairsOf } from './query.ts';
import { pathsIn, renderDeep, renderText } from './template.ts';

export type { ProxyInputs } from './inputs.ts';

export interface ProxyRequest {
  method: string;
  /** Absolute, encoded as it goes over the wire. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Absent where App Connect sends none. A GET without one of its own has `{}`. */
  body?: string;
  /** The headers among `headers` that carry a credential. */
  credentialHeaders: string[];
}

type Scope = Readonly<Record<string, unknown>>;

/**
 * One operation of a bare proxyConfig as the request that App Connect would send, by App Connect's rules and not ours:
 * templates in the URL are not encoded, query values are, every request without a body of its own carries `{}`.
 * Measured on `@app-connect/core` 1.7.41 with axios 1.x; tests/referee holds both against each other.
 * @throws {TemplateError} where App Connect would send nothing: an operation that is not there, a URL that is none, a
 *   credential that is no text
 */
export function renderProxyRequest(config: Json, operation: string, inputs: ProxyInputs): ProxyRequest {
  const document = operationDocument(config, operation);
  const place = `operations.${operation}`;
  if (!document.operation) throw new TemplateError(`the proxyConfig has no ${place}`);
  const { scope, authHeader } = proxyScope(document, operation, inputs);
  const { method: givenMethod, url: urlTemplate, query, body: bodyTemplate } = document.operation;

  const method = String(givenMethod || 'GET').toUpperCase();
  const url = absoluteUrl(document.requestDefaults.baseUrl, urlTemplate, scope, `${place}.url`);
  const templates = { ...mapOf(document.requestDefaults.defaultHeaders) };
  // A default keeps its place in the order though its value is replaced: with two spellings of a name, order decides.
  Object.assign(templates, mapOf(document.operation.headers));
  const auth = document.operation.auth ? mapOf(document.operation.auth) : document.auth;
  const credential = credentialHeader(auth, scope, authHeader, place);

  const headers = new RequestHeaders();
  const rendered = { ...mapOf(renderDeep(templates, scope)), ...credential };
  for (const [name, value] of Object.entries(rendered)) headers.set(name, value);
  const body = encodeBody(renderDeep(bodyTemplate || {}, scope), method, headers, `${place}.body`);
  if (url.username || url.password) headers.set('authorization', userInfoHeader(url));

  const search = queryText(renderDeep(query || {}, scope), `${place}.query`);
  const target = `${url.pathname}${url.search}`;
  return {
    method,
    url: `${url.origin}${target}${search && `${target.includes('?') ? '&' : '?'}${search}`}`,
    headers: headers.toRecord(),
    ...(body !== undefined && body !== '' && { body }),
    credentialHeaders: credentialNames(templates, Object.keys(credential), headers.toRecord()),
  };
}

function absoluteUrl(baseUrl: unknown, template: unknown, scope: Scope, place: string): URL {
  const path = typeof template === 'string' ? renderText(template, scope) : template;
  const url = joined(baseUrl, path);
  if (typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url)) return new URL(url);
  // The template and not the rendered text: that may hold a credential.
  throw new TemplateError(
    `${place} (${String(template)}) gives no absolute http or https URL with requestDefaults.baseUrl (${String(baseUrl)}), which is no template`,
  );
}

/** One slash between them. An absolute URL ignores the base; an empty path is the base itself. */
function joined(baseUrl: unknown, path: unknown): unknown {
  if (!baseUrl) return path;
  if (!path) return baseUrl;
  if (typeof path !== 'string' || typeof baseUrl !== 'string') return undefined;
  if (path.startsWith('http://') || path.startsWith('https://')) return path;
  return `${baseUrl.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
}

/**
 * The header of the configured credential: by `credentialTemplate`, else what App Connect prepared, else the Bearer
 * token of an OAuth config. Only a `credentialTemplate` looks at `encode`.
 */
function credentialHeader(
  auth: Scope,
  scope: Scope,
  prepared: string | undefined,
  place: string,
): Record<string, unknown> {
  const name = String(auth.headerName || 'Authorization');
  if (auth.credentialTemplate) {
    const template = auth.credentialTemplate;
    const credential = typeof template === 'string' ? renderText(template, scope) : template;
    const token = auth.encode === 'none' ? credential : base64(credential, place);
    return { [name]: auth.scheme ? `${auth.scheme} ${token}` : token };
  }
  if (prepared) return { [name]: prepared };
  if (auth.type !== 'oauth') return {};
  return { [name]: `${auth.scheme || 'Bearer'} ${mapOf(scope.user).accessToken}` };
}

function base64(credential: unknown, place: string): string {
  if (typeof credential === 'string') return Buffer.from(credential).toString('base64');
  throw new TemplateError(
    `${place}: the credentialTemplate renders to ${credential === undefined ? 'nothing' : `a ${typeof credential}`}, and only text can be encoded in Base64`,
  );
}

/** `https://user:password@host/` becomes HTTP Basic and takes the place of any other Authorization header. */
function userInfoHeader({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function queryText(query: unknown, place: string): string {
  if (!query) return '';
  if (typeof query !== 'object')
    throw new TemplateError(`${place} renders to a ${typeof query} and not to a map`);
  return encodeQuery(pairsOf(query));
}

const credentialPaths =
  /^(?:apiKey|authHeader|secretKey|user\.(?:accessToken|refreshToken|platformAdditionalInfo)|additionalInfo)(?:\.|$)/;
const credentialHeaderNames = new Set(['authorization', 'proxy-authorization', 'cookie']);

function credentialNames(templates: Scope, own: readonly string[], sent: Record<string, string>): string[] {
  const templated = Object.entries(templates).flatMap(([name, template]) =>
    typeof template === 'string' && pathsIn(template).some((path) => credentialPaths.test(path))
      ? [name]
      : [],
  );
  const names = new Set([...own, ...templated].map((name) => name.trim().toLowerCase()));
  return Object.keys(sent).filter((name) => names.has(name) || credentialHeaderNames.has(name));
}
