import * as oauth from 'openid-client';
import { createFetch } from '../../http/fetch.ts';
import { HttpTrouble } from '../../http/trouble.ts';
import type { Redaction, Transport } from '../../http/types.ts';
import { sayOf } from '../../operation/answer.ts';
import type { ClientAuthentication } from '../../profile/types.ts';
import type { Tokens } from '../session.ts';
import { authenticate, inQuery } from './authenticate.ts';
import type { OAuthClient } from './client.ts';
import { type RawTokenAnswer, readToken, saysError, secondsIn } from './read-token.ts';
import type { TokenAnswer } from './token-answer.ts';

export interface GrantOptions {
  clientAuth?: ClientAuthentication;
  /** In place of the client's own: a wrong one, to see it refused. */
  clientSecret?: string;
  /** HTTP Basic of a client without a secret, which App Connect sends when it refreshes; else `client_id` in the body. */
  emptySecret?: boolean;
  /** See `SendOptions.toTheEnd`: what it spends may be replaced in the answer alone. */
  toTheEnd?: boolean;
}

/** Parameters of a token request that are secrets. The redirect URI beside them is not: it stays readable. */
const secretParameters = ['code', 'code_verifier', 'refresh_token', 'password'];

/**
 * One request to the token endpoint, as App Connect sends it: a form POST, id and secret by HTTP Basic without
 * URL-encoding them first (not RFC 6749 section 2.3.1, but what is on the wire). openid-client carries the grant. It is
 * strict, as a client should be, so it is shown a mended answer: each deviation is noted, and does not hide the next.
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
    ...(options.toTheEnd && { toTheEnd: true }),
    secretsIn: ({ status, headers, text }) =>
      secretsIn({ status, contentType: headers['content-type'] ?? '', text }),
  });
  let seen: Seen | undefined;
  const origin = new URL(client.tokenUrl).origin;
  const config = new oauth.Configuration(
    { issuer: origin, token_endpoint: client.tokenUrl },
    client.clientId,
    undefined,
    authenticate(clientAuth, client.clientId, secret, options.emptySecret),
  );
  oauth.allowInsecureRequests(config);
  config[oauth.customFetch] = async (url, init) => {
    const target = clientAuth === 'query' ? inQuery(url, init) : { url, init };
    const response = await fetch(target.url, target.init);
    seen = await look(response);
    return mended(seen, response, client);
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
    const { status } = seen;
    return { kind: 'trouble', code: 'status', status, message: `HTTP ${status}`, exchange };
  }
  return answerFrom(seen, client, strict, exchange, transport.redaction);
}

/** An answer of the token endpoint, before anything is made of it. */
interface Seen extends RawTokenAnswer {
  clockSkew: number | null;
}

async function look(response: Response): Promise<Seen> {
  // `text()` would drop the byte order mark.
  const text = Buffer.from(await response.clone().arrayBuffer()).toString('utf8');
  const date = Date.parse(response.headers.get('date') ?? '');
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text,
    // `Date` has whole seconds, cut off.
    clockSkew: Number.isNaN(date) ? null : Math.round((date + 500 - Date.now()) / 1000),
  };
}

/** A token response without its deviations, for a library that would stop at the first. A refusal stays as it is. */
function mended(seen: Seen, response: Response, client: OAuthClient): Response {
  const { fields } = readToken(seen);
  const tokens = fields && tokensFrom(seen.status, fields, client);
  if (!tokens) return response;
  const { accessToken, refreshToken, expiresIn } = tokens;
  return Response.json({
    access_token: accessToken,
    token_type: 'Bearer',
    ...(refreshToken !== null && { refresh_token: refreshToken }),
    ...(expiresIn !== null && { expires_in: expiresIn }),
    ...(typeof fields.scope === 'string' && { scope: fields.scope }),
  });
}

/** A token beside an `error` is none: App Connect refuses such an answer, whatever its status. */
function tokensFrom(
  status: number,
  fields: Record<string, unknown>,
  { discovers }: OAuthClient,
): Tokens | null {
  const { access_token, refresh_token, expires_in, error } = fields;
  if (typeof access_token !== 'string' || access_token === '' || status >= 400) return null;
  if (typeof error === 'string' && error !== '') return null;
  return {
    accessToken: access_token,
    refreshToken: typeof refresh_token === 'string' && refresh_token !== '' ? refresh_token : null,
    expiresIn: secondsIn(expires_in),
    ...(discovers.length > 0 && { discovered: textsIn(fields, discovers) }),
  };
}

function answerFrom(
  seen: Seen,
  client: OAuthClient,
  strict: string | null,
  exchange: number,
  redaction: Redaction,
): TokenAnswer {
  const { status, contentType, text, clockSkew } = seen;
  const { fields, deviations } = readToken(seen);
  const string = (key: string) => (typeof fields?.[key] === 'string' ? fields[key] || null : null);
  const expiresIn = fields?.expires_in;
  const error = string('error');
  const tokens = fields && tokensFrom(status, fields, client);
  return {
    kind: 'answered',
    status,
    contentType,
    response: fields && {
      accessTokenLength: string('access_token')?.length ?? null,
      refreshTokenLength: string('refresh_token')?.length ?? null,
      tokenType: string('token_type'),
      expiresIn:
        typeof expiresIn === 'number' || (typeof expiresIn === 'string' && expiresIn) ? expiresIn : null,
      hasError: saysError(fields),
    },
    error,
    errorDescription:
      string('error_description') ?? (tokens || error ? null : sayOf(fields ?? text, {}, redaction) || null),
    tokens,
    deviations,
    strict: tokens ? strict : null,
    clockSkew,
    exchange,
  };
}

/** Those of the named fields that are there. A refresh may leave them out: what was told stays told. */
function textsIn(fields: Record<string, unknown>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = fields[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
    }),
  );
}

function secretsIn(answer: RawTokenAnswer): string[] {
  const { fields } = readToken(answer);
  return ['access_token', 'refresh_token', 'id_token'].flatMap((key) => {
    const value = fields?.[key];
    return typeof value === 'string' ? [value] : [];
  });
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
