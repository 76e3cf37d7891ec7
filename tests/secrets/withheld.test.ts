import { describe, expect, test } from 'vitest';
import { withholdOtherUsers } from '../../src/crm/other-users.ts';
import { type Ownership, withholdStrangers } from '../../src/crm/privacy.ts';

const own: Ownership = {
  marker: 'crm-ready r1',
  ids: new Set(['101']),
  logs: new Set(['55']),
  written: { numbers: new Set(['+14155550123']), texts: new Set(['crm-ready r1 1']) },
};
const jane = { id: 17, name: 'Jane Stranger', email: 'jane@private.example' };
const hidden = /Jane|private\.example|divorce|253.?1001/;
const shownOf = (body: unknown, showing: 'search' | 'read' | 'write', status: number, who = own) => {
  const shown = withholdStrangers(body, who, showing, status);
  return typeof shown === 'string' ? shown : JSON.stringify(shown);
};

describe('of whoever stands in the way of a record that is written', () => {
  test.each<[string, unknown, number]>([
    ['the person in a conflict', { error: 'duplicate', existing: jane }, 409],
    ['people in a conflict', { message: 'duplicate', duplicates: [jane] }, 409],
    ['with a message of theirs', { error: 'x', existing: { ...jane, message: 'Jane wants a divorce' } }, 409],
    ['without an id', { error: 'duplicate', existing: { name: 'Jane Stranger' } }, 409],
    ['without an id, elsewhere', { error: 'duplicate', data: { first: 'J', email: jane.email } }, 409],
    ['under a title', { error: 'duplicate', existing: { id: 17, title: 'Jane Stranger' } }, 409],
    ['with a code', { error: 'duplicate', existing: [{ id: 17, code: 'C', title: 'Jane Stranger' }] }, 409],
    ['in the refusal itself', { ...jane, message: 'there is one already' }, 409],
    ['where the CRM says that it created them', { contact: jane }, 201],
    ['whose number is the same', { id: 17, phone: '+14155550123', name: 'Jane Stranger' }, 200],
    ['in XML', '<e><message>duplicate</message><existing><id>17</id><name>Jane</name></existing></e>', 409],
  ])('nothing but the id is shown: %s', (_what, body, status) => {
    const shown = shownOf(body, 'write', status);
    expect(shown).not.toMatch(hidden);
    expect(shown).toMatch(/17|duplicate/);
  });

  test.each<[string, unknown, number]>([
    ['a field in a list', { errors: [{ name: 'phone', message: 'is not valid' }] }, 422],
    [
      'with an id',
      { errors: [{ id: 'e1', title: 'Invalid', detail: 'phone is wrong', field: 'phone' }] },
      422,
    ],
    ['fields', { errors: { name: 'is required', email: 'is not an address' } }, 422],
    ['a field of Zoho’s', { code: 'DUPLICATE_DATA', details: { api_name: 'Email', id: '500' } }, 400],
    ['an error with a name', { error: { name: 'ValidationError', message: 'phone: bad' } }, 400],
    [
      'an error inside a 200',
      { jsonrpc: '2.0', id: 5, error: { data: { name: 'a.B', message: 'no' } } },
      200,
    ],
    ['a text', 'The field phone is not valid.', 400],
    ['XML', '<fault><faultcode>Client</faultcode><faultstring>phone is bad</faultstring></fault>', 400],
    ['what was sent', { error: 'invalid', input: { name: 'crm-ready r1 1', phone: '12' } }, 422],
    ['the record that was created', { id: 9, name: 'crm-ready r1 1', email: null, owner: 'Uma' }, 201],
    ['its number alone', { contact: { id: 9, phone: '(415) 555-0123', created: '2026-01-01' } }, 201],
    ['its id', { id: 9, success: true, message: 'ok' }, 201],
    ['its id as a text', '101', 201],
  ])('a refusal and the own record stay as they are: %s', (_what, body, status) => {
    expect(withholdStrangers(body, own, 'write', status)).toEqual(body);
  });
});

describe('a text that is read', () => {
  const call = (id: number, subject: string) =>
    `<c:call at="1"><c:id>${id}</c:id><c:subject><![CDATA[${subject}]]></c:subject><c:way>In &amp; out</c:way></c:call>`;
  const mine = call(55, 'crm-ready r1 call');

  test('shows the own record as it was written, and of its neighbours the ids', () => {
    const xml = `<?xml version="1.0"?>\n<c:calls xmlns:c="urn:c">${mine}${call(5, 'Jane’s divorce')}</c:calls>`;
    const shown = shownOf(xml, 'read', 200);
    expect(shown).toContain(mine);
    expect(shown).toContain('<c:id>5</c:id><c:subject>‹withheld›</c:subject>');
    expect(shown).not.toMatch(hidden);
  });

  test.each([
    ['the records of others', `<a>${call(5, 'Jane’s divorce')}${call(6, 'Jane')}</a>`],
    ['records without ids', '<a><r><subject>Jane</subject></r><r><subject>Jane</subject></r></a>'],
    ['one record without an id', '<a><subject>Call with Jane</subject></a>'],
    ['attributes', `<a><r id="5" name="Jane O'Hara"/><r id="6" name='"Jane"'/></a>`],
    ['an apostrophe', `<a n="Jane's"><id>5</id></a>`],
    ['an instruction', '<a><?by Jane?><!-- Jane --><id>5</id></a>'],
    ['names as elements', '<a><Jane_16502531001 id="5"><x>1</x></Jane_16502531001></a>'],
    ['a page', '<html><body><p>Jane</p></body></html>'],
    ['broken XML', '<a><b>Jane</a>'],
    ['a table', 'id;name\n5;Jane Stranger'],
  ])('shows nothing but ids of %s', (_what, text) => {
    for (const showing of ['read', 'search'] as const)
      expect(shownOf(text, showing, 200)).not.toMatch(hidden);
  });

  test('is shown where it is a short error', () => {
    expect(shownOf('No such call', 'read', 404)).toBe('No such call');
    expect(shownOf('x'.repeat(3000), 'read', 500)).toContain('3000 characters withheld');
  });
});

describe('an answer in JSON in which nothing is the run’s', () => {
  test.each([
    [[{ subject: 'Call with Jane', body: 'divorce' }]],
    [{ call: { subject: 'Call with Jane' } }],
    [[['Jane', '+1 650 253 1001']]],
  ])('shows no texts: %j', (body) => {
    expect(shownOf(body, 'read', 200)).not.toMatch(hidden);
  });

  test('nor neighbours without an id', () => {
    const calls = [{ subject: 'crm-ready r1 call' }, { subject: 'Call with Jane' }];
    expect(withholdStrangers({ calls }, own, 'read', 200)).toEqual({
      calls: [{ subject: 'crm-ready r1 call' }, { subject: '‹withheld›' }],
    });
  });
});

describe('a record with the id of a new contact', () => {
  test.each([
    { title: 'Jane Stranger' },
    { phone: '+16502531001' },
    { phone: 16_502_531_001 },
    { emails: ['jane@private.example', 'x@private.example'] },
    { who: 'Jane' },
    { person: { first: 'Jane' } },
    { phone: '+14155550123', caption: 'Jane' },
  ])('is somebody else’s where it says %j', (texts) => {
    expect(shownOf([{ id: '101', ...texts }], 'search', 200)).not.toMatch(hidden);
  });

  test.each([
    { type: 'Contact', createdAt: '2026-01-01T00:00:00Z' },
    { phone: '(415) 555-0123', status: 'Active lead' },
    { phones: [{ kind: 'work', value: 'tel:+14155550123' }], name: '' },
    {
      ownerId: 'u7',
      lastSeen: 1_772_359_200_000,
      createdAt: 1_772_359_200_000,
      self: 'https://x.example/101',
    },
  ])('is the run’s where it says %j', (texts) => {
    const body = [{ id: '101', ...texts }];
    expect(withholdStrangers(body, own, 'search', 200)).toEqual(body);
  });
});

test('a record with the id of a fixture is the fixture where its number or its name is', () => {
  const fixture = { ...own, fixtures: true };
  const lead = { id: '101', name: 'Jane Stranger', phone: '+16502531001' };
  const contact = { id: '101', name: 'Fix Ture', phones: ['+44 1', '415-555-0123'], email: 'f@x.example' };
  const named = { id: '101', name: 'crm-ready r1 1', phone: '+16502531002' };
  expect(shownOf([lead], 'search', 200, fixture)).not.toMatch(hidden);
  expect(withholdStrangers([contact, named], fixture, 'search', 200)).toEqual([contact, named]);
});

describe('who else has an account', () => {
  const uma = { id: 'u7', name: 'Uma User', email: 'uma@x.example' };
  const victor = { id: 'u8', name: 'Jane Stranger', email: 'jane@private.example', managerId: 'u7' };
  const user = { id: 'u7', name: 'Uma User' };

  test.each<[string, unknown]>([
    ['a list', { user: uma, account: { users: [uma, victor] } }],
    ['a list of one', { user: uma, account: { users: [victor] } }],
    ['a list of wrapped', { items: [{ user: uma }, { user: { id: 'u8', name: 'Jane Stranger' } }] }],
    ['a map', { user: uma, users: { u7: uma, u8: victor } }],
    ['their manager', { ...uma, manager: victor }],
    ['of whom the user is the manager', [{ ...victor, manager: uma }, uma]],
  ])('is not shown: %s', (_what, body) => {
    const shown = JSON.stringify(withholdOtherUsers(body, user));
    expect(shown).not.toMatch(hidden);
    expect(shown).toContain('Uma User');
    expect(shown).toContain('u8');
  });

  test.each<[string, unknown]>([
    ['the user in a list', { users: [uma] }],
    ['the user under another id', { id: 5, person: { id: 99, name: 'Uma User', email: 'u@x.example' } }],
    ['the account', { ...uma, company: { id: 5, name: 'Acme' }, roles: ['admin', 'sales'] }],
    ['a refusal', { errors: [{ name: 'token', message: 'expired' }] }],
  ])('%s is shown', (_what, body) => {
    expect(withholdOtherUsers(body, user)).toEqual(body);
  });

  test('one in a list may be the user, where nobody knows who that is', () => {
    const unknown = { id: null, name: null };
    expect(withholdOtherUsers({ users: [victor] }, unknown)).toEqual({ users: [victor] });
    expect(JSON.stringify(withholdOtherUsers([uma, victor], unknown))).not.toMatch(/Jane|Uma/);
  });
});

describe('what a CRM made of the run’s own records is shown', () => {
  const written = {
    numbers: new Set(['+14155550123']),
    texts: new Set([
      'crm-ready r1abcdef 1',
      'Проверка 测试 r1abcdef',
      'crm-ready r1abcdef first call',
      '- Note: crm-ready r1abcdef note',
    ]),
  };
  const mine = { ...own, marker: 'crm-ready r1abcdef', written };

  test.each<[string, unknown, 'search' | 'read' | 'write']>([
    ['another subject', { call: { activityid: '55', subject: 'Phone call', description: null } }, 'read'],
    ['another subject, in other words', { activityId: 55, subject: 'Call', startedAt: '2026-01-01' }, 'read'],
    ['texts cut to eight', { data: { id: 9, subject: 'crm-read', body: '- Note: ' } }, 'write'],
    [
      'such a text of a record without an id',
      { contactId: '101', subject: 'crm-read', body: '- Note: ', result: 'Connected' },
      'read',
    ],
    ['a text that ends in dots', { data: { id: 9, subject: 'crm-ready…' } }, 'write'],
    ['the first word of a name', { contact: { id: 9, name: 'crm-ready', phone: '+14155550123' } }, 'write'],
    ['that of another name', { contact: { id: 9, name: 'Проверка', phone: '+14155550123' } }, 'write'],
    [
      'the first word of a name, found',
      [{ id: '101', name: 'crm-ready', phone: '+14155550123', type: 'Contact' }],
      'search',
    ],
    ['a line with the mark', 'BEGIN:VCARD crm-ready r1abcdef 1', 'read'],
    ['a receipt', 'Created contact 101', 'write'],
    ['a receipt with a mark of its own', 'Contact #101 has been saved.', 'write'],
  ])('%s', (_what, body, showing) => {
    expect(withholdStrangers(body, mine, showing, 200)).toEqual(body);
  });

  test.each<[string, unknown, 'search' | 'read' | 'write']>([
    [
      'the call of another under the id of a contact',
      { id: 5, activityid: '56', subject: 'Call with Jane' },
      'read',
    ],
    [
      'a call with an id of its own, where the contact has the id of a call',
      { id: 5, contactId: '55', subject: 'Jane' },
      'read',
    ],
    ['a person with such an id', { activityid: '55', name: 'Jane', subject: 'x' }, 'read'],
    [
      'a record of the contact that says more',
      { contactId: '101', subject: 'crm-read', body: 'Jane wants a divorce' },
      'read',
    ],
    ['people in a record of the contact', { contactId: '101', others: [{ id: 5, name: 'Jane' }] }, 'read'],
    [
      'neighbours of such a record',
      [{ contactId: '101', subject: 'crm-read' }, { subject: 'Call with Jane' }],
      'read',
    ],
    ['a name with a short word of the run’s', { contact: { id: 9, name: 'Jane crm-ready' } }, 'write'],
    ['a table with the mark', '101;crm-ready r1abcdef 1;Jane', 'read'],
    ['lines with the mark', 'crm-ready r1abcdef 1\nJane', 'read'],
    ['a search in a text', 'Jane crm-ready r1abcdef', 'search'],
    ['a receipt with a name', 'Created Jane 101', 'write'],
    ['a receipt that is read', 'Contact Jane', 'read'],
  ])('but not %s', (_what, body, showing) => {
    expect(shownOf(body, showing, 200, mine)).not.toMatch(hidden);
  });
});
