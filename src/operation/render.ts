import type { HttpRequest } from '../http/types.ts';
import { percentEncode } from '../profile/filters/escape.ts';
import { partOf, renderTemplate, renderValue, TemplateError } from '../profile/template.ts';
import type { BodyType, Profile, RequestTemplate } from '../profile/types.ts';

const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  xml: 'application/xml; charset=utf-8',
  raw: 'text/plain; charset=utf-8',
} satisfies Record<Exclude<BodyType, 'none'>, string>;

/**
 * One request of one of our own profiles, as it will go over the wire, still unsigned.
 * @param emptyBody put App Connect's `{}` into a GET or DELETE that has no body of its own
 * @throws {TemplateError} when a variable is undefined or a filter is given nonsense
 */
export function renderRequest(
  profile: Profile,
  template: RequestTemplate,
  variables: Record<string, unknown>,
  emptyBody: boolean,
): HttpRequest {
  const { requestDefaults, hosts } = profile;
  const headers = partOf('headers', () =>
    renderHeaders({ ...requestDefaults.defaultHeaders, ...template.headers }, variables),
  );
  const base = template.host === undefined ? requestDefaults.baseUrl : (hosts[template.host] ?? '');
  const url = withQuery(
    absolute(
      base,
      partOf('url', () => String(renderTemplate(template.url, variables, { escape: 'url' }))),
    ),
    partOf('query', () => renderQuery(template, variables)),
  );
  const body = partOf('body', () => renderBody(template, variables));
  if (body) {
    headers['content-type'] ??= body.contentType;
    return { method: template.method, url, headers, body: body.text };
  }
  if (
    emptyBody &&
    (template.method === 'GET' || template.method === 'DELETE') &&
    template.bodyType !== 'none'
  ) {
    headers['content-type'] ??= contentTypes.json;
    return { method: template.method, url, headers, body: '{}' };
  }
  return { method: template.method, url, headers };
}

/** Header names in lower case, so that a request's own header replaces the default of another spelling. */
function renderHeaders(
  templates: Record<string, string>,
  variables: Record<string, unknown>,
): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json, text/plain, */*' };
  for (const [name, template] of Object.entries(templates)) {
    const value = partOf(name, () => {
      const rendered = renderTemplate(template, variables);
      const value = rendered === null ? null : text(rendered);
      // A line break would end the header and start another: header injection by data of the CRM.
      if (value !== null && /[\r\n\0]/.test(value)) {
        throw new TemplateError(
          `the header ${name} would contain a line break; add \`| strip_newlines\`, or keep it in one line`,
        );
      }
      return value;
    });
    // Nothing is no header, rather than an empty one.
    if (value === null) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = value;
  }
  return headers;
}

function absolute(base: string, url: string): string {
  if (/^https?:\/\//i.test(url)) return url;
  return url === '' ? base : `${base}${url.startsWith('/') || url.startsWith('?') ? '' : '/'}${url}`;
}

function renderQuery(template: RequestTemplate, variables: Record<string, unknown>): string {
  const query = renderValue(template.query, variables, { omitEmpty: template.omitEmpty });
  return pairs(query)
    .map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`)
    .join('&');
}

/** Adds a rendered query to a URL that may have one already. */
function withQuery(url: string, query: string): string {
  if (query === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function renderBody(
  template: RequestTemplate,
  variables: Record<string, unknown>,
): { text: string; contentType: string } | null {
  if (template.body === undefined || template.bodyType === 'none') return null;
  const value = renderValue(template.body, variables, { omitEmpty: template.omitEmpty });
  const type = template.bodyType ?? (typeof value === 'string' ? 'raw' : 'json');
  const contentType = contentTypes[type];
  switch (type) {
    case 'json':
      return { text: JSON.stringify(value), contentType };
    case 'form':
      return {
        text: typeof value === 'string' ? value : new URLSearchParams(pairs(value)).toString(),
        contentType,
      };
    case 'xml':
    case 'raw':
      return { text: typeof value === 'string' ? value : JSON.stringify(value), contentType };
  }
}

/** Key and value pairs of a rendered object; an array repeats its key. */
function pairs(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]): [string, string][] =>
    Array.isArray(entry) ? entry.map((one): [string, string] => [key, text(one)]) : [[key, text(entry)]],
  );
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
