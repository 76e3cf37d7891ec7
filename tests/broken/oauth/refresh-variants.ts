import type { Asked, SmallCrm } from './small-crm.ts';
import { atExchange, atRefresh, faulty, fields, isRevocation, once, type Variant, wont } from './variant.ts';

/** Of a refresh token that is alive: not the one that a logout has ended. */
const isRefresh = ({ form }: Asked, { grants }: SmallCrm) =>
  form.get('grant_type') === 'refresh_token' &&
  grants.some(({ refresh }) => refresh.has(form.get('refresh_token') ?? ''));

/** Servers that are wrong in how they answer a refresh. */
export const refreshVariants: Record<string, Variant> = {
  'no expires_in and no refresh token': wont(
    { token: atExchange(fields(({ access_token, token_type }) => ({ access_token, token_type }))) },
    {
      'oauth.token-response': 'warn',
      'oauth.refresh': 'not-applicable',
      'logout.refresh-dead': 'not-applicable',
    },
  ),
  'no refresh token': wont(
    { token: atExchange(fields(({ refresh_token, ...rest }) => rest)) },
    { 'oauth.refresh': 'warn', 'logout.refresh-dead': 'not-applicable' },
  ),
  'lifetime of 60 s': faulty('short-lived-tokens', { 'oauth.refresh': 'warn' }),
  'refresh reply without expires_in': faulty('refresh-without-expires-in', { 'oauth.refresh': 'fail' }),
  'refresh refused': faulty('refresh-refused', { 'oauth.refresh': 'fail' }),
  'refresh gives a dead token': faulty('refresh-gives-dead-token', { 'oauth.refresh': 'fail' }),
  'refresh reply nested': wont(
    { token: atRefresh(fields((body) => ({ data: body }))) },
    { 'oauth.refresh': 'fail' },
  ),
  'refresh token rotates': wont({ rotates: 'strict' }, {}),
  'refresh token rotates, the old one works on': wont({ rotates: 'reusable' }, {}),
  'refresh token spent, and no new one sent': wont(
    { rotates: 'strict', token: atRefresh(fields(({ refresh_token, ...rest }) => rest)) },
    { 'oauth.refresh': 'fail' },
  ),
  'refresh token replaced by one that is dead': wont(
    { rotates: 'strict', token: atRefresh(fields((body) => ({ ...body, refresh_token: 'R-dead' }))) },
    { 'oauth.refresh': 'fail' },
  ),
  'refresh_token null in the reply to a refresh': wont(
    { token: atRefresh(fields((body) => ({ ...body, refresh_token: null }))) },
    { 'oauth.refresh': 'fail' },
  ),
  'refresh_token empty in the reply to a refresh': wont(
    { token: atRefresh(fields((body) => ({ ...body, refresh_token: '' }))) },
    { 'oauth.refresh': 'fail' },
  ),
  'refresh reply with a refresh token of 3,000 characters': wont(
    { token: atRefresh(fields((body) => ({ ...body, refresh_token: 'R'.repeat(3000) }))) },
    { 'oauth.refresh': 'fail' },
  ),
  'secret only in the body, and no expires_in in the reply to a refresh': wont(
    { secretInBody: true, token: atRefresh(fields(({ expires_in, ...rest }) => rest)) },
    { 'oauth.code-exchange': 'warn', 'oauth.refresh': 'fail' },
  ),
  'secret only in the body, and the reply to a refresh nested': wont(
    { secretInBody: true, token: atRefresh(fields((body) => ({ data: body }))) },
    { 'oauth.code-exchange': 'warn', 'oauth.refresh': 'fail' },
  ),
  'a second refresh token that is never taken, with the secret in the body': wont(
    {
      secretInBody: true,
      rotates: 'strict',
      token: atRefresh(fields((body) => ({ ...body, refresh_token: 'R-dead' }))),
    },
    { 'oauth.code-exchange': 'warn', 'oauth.refresh': 'fail' },
  ),
  'refreshed with the secret in the body, HTTP Basic answered with 400, and never revoked': wont(
    {
      instead: (asked, crm) => {
        if (asked.form.get('grant_type') === 'refresh_token' && asked.headers.authorization)
          return { status: 400, body: { error: 'invalid_request', error_description: 'client_id?' } };
        if (!isRevocation(asked)) return undefined;
        for (const { access } of crm.grants) access.delete(asked.form.get('token') ?? '');
        return { status: 200 };
      },
    },
    { 'oauth.refresh': 'warn', 'logout.refresh-dead': 'fail' },
  ),
  'a refresh that is told to wait': wont(
    { instead: once(isRefresh, { status: 429, headers: { 'retry-after': '600' }, body: 'slow down' }) },
    { 'oauth.refresh': 'inconclusive' },
  ),
  'one 503 at a refresh': wont({ instead: once(isRefresh, { status: 503, body: 'busy' }) }, {}),
  'HTTP Basic always answered with 503 at a refresh': wont(
    {
      instead: (asked, crm) =>
        isRefresh(asked, crm) && asked.headers.authorization ? { status: 503, body: 'busy' } : undefined,
    },
    { 'oauth.refresh': 'warn' },
  ),
};
