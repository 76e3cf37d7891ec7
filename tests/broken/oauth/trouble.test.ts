import { describe, test } from 'vitest';
import { checkSmallCrm } from './check.ts';
import type { Asked, Habits, Reply } from './small-crm.ts';

/** Trouble that begins in the middle of a run is no answer to whatever is asked just then. */
const slowDown: Reply = { status: 429, headers: { 'retry-after': '600' }, body: 'slow down' };
const maintenance: Reply = { status: 503, headers: { 'retry-after': '60' }, body: 'maintenance' };

/** This from the moment on at which a request is the first of its kind. */
const from = (reply: Reply, begins: (asked: Asked) => boolean, path: string): Habits => {
  let begun = false;
  return {
    instead: (asked) => {
      if (asked.path !== path) return undefined;
      begun ||= begins(asked);
      return begun ? reply : undefined;
    },
  };
};

describe.concurrent('trouble is no refusal', () => {
  test('of a code that is sent twice, where the token endpoint is down from then on', async ({ expect }) => {
    const seen = new Set<string | null>();
    const repeated = ({ form }: Asked) => {
      const code = form.get('code');
      if (code === null || !seen.has(code)) seen.add(code);
      else return true;
      return false;
    };
    const { checks } = await checkSmallCrm({
      habits: from(maintenance, repeated, '/oauth/token'),
      only: ['oauth.code-single-use'],
    });
    expect(checks.get('oauth.code-single-use')).toMatchObject({
      verdict: 'inconclusive',
      summary: 'HTTP 503, and no good request went through after it',
    });
  });

  test('of a wrong client, nor of a wrong verifier', async ({ expect }) => {
    let tokens = 0;
    const { checks } = await checkSmallCrm({
      habits: from(maintenance, () => ++tokens > 2, '/oauth/token'),
      only: ['oauth.bad-client-refused'],
    });
    expect(checks.get('oauth.bad-client-refused')?.verdict).toBe('inconclusive');
  });

  test('of a redirect URI, where the registered one cannot be asked again', async ({ expect }) => {
    let asked = 0;
    const page: Reply = {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<form><input name="user"></form>',
    };
    const { checks } = await checkSmallCrm({
      habits: {
        instead: ({ path }) => (path !== '/oauth/authorize' ? undefined : ++asked > 3 ? slowDown : page),
      },
      only: ['oauth.redirect-uri-checked'],
    });
    expect(checks.get('oauth.redirect-uri-checked')).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringContaining('was not to be seen: HTTP 429'),
    });
  });

  test('of whoever has no credential: the shape of one refusal is not that of both', async ({ expect }) => {
    const { checks } = await checkSmallCrm({
      habits: from(slowDown, ({ headers }) => headers.authorization === undefined, '/api/me'),
      only: ['auth.refusal-shape'],
    });
    expect(checks.get('auth.refusal-shape')?.verdict).toBe('inconclusive');
  });

  test('to show metadata', async ({ expect }) => {
    const { checks } = await checkSmallCrm({
      habits: { instead: ({ path }) => (path.includes('well-known') ? { status: 500 } : undefined) },
      only: ['oauth.metadata'],
    });
    expect(checks.get('oauth.metadata')).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringContaining('HTTP 500'),
    });
  });
});
