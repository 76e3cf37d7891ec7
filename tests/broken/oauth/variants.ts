import { refreshVariants } from './refresh-variants.ts';
import { unknownClient } from './small-crm.ts';
import { faulty, fields, isRevocation, once, page, text, type Variant, wont } from './variant.ts';

const both = { 'oauth.token-response': 'fail', 'oauth.refresh': 'fail' } as const;
const bothWarn = { 'oauth.token-response': 'warn', 'oauth.refresh': 'warn' } as const;
const badRefusal = { 'oauth.bad-client-refused': 'warn' } as const;

export const variants: Record<string, Variant> = {
  ...refreshVariants,
  'redirect URI not registered': faulty('authorize-refuses-redirect-uri', { 'oauth.authorize': 'fail' }),
  'redirect URI unchecked': faulty('redirect-uri-unchecked', { 'oauth.redirect-uri-checked': 'warn' }),
  'redirect URI compared by its beginning': wont(
    {
      instead: ({ path, query }) =>
        path === '/oauth/authorize' && /redirect\.html\/./.test(query.get('redirect_uri') ?? '')
          ? { status: 302, headers: { location: `${query.get('redirect_uri')}?code=c&state=s` } }
          : undefined,
    },
    { 'oauth.redirect-uri-checked': 'warn' },
  ),
  'an empty code': wont(
    {
      redirect: (location) => {
        location.searchParams.set('code', '');
        return { status: 302, headers: { location: location.href } };
      },
    },
    { 'oauth.authorize': 'fail' },
  ),
  'a redirect to an app': wont(
    { redirect: ({ search }) => ({ status: 302, headers: { location: `app://callback${search}` } }) },
    { 'oauth.authorize': 'fail' },
  ),
  'state dropped': faulty('state-dropped', { 'oauth.state': 'fail' }),
  'state changed': faulty('state-changed', { 'oauth.state': 'fail' }),
  'PKCE demanded': faulty('pkce-demanded', { 'oauth.code-exchange': 'fail' }),
  'verifier unchecked': faulty('pkce-verifier-unchecked', { 'oauth.pkce': 'warn' }),
  'PKCE refused': wont(
    {
      instead: ({ path, form }) =>
        path === '/oauth/token' && form.has('code_verifier')
          ? { status: 400, body: { error: 'invalid_request', error_description: 'code_verifier?' } }
          : undefined,
    },
    { 'oauth.pkce': 'warn' },
  ),
  'secret only in the body': faulty('secret-only-in-body', {
    'oauth.code-exchange': 'warn',
    'oauth.refresh': 'warn',
  }),
  'secret only in the query': faulty('secret-only-in-query', {
    'oauth.code-exchange': 'warn',
    'oauth.refresh': 'warn',
  }),
  'HTTP Basic answered with 500': wont(
    {
      instead: ({ path, headers }) =>
        path === '/oauth/token' && headers.authorization ? { status: 500, body: 'null pointer' } : undefined,
    },
    { 'oauth.code-exchange': 'warn', 'oauth.refresh': 'warn' },
  ),
  'one 503 at the exchange': wont(
    { instead: once(({ form }) => form.has('code'), { status: 503, body: 'busy' }) },
    {},
  ),
  'PKCE and the body demanded': wont(
    {
      secretInBody: true,
      instead: ({ path, form }) =>
        path === '/oauth/token' && form.has('code') && !form.has('code_verifier')
          ? { status: 400, body: { error: 'invalid_request' } }
          : undefined,
    },
    { 'oauth.code-exchange': 'fail', 'oauth.refresh': 'warn' },
  ),
  'no expires_in': faulty('token-without-expires-in', { 'oauth.token-response': 'fail' }),
  'code works twice': faulty('code-works-twice', { 'oauth.code-single-use': 'warn' }),
  'token too long': faulty('token-too-long', both),
  'token_type missing': faulty('token-without-token-type', { 'oauth.token-response': 'warn' }),
  'token_type of its own': wont({ token: fields((body) => ({ ...body, token_type: 'OAuth2' })) }, bothWarn),
  'token_type a number': wont({ token: fields((body) => ({ ...body, token_type: 2 })) }, both),
  'expires_in in quotes': wont({ token: fields((body) => ({ ...body, expires_in: '3600' })) }, bothWarn),
  'expires_in in words': wont({ token: fields((body) => ({ ...body, expires_in: 'one hour' })) }, both),
  'expires_in of 0.001': wont({ token: fields((body) => ({ ...body, expires_in: 0.001 })) }, both),
  'expires_in below zero': wont({ token: fields((body) => ({ ...body, expires_in: -1 })) }, both),
  'expires_in of 1e309': wont({ token: text((json) => json.replace(':3600', ':1e309')) }, both),
  'refresh token of 3,000 characters': wont(
    {
      token: fields((body) => ({
        ...body,
        ...(body.refresh_token ? { refresh_token: 'R'.repeat(3000) } : {}),
      })),
    },
    { 'oauth.token-response': 'fail', 'oauth.refresh': 'fail' },
  ),
  'expires_in empty': wont({ token: fields((body) => ({ ...body, expires_in: '' })) }, both),
  'error_description beside the token': wont(
    { token: fields((body) => ({ ...body, error_description: 'none' })) },
    both,
  ),
  'error false beside the token': wont({ token: fields((body) => ({ ...body, error: false })) }, {}),
  'byte order mark': wont({ token: text((json) => `\uFEFF${json}`) }, both),
  'JSON as text/plain': wont({ token: text((json) => json, 'text/plain') }, bothWarn),
  'JSON in quotes': wont({ token: text((json) => JSON.stringify(json)) }, both),
  'form in place of JSON': wont(
    {
      token: text(
        (json) => new URLSearchParams(JSON.parse(json)).toString(),
        'application/x-www-form-urlencoded',
      ),
    },
    bothWarn,
  ),
  'token nested': wont({ token: fields((body) => ({ status: 'ok', data: body })) }, both),
  'token in a list': wont({ token: fields((body) => [body]) }, both),
  'token in camel case': wont(
    {
      token: fields(({ access_token, refresh_token, expires_in }) => ({
        accessToken: access_token,
        refreshToken: refresh_token,
        tokenType: 'Bearer',
        expiresIn: expires_in,
      })),
    },
    both,
  ),
  '201 in place of 200': wont({ token: (reply) => ({ ...reply, status: 201 }) }, bothWarn),
  '302 with a token': wont(
    { token: (reply) => ({ ...reply, status: 302, headers: { location: '/' } }) },
    bothWarn,
  ),
  '204 in place of a token': wont({ token: () => ({ status: 204 }) }, { 'oauth.code-exchange': 'fail' }),
  'a page in place of a token': wont(
    { token: () => ({ ...page, status: 200 }) },
    { 'oauth.code-exchange': 'fail' },
  ),
  'an error beside the token': wont(
    { token: fields((body) => ({ ...body, error: 'none' })) },
    { 'oauth.code-exchange': 'fail' },
  ),
  '500 in place of a token': wont(
    { token: () => ({ status: 500, body: 'null pointer' }) },
    { 'oauth.code-exchange': 'inconclusive' },
  ),
  'another word than Bearer': faulty('bearer-refused', { 'oauth.bearer': 'fail', 'auth.accepted': 'fail' }),
  'wrong secret accepted': faulty('wrong-secret-accepted', { 'oauth.bad-client-refused': 'fail' }),
  'errors with 200': faulty('token-error-with-200', badRefusal),
  'errors as a page': wont({ refusal: () => page }, badRefusal),
  'errors with 404': wont({ refusal: (reply) => ({ ...reply, status: 404 }) }, badRefusal),
  'errors with 500': wont(
    { refusal: () => ({ status: 500, body: 'null pointer' }) },
    // Nothing that is asked after the logout shows that the endpoint is up.
    { ...badRefusal, 'logout.refresh-dead': 'inconclusive' },
  ),
  'errors with a redirect': wont(
    { refusal: () => ({ status: 302, headers: { location: '/login' } }) },
    badRefusal,
  ),
  'errors in a shape of its own': wont(
    { refusal: (reply) => ({ ...reply, body: { errors: [{ code: 17, message: 'bad client' }] } }) },
    badRefusal,
  ),
  'errors as text/plain': wont(
    {
      refusal: ({ status, body }) => ({
        status,
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify(body),
      }),
    },
    badRefusal,
  ),
  'errors behind a byte order mark': wont(
    {
      refusal: ({ status, body }) => ({
        status,
        headers: { 'content-type': 'application/json' },
        body: `\uFEFF${JSON.stringify(body)}`,
      }),
    },
    badRefusal,
  ),
  'metadata of another server': faulty('metadata-disagrees', { 'oauth.metadata': 'warn' }),
  'metadata with another issuer': wont(
    {
      instead: ({ path, headers }) =>
        path === '/.well-known/oauth-authorization-server'
          ? {
              status: 200,
              body: { issuer: 'https://idp.example/', token_endpoint: `http://${headers.host}/oauth/token` },
            }
          : undefined,
    },
    { 'oauth.metadata': 'warn' },
  ),
  'wrong token accepted': faulty('user-ok-for-wrong-token', {}),
  'nothing asked of whoever has no token': faulty('user-ok-without-credential', {
    'auth.missing-refused': 'fail',
  }),
  '200 on a bad credential, an error inside': faulty('user-ok-for-wrong-token-full', {}),
  'refused with 400': faulty('refuses-with-400', { 'auth.refusal-shape': 'warn' }),
  'refused with a redirect to a page': faulty('refuses-with-302-to-html', { 'auth.refusal-shape': 'warn' }),
  'no revocation': faulty('logout-missing', { 'logout.endpoint': 'fail' }),
  'revocation refused': faulty('logout-refused', { 'logout.endpoint': 'fail' }),
  'revocation does nothing': faulty('logout-does-nothing', {
    'logout.access-dead': 'fail',
    'logout.refresh-dead': 'fail',
  }),
  'revocation of the access token only': faulty('logout-keeps-refresh', { 'logout.refresh-dead': 'fail' }),
  'revocation of the refresh token only': faulty('logout-keeps-access', { 'logout.access-dead': 'fail' }),
  'revocation takes effect in time': wont({ revocationTakes: 0.2 }, {}),
  'revocation takes effect too late': wont(
    { revocationTakes: 20 },
    { 'logout.access-dead': 'fail', 'logout.refresh-dead': 'fail' },
  ),
  'refreshed with the secret in the body, and never revoked': wont(
    {
      instead: (asked, crm) => {
        if (asked.form.get('grant_type') === 'refresh_token' && asked.headers.authorization)
          return unknownClient;
        if (!isRevocation(asked)) return undefined;
        for (const { access } of crm.grants) access.delete(asked.form.get('token') ?? '');
        return { status: 200 };
      },
    },
    { 'oauth.refresh': 'warn', 'logout.refresh-dead': 'fail' },
  ),
  'repeated revocation refused': faulty('logout-repeated-refused', { 'logout.repeatable': 'warn' }),
  'repeated revocation answered with 500': wont(
    {
      instead: (asked, crm) =>
        isRevocation(asked) && !crm.isAlive(asked.form.get('token') ?? '')
          ? { status: 500, body: 'null pointer' }
          : undefined,
    },
    { 'logout.repeatable': 'warn' },
  ),
  'every session ended': faulty('logout-ends-every-session', { 'logout.only-this-one': 'warn' }),
  'one session for each user': wont({ oneSession: true }, { 'logout.only-this-one': 'not-applicable' }),
  'the client is unknown': wont(
    { instead: ({ path }) => (path === '/oauth/token' ? unknownClient : undefined) },
    { 'oauth.code-exchange': 'inconclusive' },
  ),
};
