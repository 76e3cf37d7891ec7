import { expect, test } from 'vitest';
import { checkSmallCrm } from './check.ts';
import { basicOf, client, type Habits, unknownClient } from './small-crm.ts';

/** Looks at nothing of a request that has no code_verifier. */
const demandsPkce =
  (known: (code: string) => boolean): NonNullable<Habits['instead']> =>
  ({ path, form, headers }, crm) => {
    if (path !== '/oauth/token' || form.get('grant_type') !== 'authorization_code') return undefined;
    if (basicOf(headers.authorization)[1] !== client.secret) return unknownClient;
    if (!form.get('code_verifier'))
      return {
        status: 400,
        body: { error: 'invalid_request', error_description: 'code_verifier is required' },
      };
    if (!known(form.get('code') ?? '')) return { status: 400, body: { error: 'invalid_grant' } };
    return { status: 200, body: crm.signIn() };
  };

test('a wrong code is shown to a server that demands PKCE with a verifier: else it is refused for want of one', async () => {
  const { checks } = await checkSmallCrm({ habits: { instead: demandsPkce(() => true) }, only: ['oauth'] });
  expect(checks.get('oauth.code-exchange')?.summary).toContain('demands PKCE');
  expect(checks.get('oauth.bad-client-refused')).toMatchObject({
    verdict: 'fail',
    summary: 'a wrong code is accepted',
  });
});

test('such a server that knows its codes passes by the refusal of the code', async () => {
  const { checks } = await checkSmallCrm({
    habits: { instead: demandsPkce((code) => code.startsWith('C-')) },
    only: ['oauth'],
  });
  expect(checks.get('oauth.bad-client-refused')).toMatchObject({
    verdict: 'pass',
    summary: 'refused: invalid_client, invalid_grant',
  });
});
