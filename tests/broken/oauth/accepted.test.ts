import { describe, test } from 'vitest';
import { checkSmallCrm } from './check.ts';
import { bearer, type Habits, type Reply } from './small-crm.ts';

/** The CRM's own answer to one path, whoever asks. */
const at =
  (path: string, reply: Reply): NonNullable<Habits['instead']> =>
  (asked) =>
    asked.path === path ? reply : undefined;

describe.concurrent('an answer to the first request with the credential', () => {
  test.for([404, 400, 405])(
    '%i is no refusal of the credential: the URL may be wrong',
    async (status, { expect }) => {
      const { checks, report } = await checkSmallCrm({
        habits: { instead: at('/api/me', { status, body: { error: 'no such route' } }) },
      });
      for (const id of ['auth.accepted', 'oauth.bearer']) {
        expect(checks.get(id)).toMatchObject({
          verdict: 'inconclusive',
          summary: expect.stringContaining(`answered HTTP ${status} "no such route"`),
        });
        expect(checks.get(id)?.summary).toContain('check the URL of getUserInfo in the profile');
      }
      expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    },
  );

  test.for([401, 403])('%i is one', async (status, { expect }) => {
    const { checks } = await checkSmallCrm({ habits: { instead: at('/api/me', { status }) } });
    expect(checks.get('auth.accepted')?.verdict).toBe('fail');
    expect(checks.get('oauth.bearer')?.verdict).toBe('fail');
  });
});

describe.concurrent('a search that answers 404 for nobody, where there is no current-user call,', () => {
  const nobody: Reply = { status: 404, body: { error: 'nobody has this number' } };

  test('shows that the credential is accepted where a wrong one is answered 401', async ({ expect }) => {
    const { checks } = await checkSmallCrm({
      userInfo: '',
      habits: {
        instead: (asked, crm) =>
          asked.path === '/api/contacts' && crm.isAlive(bearer(asked)) ? nobody : undefined,
      },
    });
    expect(checks.get('auth.accepted')).toMatchObject({
      verdict: 'pass',
      summary: 'a wrong credential is refused with 401, this one is not (404)',
    });
  });

  test('shows nothing where everybody is answered so', async ({ expect }) => {
    const { checks } = await checkSmallCrm({
      userInfo: '',
      habits: { instead: at('/api/contacts', nobody) },
    });
    expect(checks.get('auth.accepted')?.verdict).toBe('inconclusive');
  });
});
