import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkSandbox } from '../harness.ts';
import { type FrontOptions, json } from '../secrets/front.ts';
import { check, readsCall, verdict } from './behind-front.ts';

type Activity = Record<string, unknown>;

/** Shows each record of a call as this says; `updated`: after an update of it. */
function shown(as: (activity: Activity, updated: boolean) => object): NonNullable<FrontOptions['change']> {
  const updated = new Set<string>();
  return (seen, honest) => {
    if (seen.method === 'PATCH') updated.add(seen.url);
    if (!readsCall(seen) || honest.status !== 200) return honest;
    const { activity } = JSON.parse(String(honest.body)) as { activity: Activity };
    return json(as(activity, updated.has(seen.url)));
  };
}

/** An update that names the body alone. */
const bodyAlone = {
  operations: {
    updateCallLog: {
      method: 'PATCH',
      url: '/activities/{{ thirdPartyLogId }}',
      body: { body: '{{ composedLogDetails }}' },
    },
  },
};

test('what changes with every update or every reading is not lost by an update', async () => {
  let readings = 0;
  const change = shown(({ updatedAt, ...activity }) => ({
    meta: { request_id: `r${++readings}`, took_ms: Math.random() },
    activity: { ...activity, SystemModstamp: updatedAt, tms: Date.parse(String(updatedAt)) },
  }));
  const ran = await check({ change }, ['activity.update-keeps']);
  expect(ran.checks.get('activity.update-keeps')).toMatchObject({
    verdict: 'pass',
    summary: 'nothing else changed',
  });
});

test.each([
  [
    'subject',
    ({ subject, ...rest }: Activity, gone: boolean) => ({ ...rest, subject: gone ? null : subject }),
  ],
  [
    'timestamp',
    ({ startedAt, ...rest }: Activity, gone: boolean) => ({ ...rest, timestamp: gone ? null : startedAt }),
  ],
] as const)('an update that empties the %s is found out', async (key, as) => {
  const change = shown((activity, updated) => ({ activity: as(activity, updated) }));
  const ran = await check({ change }, ['activity.update-keeps'], bodyAlone);
  expect(ran.checks.get('activity.update-keeps')).toMatchObject({
    verdict: 'fail',
    summary: `1 other field changed: activity.${key}`,
  });
});

test('an update that names the body alone loses nothing in a CRM that keeps the rest', async () => {
  const ran = await check({}, ['activity.update', 'activity.update-keeps'], bodyAlone);
  expect([verdict(ran, 'activity.update'), verdict(ran, 'activity.update-keeps')]).toEqual(['pass', 'pass']);
});

test('an update that is noted beside the body has not changed it', async () => {
  const notes: unknown[] = [];
  const ran = await check(
    {
      faults: ['update-ignored'],
      change: (seen, honest) => {
        if (seen.method === 'PATCH') notes.push(JSON.parse(seen.body));
        if (!readsCall(seen) || honest.status !== 200) return honest;
        return json({ ...JSON.parse(String(honest.body)), history: notes });
      },
    },
    ['activity.update', 'activity.update-keeps'],
  );
  expect(ran.checks.get('activity.update')).toMatchObject({
    verdict: 'fail',
    summary: 'answers 200, and the body stays as it was',
  });
  expect(verdict(ran, 'activity.update-keeps')).toBe('blocked');
});

test('an update is found anywhere where the profile does not say where the body stands', async () => {
  const ran = await check({}, ['activity.update'], {
    operations: { getCallLog: { url: '/activities/{{ thirdPartyLogId }}' } },
  });
  expect(verdict(ran, 'activity.update')).toBe('pass');
});

test('what a CRM makes from the body changes with it', async () => {
  const change = shown((activity) => {
    const body = String(activity.body);
    const checksum = createHash('md5').update(body).digest('hex');
    return { activity: { ...activity, preview: `${body.slice(0, 35)}…`, bodyLength: body.length, checksum } };
  });
  const ran = await check({ change }, ['activity.update-keeps']);
  expect(verdict(ran, 'activity.update-keeps')).toBe('pass');
});

test('a second call that loses its body is not kept apart', async () => {
  const change: FrontOptions['change'] = (seen, honest) => {
    if (!readsCall(seen) || honest.status !== 200) return honest;
    const { activity } = JSON.parse(String(honest.body)) as { activity: Activity };
    const isSecond = String(activity.subject).includes('second call');
    return json({ activity: isSecond ? { ...activity, body: '' } : activity });
  };
  const ran = await check({ change }, ['activity.read', 'activity.separate']);
  expect(verdict(ran, 'activity.read')).toBe('pass');
  expect(ran.checks.get('activity.separate')).toMatchObject({ observed: 'without the second text' });
});

test.each([
  ['line-breaks-lost', 'line breaks are lost, which puts all on one line'],
  ['text-trimmed', 'the last line break is dropped, which glues lines together'],
])('%s: what has become of the line breaks is told as it is', async (fault, said) => {
  const { checks } = await checkSandbox([fault], { only: ['activity.enrich'] });
  expect(checks.get('activity.enrich')?.summary).toContain(`(${said})`);
});
