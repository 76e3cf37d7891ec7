import { describe, expect, it } from 'vitest';
import { dailyQuota, limitHeaders, requestsPerCall } from '../../src/checks/beyond/quota.ts';
import type { Exchange } from '../../src/http/types.ts';
import { loadProfile } from '../../src/profile/load.ts';
import type { OperationName, Profile } from '../../src/profile/types.ts';
import { checkSandbox } from '../harness.ts';

const file = 'profiles/reference-api-key.yaml';
const check = (faults: string[], only: string, change?: (profile: Profile) => Profile) =>
  checkSandbox(faults, { file, only: [only], ...(change && { change }) });

/** The profile without an operation, or with another answer to it. */
const without = (name: OperationName) => (profile: Profile) => {
  const { [name]: _, ...operations } = profile.operations;
  return { ...profile, operations };
};

describe.concurrent('beyond the six items', () => {
  it.each([
    ['beyond.name-search', 'findContactWithName'],
    ['beyond.user-list', 'getUserList'],
    ['beyond.dispositions', 'upsertCallDisposition'],
  ] as const)('%s names the key to add where the profile does not describe it', async (id, operation) => {
    const { checks, report } = await check([], id, without(operation));
    expect(checks.get(id)).toMatchObject({
      verdict: 'not-described',
      summary: `the profile does not say how: add operations.${operation}`,
    });
    expect(report.run.created).toBe(0);
  });

  it('a declared lack is an answer', async () => {
    const { checks } = await check([], 'beyond.user-list', (profile) => ({
      ...profile,
      operations: { ...profile.operations, getUserList: { kind: 'notSupported', reason: 'one user only' } },
    }));
    expect(checks.get('beyond.user-list')).toMatchObject({
      verdict: 'pass',
      summary: 'not supported: one user only',
    });
  });

  it('users are counted, and nobody is named', async () => {
    const { checks, report } = await check([], 'beyond.user-list');
    expect(checks.get('beyond.user-list')).toMatchObject({
      verdict: 'pass',
      summary: '3 users in the answer, 2 with an e-mail address',
    });
    const told = JSON.stringify(report);
    for (const stranger of ['Ottoline', 'Brackenridge', 'Casimir', 'ottoline.brackenridge@'])
      expect(told).not.toContain(stranger);
    const list = report.exchanges.find(({ intent }) => intent === 'getUserList');
    expect(list?.response?.body).toContain('1002');
  });

  it('users without addresses are a finding', async () => {
    const { checks } = await check(['users-without-email'], 'beyond.user-list');
    expect(checks.get('beyond.user-list')?.summary).toBe('3 users in the answer, 0 with an e-mail address');
  });

  it('a disposition that is accepted and not saved shows', async () => {
    const kept = await check([], 'beyond.dispositions');
    expect(kept.checks.get('beyond.dispositions')?.summary).toBe('accepted; changed activity.disposition');
    const ignored = await check(['disposition-ignored'], 'beyond.dispositions');
    expect(ignored.checks.get('beyond.dispositions')?.summary).toBe(
      'accepted, but nothing in the record changed',
    );
  });

  it('sends the dispositions that the profile names', async () => {
    const { report } = await check([], 'beyond.dispositions', (profile) => ({
      ...profile,
      testData: { dispositions: { disposition: 'Interested' } },
    }));
    const sent = report.exchanges.find(({ intent }) => intent === 'upsertCallDisposition');
    expect(sent?.request.body).toBe('{"disposition":"Interested"}');
  });

  it('a day of logging is held against the quota', async () => {
    const { checks } = await check([], 'beyond.rate-limits');
    expect(checks.get('beyond.rate-limits')?.summary).toMatch(
      /ratelimit-policy: "day";q=50000;w=86400; 100 calls a day, at 6 requests each, are 600 requests, 1\.2 % of what is allowed$/,
    );
  });
});

describe('a daily quota', () => {
  const from = (headers: Record<string, string>) =>
    dailyQuota(limitHeaders([{ response: { status: 200, headers, body: '' } } as Exchange]));

  it.each([
    [{ 'ratelimit-policy': '"burst";q=100;w=60, "day";q=5000;w=86400' }, 5000],
    [{ 'ratelimit-policy': '100;w=3600' }, 2400],
    [{ 'x-hubspot-ratelimit-daily': '250000', 'x-hubspot-ratelimit-daily-remaining': '7' }, 250_000],
    [{ 'x-ratelimit-limit-minute': '60' }, 86_400],
    [{ 'sforce-limit-info': 'api-usage=18/15000' }, 15_000],
    [{ 'x-ratelimit-limit': '100', 'x-ratelimit-interval-seconds': '60' }, 144_000],
    [{ 'x-ratelimit-limit': '1000', 'x-ratelimit-window-minutes': '60' }, 24_000],
    [{ 'x-hubspot-ratelimit-max': '100', 'x-hubspot-ratelimit-interval-milliseconds': '10000' }, 864_000],
    // The window is not told.
    [{ 'x-ratelimit-interval-seconds': '60' }, null],
    [{ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99' }, null],
    [{ 'content-type': 'application/json' }, null],
  ])('is read from %o', (headers, quota) => {
    expect(from(headers)).toBe(quota);
  });

  it('counts every request of a search, and both updates of a call', async () => {
    const profile = await loadProfile(file, { env: { REFERENCE_API_KEY: 'key' }, vars: {} });
    expect(requestsPerCall(profile)).toBe(6);
    const search = profile.operations.findContact;
    if (search?.kind !== 'search') throw new Error('findContact is a search');
    const twice = { ...search, requests: [...search.requests, ...search.requests] };
    expect(requestsPerCall({ ...profile, operations: { ...profile.operations, findContact: twice } })).toBe(
      7,
    );
  });
});
