import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a route gets. */
export interface ApiRequest {
  method: string;
  /** Without `/api`. */
  path: string;
  /** Values of the pattern's `:names`. */
  params: Record<string, string>;
  /** The query string as it came, without its question mark. */
  rawQuery: string;
  query: URLSearchParams;
  /** The parsed JSON body; empty when there was none. */
  body: Record<string, unknown>;
  /** `wrong` reaches a route only where a fault lets it in. */
  caller: Caller;
}

/** `known`: a valid token or key. `missing`: no credential at all. `wrong`: one that is not, or no longer, valid. */
export type Caller = 'known' | 'missing' | 'wrong';

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Route {
  method: string;
  /** `/contacts/:id` */
  pattern: string;
  handle(request: ApiRequest): Answer | Promise<Answer>;
}

/** A refusal, for a person and for a program: the field is named where one is at fault. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly headers: Record<string, string>;
  readonly submitted: unknown;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { field?: string; headers?: Record<string, string>; submitted?: unknown } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = more.field;
    this.headers = more.headers ?? {};
    this.submitted = more.submitted;
  }

  answer(): Answer {
    const { status, code, message, field, headers, submitted } = this;
    return { status, headers, body: { error: code, message, field, submitted } };
  }
}

/** 404 for a record that does not exist. */
export function notFound(what: string, id: string): Refusal {
  return new Refusal(404, 'not_found', `There is no ${what} "${id}".`);
}

/**
 * Finds the route for a request and runs it.
 * @throws {Refusal} 404 for an unknown path, 405 for an unknown method of a known one
 */
export async function dispatch(routes: readonly Route[], request: ApiRequest): Promise<Answer> {
  const here = routes.flatMap((route) => {
    const params = matchPattern(route.pattern, request.path);
    return params ? [{ route, params }] : [];
  });
  const match = here.find(({ route }) => route.method === request.method);
  if (match) return match.route.handle({ ...request, params: match.params });
  if (here.length === 0) throw new Refusal(404, 'not_found', `There is nothing at /api${request.path}.`);
  const allow = here.map(({ route }) => route.method).join(', ');
  throw new Refusal(405, 'method_not_allowed', `${request.method} is not possible here, only ${allow}.`, {
    headers: { allow },
  });
}

function matchPattern(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = decodeText(value);
    else if (part !== value) return null;
  }
  return params;
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Longer than any log that App Connect writes. */
const maxBodyBytes = 4 * 1024 * 1024;

/** The whole body of a request as text. @throws {Refusal} 413 over 4 MiB */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Refusal(413, 'too_large', 'The body is longer than 4 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A JSON object from a body's text; an empty body is an empty object. @throws {Refusal} 400 for anything else */
export function parseObject(text: string): Record<string, unknown> {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'invalid_json', 'The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'invalid_json', 'The body must be a JSON object.');
  }
  return { ...value };
}

/** Sends an answer: JSON, unless its headers name another content type. */
export function sendAnswer(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  if (response.destroyed) return;
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text);
}
