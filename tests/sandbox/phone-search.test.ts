import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { TestClient } from './client.ts';

describe('the phone search of the reference CRM', () => {
  let crm: TestClient;
  beforeEach(async () => {
    crm = new TestClient(await startSandbox());
  });
  afterEach(() => crm.sandbox.close());

  const formats = [
    '+14155550123',
    '14155550123',
    '4155550123',
    '(415) 555-0123',
    '415-555-0123',
    '415.555.0123',
    '+1 415 555 0123',
    '+1 (415) 555-0123 ext. 204',
    '(415) 555-0123 x101',
  ];

  it.each(formats)('finds a contact stored as %s in every way of asking', async (stored) => {
    await crm.contact(stored);
    for (const asked of formats)
      expect([asked, await crm.namesFound(asked)]).toEqual([asked, ['Test Person']]);
  });

  it('returns the fields of a contact, the phone as it was typed', async () => {
    const id = await crm.contact('(415) 555-0123');
    expect((await crm.search('+14155550123')).body.contacts).toEqual([
      {
        id,
        name: 'Test Person',
        phone: '(415) 555-0123',
        mobile: null,
        type: 'Contact',
        createdAt: expect.any(String),
      },
    ]);
  });

  it('understands a raw plus as well as %2B', async () => {
    await crm.contact();
    expect((await crm.api('GET', '/contacts?phone=+14155550123')).body.contacts).toHaveLength(1);
    expect((await crm.api('GET', '/contacts?phone=%2B14155550123')).body.contacts).toHaveLength(1);
  });

  it.each([
    ['a number that nobody has', '+14155550199'],
    ['an extension', '101'],
    ['an empty number', ''],
    ['a number with the same last seven digits', '+16465550123'],
    ['the last seven digits alone', '5550123'],
    ['a part of the number', '+1415555012'],
    ['a longer number with the number inside', '+914155550123'],
    ['a text', 'nobody'],
  ])('finds nobody for %s', async (_, asked) => {
    await crm.contact();
    expect((await crm.search(asked)).body).toEqual({ contacts: [] });
  });

  it.each([
    ['GB', '020 7946 0123', '+442079460123'],
    ['GB', '+44 (0)20 7946 0123', '+442079460123'],
    ['GB mobile', '07700 900123', '+447700900123'],
    ['DE', '030 23125123', '+493023125123'],
    ['FR', '01 99 00 12 34', '+33199001234'],
    ['AU', '(02) 5550 1234', '+61255501234'],
    ['SE', '08-465 004 12', '+46846500412'],
    ['IE', '020 915 1234', '+353209151234'],
  ])('finds a number of %s stored as %s', async (_, stored, asked) => {
    await crm.contact(stored);
    expect(await crm.namesFound(asked)).toEqual(['Test Person']);
    expect(await crm.namesFound(`${asked.slice(0, -1)}9`)).toEqual([]);
  });

  it('looks at the mobile number, and returns all who share one', async () => {
    await crm.contact('+14155550123', { name: 'First Person' });
    await crm.contact('(646) 555-0100', { name: 'Second Person', mobile: '415-555-0123' });
    expect(await crm.namesFound('+14155550123')).toEqual(['First Person', 'Second Person']);
  });

  it('refuses a query parameter that it does not know, and a missing one, by name', async () => {
    const unknown = await crm.api('GET', '/contacts?phone=1&filter=x');
    expect([unknown.status, unknown.body.field]).toEqual([400, 'filter']);
    const missing = await crm.api('GET', '/contacts');
    expect([missing.status, missing.body.field]).toEqual([400, 'phone']);
  });
});

describe('contacts of the reference CRM', () => {
  let crm: TestClient;
  beforeEach(async () => {
    crm = new TestClient(await startSandbox());
  });
  afterEach(() => crm.sandbox.close());

  it.each(['Ada', "Nuala O'Brien-Ní Dhomhnaill", 'María del Carmen', '山田 太郎'])(
    'keep the name %s',
    async (name) => {
      const id = await crm.contact('+14155550123', { name });
      expect((await crm.api('GET', `/contacts/${id}`)).body.contact.name).toBe(name);
    },
  );

  it.each(['not a number', '12', '+0', '12345678901234567890', '+1 415', ''])(
    'are refused with 422 that names the field for the phone "%s"',
    async (phone) => {
      const { status, body } = await crm.api('POST', '/contacts', { name: 'Test Person', phone });
      expect([status, body.field]).toEqual([422, 'phone']);
    },
  );

  it('can be changed and deleted', async () => {
    const id = await crm.contact();
    await crm.api('PATCH', `/contacts/${id}`, { phone: '+14155550124' });
    expect(await crm.namesFound('+14155550124')).toEqual(['Test Person']);
    expect(await crm.namesFound('+14155550123')).toEqual([]);
    expect((await crm.api('DELETE', `/contacts/${id}`)).status).toBe(204);
    expect((await crm.api('GET', `/contacts/${id}`)).status).toBe(404);
    expect((await crm.api('DELETE', `/contacts/${id}`)).status).toBe(404);
  });

  it('include strangers with fictional numbers, who were there before', () => {
    const { contacts } = crm.sandbox.state();
    expect(contacts.length).toBeGreaterThanOrEqual(4);
    for (const { name, phone } of contacts) {
      expect(name).toMatch(/^\S+ \S+$/);
      expect((phone ?? '').replace(/ext.*/, '').replace(/\D/g, '')).toMatch(/^1?\d{3}55501\d\d$/);
    }
  });
});
