import { createHash, randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Context } from 'oidc-provider';
import type { FaultSwitch } from './faults.ts';
import { importOidcProvider } from './quiet-import.ts';
import type { TokenStore } from './token-store.ts';

type Next = () => Promise<void>;

/** Gives a certified authorization server the faults that were chosen. */
export function addOAuthFaults(provider: Provider, store: TokenStore, fault: FaultSwitch): void {
  if (fault('wrong-secret-accepted')) provider.Client.prototype.compareClientSecret = () => true;
  if (fault('redirect-uri-unchecked')) provider.Client.prototype.redirectUriAllowed = () => true;
  changeTokenLookup(provider, fault);
  provider.use((context, next) => atRevocation(context, next, store, fault));
  provider.use((context, next) => atToken(context, next, fault));
  provider.use((context, next) => atRedirect(context, next, fault));
  provider.use((context, next) => atMetadata(context, next, fault));
}

/** What has to be refused before anything is spent is refused where it is looked up. */
function changeTokenLookup(provider: Provider, fault: FaultSwitch): void {
  const { AuthorizationCode, RefreshToken } = provider;
  const currentRequest = (): Context['oidc'] => (provider.constructor as typeof Provider).ctx?.oidc;

  const findCode = AuthorizationCode.find.bind(AuthorizationCode);
  AuthorizationCode.find = async (value, options) => {
    const verifier = currentRequest()?.params?.code_verifier;
    if (verifier === undefined && fault('pkce-demanded')) {
      const { errors } = await importOidcProvider();
      throw new errors.InvalidRequest('code_verifier is required');
    }
    const code = await findCode(value, options);
    if (code && fault('pkce-verifier-unchecked')) {
      code.codeChallenge = verifier && createHash('sha256').update(verifier).digest('base64url');
    }
    return code;
  };

  const findRefreshToken = RefreshToken.find.bind(RefreshToken);
  RefreshToken.find = async (value, options) => {
    if (currentRequest()?.route === 'token' && fault('refresh-refused')) return undefined;
    return findRefreshToken(value, options);
  };
}

async function atRevocation(
  context: Context,
  next: Next,
  store: TokenStore,
  fault: FaultSwitch,
): Promise<void> {
  if (context.path !== '/token/revocation') return next();
  if (fault('logout-does-nothing')) return answer(context, 200, '');
  if (fault('logout-refused')) return answer(context, 401, { error: 'invalid_client' });
  if (fault('logout-missing')) return answer(context, 404, { error: 'not_found' });
  await next();
  if (context.status !== 200) return;
  if (fault('logout-ends-every-session')) store.dropTokens();
  const known = ['AccessToken', 'RefreshToken'].some((kind) => kind in (context.oidc?.entities ?? {}));
  if (!known && fault('logout-repeated-refused')) answer(context, 400, { error: 'invalid_request' });
}

async function atToken(context: Context, next: Next, fault: FaultSwitch): Promise<void> {
  if (context.path !== '/token') return next();
  if (fault('secret-only-in-body') && context.req.headers.authorization !== undefined) {
    return answer(context, 401, {
      error: 'invalid_client',
      error_description: 'send client_secret in the body',
    });
  }
  if (fault('secret-only-in-query') && !takeSecretFromQuery(context)) {
    return answer(context, 401, {
      error: 'invalid_client',
      error_description: 'send client_secret in the query',
    });
  }
  await next();
  if (context.status >= 400 && fault('token-error-with-200')) context.status = 200;
  if (context.status !== 200 || !isRecord(context.body) || 'error' in context.body) return;
  context.body = tokenAnswer(context.body, context.oidc?.params?.grant_type === 'refresh_token', fault);
}

function tokenAnswer(
  body: Record<string, unknown>,
  isRefresh: boolean,
  fault: FaultSwitch,
): Record<string, unknown> {
  const changed = { ...body };
  if (isRefresh) {
    if (fault('refresh-without-expires-in')) delete changed.expires_in;
    if (fault('refresh-gives-dead-token')) changed.access_token = randomBytes(32).toString('base64url');
    return changed;
  }
  if (fault('token-without-expires-in')) delete changed.expires_in;
  if (fault('token-without-token-type')) delete changed.token_type;
  return changed;
}

/** Turns credentials in the query into the HTTP Basic that oidc-provider reads; refuses all others. */
function takeSecretFromQuery(context: Context): boolean {
  const query = new URLSearchParams(context.querystring);
  const [id, secret] = [query.get('client_id'), query.get('client_secret')];
  if (id === null || secret === null || context.req.headers.authorization !== undefined) return false;
  context.req.headers.authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  return true;
}

/** The redirect back to the client, with the code and the state in it. */
async function atRedirect(context: Context, next: Next, fault: FaultSwitch): Promise<void> {
  await next();
  const location = context.response.get('location');
  if (!URL.canParse(location)) return;
  const url = new URL(location);
  const state = url.searchParams.get('state');
  if (state === null || !url.searchParams.has('code')) return;
  if (fault('state-dropped')) url.searchParams.delete('state');
  if (fault('state-changed')) url.searchParams.set('state', state.toUpperCase());
  if (url.href !== location) context.redirect(url.href);
}

async function atMetadata(context: Context, next: Next, fault: FaultSwitch): Promise<void> {
  await next();
  if (!context.path.startsWith('/.well-known/') || !isRecord(context.body)) return;
  if (fault('metadata-disagrees')) {
    context.body = { ...context.body, token_endpoint: `${context.body.issuer}/old/token` };
  }
}

function answer(context: Context, status: number, body: unknown): void {
  context.status = status;
  context.body = body;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
