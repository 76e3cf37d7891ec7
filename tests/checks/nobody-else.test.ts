import { expect, test } from 'vitest';
import { checkSandbox } from '../harness.ts';
import { json, type Reply, type Seen } from '../secrets/front.ts';
import { check, isSearch, readsCall, verdict } from './behind-front.ts';

/** What was there before the run: its ids are no others' of the reference CRM. */
const hers = { id: 'C1', name: 'Ottilie Wunderlich', phone: '+441134960142' };
const herCall = { id: 'A1', contactId: 'C1', subject: 'About the will', body: 'Ottilie wants to change it' };

const isCreation = ({ method, url }: Seen) => method === 'POST' && url === '/api/contacts';
/** Requests that would change something of hers. */
const touches = ({ method, url }: Seen) => method !== 'GET' && /\/(C1|A1|M1)(\/|$)/.test(url);

/** Checks the reference CRM with her in it, and with this to say to some requests. */
async function besideHer(
  say: (seen: Seen) => Reply | undefined,
  only: string[],
  change?: (seen: Seen, honest: Required<Reply>) => Reply,
) {
  const touched: string[] = [];
  const ran = await check(
    {
      reply: (seen) => {
        if (touches(seen)) touched.push(`${seen.method} ${seen.url}`);
        const said = say(seen);
        if (said) return said;
        if (seen.method === 'GET' && seen.url === '/api/activities/A1') return json({ activity: herCall });
        return touches(seen) ? json({}) : undefined;
      },
      ...(change && { change }),
    },
    only,
  );
  return { ...ran, touched };
}

test('a list that is everybody’s leads to no call but the run’s', async () => {
  const { touched, report } = await besideHer(
    // Each call is taken, and its id is never told.
    () => undefined,
    ['activity.create'],
    (seen, honest) => {
      if (seen.method === 'POST' && seen.url === '/api/activities') return json({ ok: true }, 201);
      if (seen.method !== 'GET' || !seen.url.endsWith('/activities')) return honest;
      const { activities } = JSON.parse(String(honest.body)) as { activities: object[] };
      return json({ activities: [herCall, ...activities] });
    },
  );
  expect(touched).toEqual([]);
  expect(report.leftovers).toEqual([]);
});

test('an id that a creation gave, and nothing shows to be new, is left alone and told', async () => {
  const { touched, report } = await besideHer(
    (seen) => (isCreation(seen) ? json({ contact: { id: hers.id } }) : undefined),
    ['contact.create'],
  );
  expect(touched).toEqual([]);
  expect(report.leftovers).toMatchObject([{ id: 'C1', reason: expect.stringMatching(/^nothing shows/) }]);
});

test.each([
  ['201', 201, 'C1'],
  ['an id that is far above the others', 200, 'C90000'],
])(
  'somebody without a number, given for the one whose number is none, is left alone: %s',
  async (_how, status, id) => {
    const deleted: string[] = [];
    const { report } = await besideHer(
      (seen) => {
        if (seen.method === 'DELETE') deleted.push(seen.url);
        const isNonsense = isCreation(seen) && seen.body.includes('nonsense');
        return isNonsense ? json({ contact: { id } }, status) : undefined;
      },
      ['contact.bad-phone'],
    );
    expect(deleted).not.toContain(`/api/contacts/${id}`);
    expect(report.leftovers).toMatchObject([{ id }]);
  },
);

test('a call of somebody else’s that a creation answers with is neither changed nor shown', async () => {
  const ran = await besideHer(
    ({ method, url }) =>
      method === 'POST' && url === '/api/activities' ? json({ activity: { id: 'A1' } }) : undefined,
    ['activity', 'beyond.dispositions'],
  );
  expect(ran.touched).toEqual([]);
  expect(verdict(ran, 'activity.read')).toBe('fail');
  expect(verdict(ran, 'beyond.dispositions')).toBe('blocked');
  for (const text of [herCall.subject, herCall.body]) expect(ran.everything).not.toContain(text);
});

test('nothing is added to a conversation of somebody else’s', async () => {
  const ran = await besideHer(
    ({ method, url }) => {
      const conversation = { id: 'M1', contactId: 'C1', texts: ['about the will'] };
      if (method === 'POST' && url === '/api/messages') return json({ message: { id: 'M1' } });
      return method === 'GET' && url === '/api/messages/M1' ? json({ message: conversation }) : undefined;
    },
    ['activity.message', 'activity.message-update'],
  );
  expect(ran.touched).toEqual([]);
  expect(verdict(ran, 'activity.message')).toBe('fail');
  expect(verdict(ran, 'activity.message-update')).toBe('blocked');
  expect(ran.everything).not.toContain('about the will');
});

test('a contact is known by its id and its number, whatever became of its name', async () => {
  const ran = await besideHer(
    () => undefined,
    ['lookup.e164', 'contact.found', 'contact.name-kept'],
    (seen, honest) => {
      if (!isSearch(seen) || honest.status !== 200) return honest;
      const { contacts } = JSON.parse(String(honest.body)) as { contacts: { name: string }[] };
      return json({ contacts: contacts.map((one) => ({ ...one, name: one.name.replace(/.* /, '') })) });
    },
  );
  expect(verdict(ran, 'lookup.e164')).toBe('pass');
  expect(verdict(ran, 'contact.found')).toBe('pass');
  expect(verdict(ran, 'contact.name-kept')).toBe('warn');
});

test('a deletion whose answer was lost is looked after', async () => {
  const ran = await check(
    {
      reply: ({ method }, { request }) => {
        if (method !== 'DELETE') return undefined;
        request.socket.destroy();
        return 'done';
      },
    },
    ['contact.create'],
  );
  expect(ran.report.leftovers).toMatchObject([{ reason: expect.stringMatching(/^the deletion failed/) }]);
});

test('what lies in the bin of a CRM is deleted', async () => {
  const binned = new Set<string>();
  const ran = await besideHer(
    ({ method, url }) => {
      if (method !== 'DELETE' || !url.startsWith('/api/activities/')) return undefined;
      binned.add(url);
      return json({});
    },
    ['activity.read'],
    (seen, honest) => {
      if (!readsCall(seen) || !binned.has(seen.url)) return honest;
      const { activity } = JSON.parse(String(honest.body)) as { activity: object };
      return json({ activity: { ...activity, active_flag: false } });
    },
  );
  expect(binned.size).toBeGreaterThan(0);
  expect(ran.report.leftovers).toEqual([]);
});

test('a call that an update made is removed like any other, and told', async () => {
  const ran = await checkSandbox(['update-makes-a-copy'], { only: ['activity.update', 'activity.enrich'] });
  expect(ran.checks.get('activity.update')).toMatchObject({
    verdict: 'fail',
    summary: 'answers 200 with a new record, and leaves the one that was named',
  });
  expect(ran.report.leftovers).toEqual([]);
  expect(ran.left.activities).toEqual([]);
});

test('an id that the answer to an update has, and that is no call of the run’s, is left alone', async () => {
  const { touched, report } = await besideHer(
    () => undefined,
    ['activity.update'],
    (seen, honest) => {
      if (seen.method !== 'PATCH') return honest;
      const { activity } = JSON.parse(String(honest.body)) as { activity: object };
      return json({ activity: { id: herCall.id, after: activity } });
    },
  );
  expect(touched).toEqual([]);
  expect(report.leftovers).toEqual([]);
});
