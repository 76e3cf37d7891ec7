import { describe, expect, it } from 'vitest';
import { withCrm } from './client.ts';
import { others } from './crm.ts';
import type { CrmOptions } from './options.ts';

describe('an imitated CRM', () => {
  it('lets in who has the key, and nobody else', () =>
    withCrm({}, async (client) => {
      expect((await client.ask('GET', '/me')).body.user.name).toBe('Ida Imitation');
      expect((await client.ask('GET', '/me', undefined, 'wrong')).status).toBe(401);
    }));

  it('keeps contacts, calls and conversations, shows them, and deletes them', () =>
    withCrm({}, async (client) => {
      const { crm } = client;
      const { status, body } = await client.create('(212) 555-0100');
      expect(status).toBe(201);
      const contactId = body.contact.id;
      const call = { contactId, subject: 'A call', body: 'Talked', duration: 95, direction: 'Inbound' };
      const { id } = (await client.ask('POST', '/calls', call)).body.call;
      await client.ask('PATCH', `/calls/${id}`, { body: 'Talked on' });
      expect((await client.ask('GET', `/contacts/${contactId}/calls`)).body.calls).toMatchObject([
        { ...call, body: 'Talked on' },
      ]);
      const sms = (await client.ask('POST', '/messages', { contactId, text: 'one' })).body.message;
      await client.ask('POST', `/messages/${sms.id}/texts`, { text: 'two' });
      expect(crm.messages).toMatchObject([{ contactId, texts: ['one', 'two'] }]);
      for (const path of [`/messages/${sms.id}`, `/calls/${id}`, `/contacts/${contactId}`]) {
        expect((await client.ask('DELETE', path)).status).toBe(204);
        expect((await client.ask('GET', path)).status).toBe(404);
      }
      expect([crm.contacts.length, crm.calls.length, crm.messages.length]).toEqual([others.length, 0, 0]);
      expect(crm.requests.at(-1)).toMatchObject({ method: 'GET', path: `/api/contacts/${contactId}` });
    }));

  it('takes its time when it is told to', () =>
    withCrm({ latencyMs: 60 }, async (client) => {
      const start = Date.now();
      await client.ask('GET', '/me');
      expect(Date.now() - start).toBeGreaterThanOrEqual(55);
    }));
});

describe('what is written', () => {
  const text = '  A <b>bold</b> 😀 "note"\nwith two lines ';
  const texts: [CrmOptions['text'], string][] = [
    ['kept', text],
    ['html-escaped', '  A &lt;b&gt;bold&lt;/b&gt; 😀 &quot;note&quot;\nwith two lines '],
    ['line-breaks-to-spaces', '  A <b>bold</b> 😀 "note" with two lines '],
    ['emoji-to-question-marks', '  A <b>bold</b> ? "note"\nwith two lines '],
    ['tags-stripped', '  A bold 😀 "note"\nwith two lines '],
    ['trimmed', 'A <b>bold</b> 😀 "note"\nwith two lines'],
    ['upper-cased', '  A <B>BOLD</B> 😀 "NOTE"\nWITH TWO LINES '],
  ];
  it.for(texts)('as a text is %s', ([habit, kept]) =>
    withCrm({ text: habit }, async (client) => {
      expect((await client.log({ body: text })).body).toBe(kept);
    }),
  );
  it('as a long text may be cut', () =>
    withCrm({ text: 'cut-255' }, async (client) => {
      expect((await client.log({ body: 'x'.repeat(300) })).body).toBe('x'.repeat(255));
    }));

  const dates: [CrmOptions['dates'], string | number][] = [
    ['kept', '2026-03-04T05:06:07+02:00'],
    ['local-time', '2026-03-04 05:06:07'],
    ['midnight', '2026-03-04T00:00:00Z'],
    ['no-seconds', '2026-03-04T05:06:00+02:00'],
    ['epoch-seconds', Date.UTC(2026, 2, 4, 3, 6, 7) / 1000],
    ['empty', ''],
  ];
  it.for(dates)('as a time is %s', ([habit, kept]) =>
    withCrm({ dates: habit }, async (client) => {
      expect((await client.log({ startedAt: '2026-03-04T05:06:07+02:00' })).startedAt).toBe(kept);
    }),
  );

  const names: [CrmOptions['names'], string][] = [
    ['kept', 'Zoë van Example'],
    ['first-word', 'Zoë'],
    ['upper-cased', 'ZOË VAN EXAMPLE'],
    ['ascii', 'Zo? van Example'],
  ];
  it.for(names)('as a name is %s', ([habit, kept]) =>
    withCrm({ names: habit }, async (client) => {
      const { body } = await client.create('+12125550100', { name: 'Zoë van Example' });
      expect(body.contact.name).toBe(kept);
    }),
  );

  it('as a number that is none is refused, stored or dropped', async () => {
    const attempt = async (badPhone: CrmOptions['badPhone'], expected: object) =>
      withCrm({ badPhone }, async (client) =>
        expect(await client.create('nonsense')).toMatchObject(expected),
      );
    await attempt(422, { status: 422, body: { error: { field: 'phone' } } });
    await attempt('stored', { status: 201, body: { contact: { phone: 'nonsense' } } });
    await attempt('dropped', { status: 201, body: { contact: { phone: null } } });
  });

  it('as a number must be E.164 where only that is stored', () =>
    withCrm({ search: 'e164-only-stored' }, async (client) => {
      expect(await client.create('(212) 555-0100')).toMatchObject({
        status: 422,
        body: { error: { field: 'phone', message: expect.stringContaining('E.164') } },
      });
      expect((await client.create('+12125550100')).status).toBe(201);
    }));

  it.for([
    ['copy', 201, 2],
    ['conflict-409', 409, 1],
    ['same-record', 200, 1],
  ] as const)('as a contact twice is %s', ([duplicates, status, count]) =>
    withCrm({ duplicates }, async (client) => {
      await client.create('+12125550100');
      expect((await client.create('(212) 555-0100')).status).toBe(status);
      expect(client.crm.contacts).toHaveLength(others.length + count);
    }),
  );
});

describe('what goes wrong', () => {
  it.for([
    [404, 404, ['error']],
    [400, 400, ['error']],
    ['empty-200', 200, []],
    ['list', 200, ['calls']],
  ] as const)('as an unknown id is answered with %s', ([unknownId, status, keys]) =>
    withCrm({ unknownId }, async (client) => {
      const answer = await client.ask('GET', '/calls/0');
      expect([answer.status, Object.keys(answer.body)]).toEqual([status, keys]);
    }),
  );

  it('may all be a 200 with the error inside', () =>
    withCrm({ statuses: 'always-200' }, async (client) => {
      const answers = await Promise.all([
        client.ask('GET', '/me', undefined, 'wrong'),
        client.ask('GET', '/calls/0'),
        client.create('nonsense'),
      ]);
      expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
        [200, 401],
        [200, 404],
        [200, 422],
      ]);
    }));
});
