import { expect, test } from 'vitest';
import { loadProfile } from '../../../src/profile/load.ts';
import { marksIn } from '../../cli/command.ts';
import { checkProfile } from '../../harness.ts';
import { type FrontOptions, startFront } from '../../secrets/front.ts';

/** Enough for the first records, and too little for what is asked about them. */
const lifeSeconds = 3;

/** The reference CRM with tokens that live for seconds, and no refresh tokens. */
function shortLived(): FrontOptions {
  const diesAt = new Map<string, number>();
  const json = { 'content-type': 'application/json' };
  return {
    reply({ url, headers }) {
      const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
      if (pathname === '/oauth/auth') {
        const location = new URL(searchParams.get('redirect_uri') ?? '');
        location.searchParams.set('code', `Code-${diesAt.size}`);
        location.searchParams.set('state', searchParams.get('state') ?? '');
        return { status: 302, headers: { location: location.href } };
      }
      if (pathname === '/oauth/token') {
        const token = `Access-0123456789-${diesAt.size}`;
        diesAt.set(token, Date.now() + lifeSeconds * 1000);
        const body = { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds };
        return { headers: json, body: JSON.stringify(body) };
      }
      const bearer = headers.authorization?.replace('Bearer ', '') ?? '';
      if (Date.now() < (diesAt.get(bearer) ?? 0)) return undefined;
      return { status: 401, headers: json, body: '{"error":"invalid_token"}' };
    },
  };
}

test('a token that expires in the middle, and that nothing renews, is not held against the CRM, and leaves nothing behind', async () => {
  const front = await startFront(shortLived());
  try {
    const profile = await loadProfile('profiles/reference.yaml', {
      env: { REFERENCE_CLIENT_ID: 'client', REFERENCE_CLIENT_SECRET: 'Secret-0123456789' },
      vars: { port: String(front.port) },
    });
    const { report, checks } = await checkProfile(
      { ...profile, settleSeconds: 0.4, limits: { ...profile.limits, concurrency: 1, requestsPerSecond: 4 } },
      { only: ['activity.read', 'activity.update', 'contact.name-kept', 'contact.duplicate'] },
    );
    expect(report.run.created).toBeGreaterThan(0);
    expect(report.leftovers).toEqual([]);
    expect(report.run.deleted).toBe(report.run.created);
    expect(marksIn(front.sandbox)).toEqual([]);
    const judged = [...checks.values()].filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
    expect(judged.map(({ id, summary }) => `${id}: ${summary}`)).toEqual([]);
    expect([...checks.values()].map(({ summary }) => summary).join('\n')).toMatch(
      /the token (has expired|expired and could not be renewed: there is no refresh token) \(HTTP 401\)/,
    );
  } finally {
    await front.close();
  }
});
