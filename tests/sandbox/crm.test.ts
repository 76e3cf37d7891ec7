import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { TestClient } from './client.ts';

let crm: TestClient;
beforeAll(async () => {
  crm = new TestClient(await startSandbox());
});
afterAll(() => crm.sandbox.close());

describe('the door of the reference CRM', () => {
  it('lets the API key in as a Bearer token and as X-Api-Key', async () => {
    const { apiKey } = crm.sandbox.credentials;
    expect((await crm.me()).status).toBe(200);
    expect((await crm.fetch('/api/me', { headers: { 'x-api-key': apiKey } })).status).toBe(200);
  });

  it.each([
    ['no credential', null],
    ['a wrong credential', 'Bearer wrong'],
    ['another scheme', 'Basic d3Jvbmc6'],
  ])('refuses %s with 401, a challenge and JSON', async (_, authorization) => {
    const { status, headers, body } = await crm.me(authorization);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
    expect(body.message).toBeTypeOf('string');
  });

  it('says who is signed in, the same each time, with an id that has no hyphen', async () => {
    const [one, two] = [await crm.me(), await crm.me()];
    expect(one.body).toEqual({
      id: '1001',
      name: 'Rowan Okafor',
      email: 'rowan.okafor@crm.example',
      timezone: 'America/New_York',
    });
    expect(two.body).toEqual(one.body);
  });

  it('tolerates the empty JSON body that App Connect puts into a GET', async () => {
    const { request } = await import('undici');
    const { statusCode } = await request(`${crm.sandbox.url}/api/me`, {
      method: 'GET',
      headers: {
        authorization: `Bearer ${crm.sandbox.credentials.apiKey}`,
        'content-type': 'application/json',
      },
      body: '{}',
    });
    expect(statusCode).toBe(200);
  });

  it('answers an unknown address with 404 and an unknown method with 405', async () => {
    expect((await crm.api('GET', '/nothing')).status).toBe(404);
    expect((await crm.fetch('/')).status).toBe(404);
    const { status, headers } = await crm.api('PUT', '/contacts');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('answers a body that is not JSON with 400', async () => {
    const { status } = await crm.fetch('/api/contacts', {
      method: 'POST',
      headers: { 'x-api-key': crm.sandbox.credentials.apiKey },
      body: '{"name":',
    });
    expect(status).toBe(400);
  });
});

describe('calls in the reference CRM', () => {
  it('are created for a contact, read back as written, and listed with the contact', async () => {
    const contactId = await crm.contact('+14155550150');
    const { status, body } = await crm.createCall({ contactId });
    expect(status).toBe(201);
    const { id } = body.activity;
    expect(await crm.readCall(id)).toMatchObject({
      id,
      contactId,
      kind: 'call',
      subject: 'Call with Test Person',
      body: '- Note: first\n- Result: Connected\n',
      direction: 'outbound',
      startedAt: '2026-03-01T14:30:00.000Z',
      endedAt: '2026-03-01T14:32:30.000Z',
      result: 'Connected',
      version: 1,
    });
    const list = await crm.api('GET', `/contacts/${contactId}/activities`);
    expect(list.body.activities.map((call) => call.id)).toEqual([id]);
  });

  it('keep what an update does not name, and count their versions', async () => {
    const id = await crm.call();
    const before = await crm.readCall(id);
    expect((await crm.api('PATCH', `/activities/${id}`, { body: 'second' })).status).toBe(200);
    const after = await crm.readCall(id);
    expect(after).toEqual({ ...before, body: 'second', version: 2, updatedAt: after.updatedAt });
  });

  it.each([
    ['emoji, combining marks and right-to-left text', '🙂👩‍🚀 é שלום مرحبا'],
    ['line breaks', 'one\ntwo\r\n\nthree\n'],
    ['markup', `<b>Agent notes</b> & "quotes" 'n' </script>`],
    ['120,000 characters', 'transcript 🙂 '.repeat(8000)],
  ])('keep %s, on create and on update', async (_, text) => {
    const id = await crm.call({ body: text });
    expect((await crm.readCall(id)).body).toBe(text);
    await crm.api('PATCH', `/activities/${id}`, { body: `${text}+` });
    expect((await crm.readCall(id)).body).toBe(`${text}+`);
  });

  it('get an id of their own each, and are gone after a delete', async () => {
    const contactId = await crm.contact('+14155550151');
    const [one, two] = [await crm.call({ contactId }), await crm.call({ contactId })];
    expect(one).not.toBe(two);
    expect((await crm.api('DELETE', `/activities/${one}`)).status).toBe(204);
    expect((await crm.api('GET', `/activities/${one}`)).status).toBe(404);
    expect((await crm.api('GET', `/activities/${two}`)).status).toBe(200);
  });

  it.each([
    ['contactId', { contactId: 'nobody' }],
    ['subject', { subject: '' }],
    ['direction', { direction: 'sideways' }],
    ['startedAt', { startedAt: 'yesterday' }],
    ['endedAt', { endedAt: '2026-03-01T09:00:00' }],
    ['body', { body: 7 }],
  ])('are refused with 422 that names %s when it is wrong', async (field, fields) => {
    const { status, body } = await crm.createCall(fields);
    expect([status, body.field]).toEqual([422, field]);
    expect(body.message).toContain(field === 'contactId' ? 'nobody' : field);
  });
});

describe('messages in the reference CRM', () => {
  it('of one conversation are entries of one record', async () => {
    const { status, body } = await crm.createMessage();
    expect(status).toBe(201);
    const path = `/messages/${body.message.id}`;
    expect((await crm.api('POST', `${path}/entries`, { text: 'second\n🙂' })).status).toBe(201);
    const { message } = (await crm.api('GET', path)).body;
    expect(message.entries.map(({ text }) => text)).toEqual(['first', 'second\n🙂']);
    expect((await crm.api('DELETE', path)).status).toBe(204);
    expect((await crm.api('GET', path)).status).toBe(404);
  });
});
