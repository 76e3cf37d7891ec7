import { describe, expect, it } from 'vitest';
import { checkSmallCrm } from './check.ts';
import { bearer, client, type Habits, type Reply } from './small-crm.ts';

const only = ['user.validates', 'auth.accepted', 'beyond.scopes'];
const asking = (scope: string) =>
  `{ type: oauth, authUrl: BASE/oauth/authorize, tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.SECRET }}", scope: "${scope}" }`;

/** A token response that names these scopes. */
const grants =
  (scope: unknown): NonNullable<Habits['token']> =>
  (reply) => ({ ...reply, body: { ...reply.body, scope } });

/** The current-user call is refused, whoever asks. */
const refusing = (reply: Reply): Habits => ({
  instead: ({ path }) => (path === '/api/me' ? reply : undefined),
});

describe.concurrent('what a CRM says of scopes', () => {
  it.each<[string, string, Habits, string]>([
    [
      'nothing at all: what was asked for counts as granted',
      'contacts calls',
      {},
      'the token response names no scopes, so that those asked for count as granted: contacts, calls; no answer tells what an operation needs',
    ],
    [
      'nothing was asked for, and nothing is named',
      '',
      {},
      'the token response names no scopes; no answer tells what an operation needs',
    ],
    [
      'one is withheld, of a query fragment',
      'access_type=offline&scope=contacts+calls',
      { token: grants('contacts') },
      'granted: contacts; asked for, and not granted: calls; no answer tells what an operation needs',
    ],
    [
      'a list in place of a text',
      'contacts',
      { token: grants(['contacts', 'calls']) },
      'granted: contacts, calls; no answer tells what an operation needs',
    ],
    [
      'commas in place of spaces, and none at all',
      '',
      { token: grants('contacts,calls') },
      'granted: contacts, calls; no answer tells what an operation needs',
    ],
    [
      'none is granted',
      'contacts',
      { token: grants('') },
      'no scope was granted; asked for, and not granted: contacts; no answer tells what an operation needs',
    ],
    [
      'a challenge names them (RFC 6750 section 3)',
      'calls',
      {
        instead: ({ path, ...asked }, crm) =>
          path === '/api/me' && !crm.isAlive(bearer(asked))
            ? { status: 401, headers: { 'www-authenticate': 'Bearer realm="crm", scope="profile email"' } }
            : undefined,
      },
      'the token response names no scopes, so that those asked for count as granted: calls; getUserInfo names profile, email',
    ],
    [
      'a refusal for want of them, in the header',
      '',
      {
        token: grants('calls'),
        ...refusing({
          status: 403,
          headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="profile"' },
        }),
      },
      'granted: calls; getUserInfo is refused for want of profile',
    ],
    [
      'a refusal for want of them, in the body',
      '',
      {
        token: grants('calls'),
        ...refusing({
          status: 403,
          body: {
            category: 'MISSING_SCOPES',
            errors: [{ context: { requiredGranularScopes: ['profile.read'] } }],
          },
        }),
      },
      'granted: calls; getUserInfo is refused for want of profile.read',
    ],
  ])('%s', async (_, scope, habits, summary) => {
    const { checks } = await checkSmallCrm({ habits, auth: asking(scope), only });
    expect(checks.get('beyond.scopes')).toMatchObject({ verdict: 'pass', summary });
  });

  it('are nothing to an API key', async () => {
    const { checks } = await checkSmallCrm({
      auth: '{ type: apiKey, headerName: X-Api-Key, credentialTemplate: "{{ secrets.KEY }}" }',
      logout: '',
      env: { KEY: 'Key-0123456789' },
      habits: refusing({ status: 200, body: { id: '7', name: 'Rowan Okafor' } }),
      only,
    });
    expect(checks.get('beyond.scopes')).toMatchObject({
      verdict: 'not-applicable',
      summary: 'no OAuth login, and no answer speaks of scopes',
    });
  });

  it('are no secret, and neither is a token beside them shown', async () => {
    const { report } = await checkSmallCrm({
      habits: { token: grants('contacts') },
      auth: asking('contacts'),
      only,
    });
    const told = JSON.stringify(report);
    expect(told).toContain('granted: contacts');
    expect(told).not.toMatch(/[AR]-[0-9a-f]{32}/);
  });
});
