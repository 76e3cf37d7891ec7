import * as oauth from 'openid-client';
import { createFetch } from '../../http/fetch.ts';
import { HttpTrouble } from '../../http/trouble.ts';
import type { Transport, TroubleCode } from '../../http/types.ts';
import type { ClientAuthentication } from '../../profile/types.ts';
import { basic, type Tokens } from '../session.ts';
import type { OAuthClient } from './client.ts';

/** What the token endpoint answered, as facts. The tokens themselves are not in `response`. */
export type TokenAnswer =
  | {
      kind: 'answered';
      status: number;
      contentType: string;
      /** null when the answer was not a JSON object. */
      response: TokenResponseFacts | null;
      /** `error` and `error_description` of RFC 6749 section 5.2, wherever the status. */
      error: string | null;
      errorDescription: string | null;
      tokens: Tokens | null;
      /** What a strict client library says of the answer; null when it is content. */
      strict: string | null;
      exchange: number;
    }
  | { kind: 'trouble'; code: TroubleCode | 'status'; message: string; exchange: number | null };

/** RFC 6749 section 5.1, measured: types and lengths in place of secrets. */
export interface TokenResponseFacts {
  accessTokenLength: number | null;
  refreshTokenLength: number | null;
  tokenType: string | null;
  expiresIn: number | string | null;
  hasError: boolean;
}

export interface GrantOptions {
  clientAuth?: ClientAuthentication;
  /** In place of the client's own: a wrong one, to see it refused. */
  clientSecret?: string;
}

/** Parameters of a token request that are secrets. The redirect URI beside them is not: it stays readable. */
const secretParameters = ['code', 'code_verifier', 'refresh_token', 'password'];

/**
 * One request to the token endpoint, as App Connect sends it: a form POST, id and secret by HTTP Basic without
 * URL-encoding them first (not RFC 6749 section 2.3.1, but what is on the wire). openid-client carries the grant and
 * its verdict is kept as a fact; the answer itself is read tolerantly, so that one fault does not hide the next.
 */
export async function requestToken(
  transport: Transport,
  client: OAuthClient,
  grantType: string,
  parameters: Record<string, string>,
  options: GrantOptions = {},
): Promise<TokenAnswer> {
  const clientAuth = options.clientAuth ?? client.clientAuth;
  const secret = options.clientSecret ?? client.clientSecret;
  for (const value of [secret, ...secretParameters.flatMap((name) => parameters[name] ?? [])]) {
    transport.redaction.add(value);
  }
  const fetch = createFetch(transport, {
    intent: `token request (${grantType})`,
    repeat: 'once',
    secretsIn: ({ text }) => tokensIn(text),
  });
  let seen: { status: number; contentType: string; text: string } | undefined;
  const origin = new URL(client.tokenUrl).origin;
  const config = new oauth.Configuration(
    { issuer: origin, token_endpoint: client.tokenUrl },
    client.clientId,
    undefined,
    authenticate(clientAuth, client.clientId, secret),
  );
  oauth.allowInsecureRequests(config);
  config[oauth.customFetch] = async (url, init) => {
    const target = clientAuth === 'query' ? inQuery(url, init) : { url, init };
    const response = await fetch(target.url, target.init);
    const text = await response.clone().text();
    seen = { status: response.status, contentType: response.headers.get('content-type') ?? '', text };
    return response;
  };
  let strict: string | null = null;
  try {
    await oauth.genericGrantRequest(config, grantType, { ...client.tokenParams, ...parameters });
  } catch (error) {
    const trouble = troubleIn(error);
    if (trouble)
      return { kind: 'trouble', code: trouble.code, message: trouble.message, exchange: trouble.exchange };
    strict = strictOpinion(error);
  }
  const exchange = transport.exchanges.findLast(({ intent }) => intent.startsWith('token request'))?.id ?? 0;
  if (!seen)
    return {
      kind: 'trouble',
      code: 'protocol',
      message: strict ?? 'the request was not sent',
      exchange: null,
    };
  if (seen.status === 429 || seen.status >= 500) {
    return { kind: 'trouble', code: 'status', message: `HTTP ${seen.status}`, exchange };
  }
  return read(seen, strict, exchange);
}

function read(
  { status, contentType, text }: { status: number; contentType: string; text: string },
  strict: string | null,
  exchange: number,
): TokenAnswer {
  const body = jsonObject(text);
  const string = (key: string) => (typeof body?.[key] === 'string' ? body[key] : null);
  const accessToken = string('access_token');
  const expiresIn = body?.expires_in;
  const seconds = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn;
  // Some servers have every field in every answer: an empty `error` is none.
  const error = string('error') || null;
  return {
    kind: 'answered',
    status,
    contentType,
    response: body && {
      accessTokenLength: accessToken?.length ?? null,
      refreshTokenLength: string('refresh_token')?.length ?? null,
      tokenType: string('token_type'),
      expiresIn: typeof expiresIn === 'number' || typeof expiresIn === 'string' ? expiresIn : null,
      hasError: body.error !== undefined && body.error !== null && body.error !== '',
    },
    error,
    errorDescription: string('error_description'),
    tokens:
      accessToken && status < 400 && error === null
        ? {
            accessToken,
            refreshToken: string('refresh_token'),
            expiresIn: typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : null,
          }
        : null,
    strict,
    exchange,
  };
}

function authenticate(how: ClientAuthentication, id: string, secret: string): oauth.ClientAuth {
  return (_server, _client, body, headers) => {
    if (how === 'basic' && secret !== '') headers.set('authorization', basic(id, secret));
    else {
      body.set('client_id', id);
      if (secret !== '') body.set('client_secret', secret);
    }
  };
}

/** Bullhorn and monday: every parameter in the query string, an empty body. */
function inQuery(
  url: string,
  init: oauth.CustomFetchOptions,
): { url: string; init: oauth.CustomFetchOptions } {
  const parameters = String(init.body ?? '');
  const { 'content-type': _dropped, ...headers } = init.headers;
  return {
    url: `${url}${url.includes('?') ? '&' : '?'}${parameters}`,
    init: { ...init, headers, body: null },
  };
}

function tokensIn(text: string): string[] {
  const body = jsonObject(text);
  return ['access_token', 'refresh_token', 'id_token'].flatMap((key) => {
    const value = body?.[key];
    return typeof value === 'string' ? [value] : [];
  });
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    // A byte order mark is one of the deviations that a strict parser trips over.
    const value: unknown = JSON.parse(text.replace(/^﻿/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function troubleIn(error: unknown): HttpTrouble | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof HttpTrouble) return cause;
  }
  return null;
}

function strictOpinion(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  // The error itself says "invalid response encountered"; the one below it says what is wrong with which property.
  let innermost = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  return `${code}${innermost.message}`;
}
