import { describe, expect, it } from 'vitest';
import { withCrm } from './client.ts';
import type { CrmOptions } from './options.ts';

describe('the search', () => {
  const asked = ['+12125550100', '12125550100', '2125550100', '(212) 555-0100', '+13125550100', '101', ''];
  /** How many of one contact, stored in this format, are found by each of `asked`. */
  const found: [string, Partial<CrmOptions>, stored: string, number[]][] = [
    ['normalising', { search: 'normalising' }, '212.555.0100', [1, 1, 1, 1, 0, 0, 0]],
    ['exact', { search: 'exact' }, '(212) 555-0100', [0, 0, 0, 1, 0, 0, 0]],
    ['a substring of the text', { search: 'substring-text' }, '+12125550100', [1, 1, 1, 0, 0, 0, 3]],
    ['a substring of the digits', { search: 'substring-digits' }, '212-555-0100', [0, 0, 1, 1, 0, 0, 3]],
    ['a suffix of 7 digits', { search: 'suffix', suffixDigits: 7 }, '(212) 555-0100', [1, 1, 1, 1, 1, 0, 0]],
    [
      'a suffix of 10 digits',
      { search: 'suffix', suffixDigits: 10 },
      '(212) 555-0100',
      [1, 1, 1, 1, 0, 0, 0],
    ],
    ['E.164 on write', { search: 'normalise-on-write' }, '(212) 555-0100', [1, 0, 0, 0, 0, 0, 0]],
    ['split numbers', { search: 'split' }, '+12125550100', [0, 0, 1, 0, 0, 0, 0]],
    ['nobody', { search: 'unusable' }, '+12125550100', [0, 0, 0, 0, 0, 0, 0]],
    ['everybody', { search: 'everybody' }, '+12125550100', [3, 3, 3, 3, 3, 3, 3]],
  ];
  it.for(found)('by %s', ([_name, faults, stored, counts]) =>
    withCrm(faults, async (client) => {
      await client.create(stored);
      expect(await Promise.all(asked.map((text) => client.find(text)))).toEqual(counts);
    }),
  );

  it('reads a raw plus as a space, as form encoding says', () =>
    withCrm({ search: 'exact' }, async (client) => {
      await client.create('+12125550100');
      expect((await client.ask('GET', '/contacts?phone=+12125550100')).body.contacts).toEqual([]);
    }));

  it('finds a number of another country, written with its trunk zero', () =>
    withCrm({}, async (client) => {
      await client.create('020 7946 0018');
      expect(await client.find('+442079460018')).toBe(1);
    }));

  it('of its own country only finds nobody abroad', () =>
    withCrm({ countries: 'own' }, async (client) => {
      await client.create('+442079460018');
      await client.create('+12125550100');
      expect([await client.find('+442079460018'), await client.find('+12125550100')]).toEqual([0, 1]);
    }));

  it.for([
    ['searched', 1],
    ['ignored', 0],
  ] as const)('with the second phone field %s', ([secondPhone, count]) =>
    withCrm({ secondPhone }, async (client) => {
      await client.create('+12125550100', { mobile: '+13125550101' });
      expect(await client.find('+13125550101')).toBe(count);
    }),
  );

  it.for([
    ['all', 2],
    ['first', 1],
  ] as const)('returns %s of several with one number', ([shared, count]) =>
    withCrm({ shared }, async (client) => {
      await client.create('+12125550100');
      await client.create('+12125550100', { name: 'Ben Example' });
      expect(await client.find('+12125550100')).toBe(count);
    }),
  );

  it('may show id and name only', () =>
    withCrm({ extraFields: false }, async (client) => {
      const { body } = await client.create('+12125550100');
      const { contacts } = (await client.ask('GET', '/contacts?phone=2125550100')).body;
      expect(contacts).toEqual([{ id: body.contact.id, name: 'Ann Example' }]);
    }));

  it('that lags finds a contact later, forgets it at once, and reads do not lag', () =>
    withCrm({ lagSeconds: 0.15 }, async (client) => {
      const { id } = (await client.create('+12125550100')).body.contact;
      expect(await client.find('+12125550100')).toBe(0);
      expect((await client.ask('GET', `/contacts/${id}`)).status).toBe(200);
      await expect.poll(() => client.find('+12125550100'), { interval: 30 }).toBe(1);
      await client.ask('DELETE', `/contacts/${id}`);
      expect(await client.find('+12125550100')).toBe(0);
    }));

  it('may lag behind deletions, and reads may lag as well', () =>
    withCrm({ lagSeconds: 0.15, readsLag: true, deletionsLag: true }, async (client) => {
      const { id } = (await client.create('+12125550100')).body.contact;
      expect((await client.ask('GET', `/contacts/${id}`)).status).toBe(404);
      await expect.poll(() => client.find('+12125550100'), { interval: 30 }).toBe(1);
      await client.ask('DELETE', `/contacts/${id}`);
      expect(await client.find('+12125550100')).toBe(1);
      await expect.poll(() => client.find('+12125550100'), { interval: 30 }).toBe(0);
    }));
});
