import type { RefereeCase } from '../types.ts';

const people = [
  {
    id: 7,
    name: 'Ana',
    phone: '+14155550100',
    type: 'Lead',
    title: 'Dr',
    company: 'X',
    createdDate: '2026-01-01',
    mostRecentActivityDate: 5,
    additionalInfo: { a: 1 },
  },
  { id: 0, name: '', phone: '', type: '', title: null },
  {},
  null,
  'text',
];
const json = (body: unknown): { body: string } => ({ body: JSON.stringify(body) });

/** What is read from answers. */
export const answerCases: readonly RefereeCase[] = [
  {
    name: 'a list by the defaults',
    operation: 'findContact',
    config: { url: '/c', responseMapping: {} },
    answer: json(people),
  },
  { name: 'no mapping: nobody', operation: 'findContact', config: { url: '/c' }, answer: json(people) },
  {
    name: 'a list with odd paths, and items that lack them',
    operation: 'findContact',
    config: {
      url: '/c',
      responseMapping: {
        listPath: 'body.o:res.0.items',
        item: {
          idPath: '$id',
          namePath: 'first-name',
          phonePath: 'phones.0.number',
          typePath: 'kind.name',
          companyPath: 'org.0',
          additionalInfoPath: '$',
        },
      },
    },
    answer: json({
      'o:res': [
        {
          items: [
            { $id: 'a', 'first-name': 'Ana', phones: [{ number: '1' }], kind: { name: 'K' }, org: 'XYZ' },
            { phones: [] },
            { $id: 9, kind: null },
          ],
        },
      ],
    }),
  },
  {
    name: 'a list that is not there',
    operation: 'findContact',
    config: { url: '/c', responseMapping: { listPath: 'body.data.items' } },
    answer: json({ data: null }),
  },
  {
    name: 'a list that is a record',
    operation: 'findContact',
    config: { url: '/c', responseMapping: { listPath: 'body.data' } },
    answer: json({ data: { id: 1 } }),
    unreadable: true,
  },
  {
    name: 'a list that is a text',
    operation: 'findContact',
    config: { url: '/c', responseMapping: {} },
    answer: { body: '<html>', type: 'text/html' },
    unreadable: true,
  },
  {
    name: 'an empty answer',
    operation: 'findContact',
    config: { url: '/c', responseMapping: { listPath: 'body' } },
    answer: { body: '' },
  },
  {
    name: 'JSON under another content type',
    operation: 'findContact',
    config: { url: '/c', responseMapping: { listPath: 'body.x' } },
    answer: { body: '{"x":[{"id":"q"}]}', type: 'text/plain' },
  },
  {
    name: 'findContactWithName has a mapping of its own',
    operation: 'findContactWithName',
    config: { url: '/c', responseMapping: { listPath: 'body.r', item: { idPath: 'k' } } },
    answer: json({ r: [{ k: 1, name: 'N' }] }),
  },
  {
    name: 'the current user',
    operation: 'getUserInfo',
    config: {
      url: '/me',
      responseMapping: {
        idPath: 'body.data.0.id',
        namePath: 'body.data.0.first-name',
        timezoneNamePath: 'body.tz',
        overridingApiKeyPath: 'body.token',
        messagePath: 'body.hi',
        platformAdditionalInfoPaths: { region: 'body.region', gone: 'body.nope' },
      },
    },
    answer: json({
      data: [{ id: 12, 'first-name': 'Ana' }],
      tz: 'Europe/Paris',
      token: 't0',
      hi: 'Hi',
      region: ['eu'],
    }),
  },
  {
    name: 'the current user without a name path',
    operation: 'getUserInfo',
    config: { url: '/me', responseMapping: { idPath: 'body.id' } },
    answer: json({ id: 'u-1', name: 'unread' }),
  },
  {
    name: 'the current user without a mapping',
    operation: 'getUserInfo',
    config: { url: '/me' },
    answer: json({ id: 'u-1' }),
  },
  {
    name: 'the current user out of the login form',
    operation: 'getUserInfo',
    given: { additionalInfo: { login: 'ana' } },
    config: { url: '/me', responseMapping: { idPath: 'additionalInfo.login', namePath: 'hostname' } },
  },
  {
    name: 'a created contact',
    operation: 'createContact',
    config: {
      method: 'POST',
      url: '/c',
      responseMapping: { idPath: 'body.0.id', namePath: 'body.0.n', typePath: 'body.0.t' },
    },
    answer: json([{ id: 5, n: 'Ana' }]),
  },
  {
    name: 'a created contact: name and type by default, no id',
    operation: 'createContact',
    config: { method: 'POST', url: '/c', responseMapping: { idPath: 'body.nope' } },
    answer: json({ id: 5, name: 'Ana', type: 'Lead' }),
  },
  {
    name: 'a created contact without an id path: none',
    operation: 'createContact',
    config: { method: 'POST', url: '/c', responseMapping: { namePath: 'body.name' } },
    answer: json({ id: 5, name: 'Ana' }),
  },
  {
    name: 'a created call log by default',
    operation: 'createCallLog',
    config: { method: 'POST', url: '/l', responseMapping: {} },
    answer: json({ id: 5 }),
  },
  {
    name: 'a created call log with id 0',
    operation: 'createCallLog',
    config: { method: 'POST', url: '/l', responseMapping: { idPath: 'body.id' } },
    answer: json({ id: 0 }),
  },
  {
    name: 'a created call log without a mapping: no id',
    operation: 'createCallLog',
    config: { method: 'POST', url: '/l' },
    answer: json({ id: 5 }),
  },
  {
    name: 'a created call log whose answer is its id',
    operation: 'createCallLog',
    config: { method: 'POST', url: '/l', responseMapping: { idPath: 'body' } },
    answer: { body: '4711', type: 'text/plain' },
  },
  {
    name: 'a created message log without a mapping has the default path',
    operation: 'createMessageLog',
    config: { method: 'POST', url: '/m' },
    answer: json({ id: 'm5' }),
  },
  {
    name: 'a call log by the defaults: body.note is note and whole text',
    operation: 'getCallLog',
    config: { url: '/l' },
    answer: json({ subject: 'S', note: 'N', body: 'B' }),
  },
  {
    name: 'a call log by paths, one of them wrong',
    operation: 'getCallLog',
    config: {
      url: '/l',
      responseMapping: { subjectPath: 'body.a.b', notePath: 'body.a.c.d', fullBodyPath: 'body.a.texts.1' },
    },
    answer: json({ a: { b: 'S', texts: ['x', 'y'] } }),
  },
  {
    name: 'users',
    operation: 'getUserList',
    config: { url: '/u', responseMapping: { listPath: 'body.users', namePath: 'full-name' } },
    answer: json({ users: [{ id: 1, 'full-name': 'A', email: 'a@crm.example' }, {}] }),
  },
  {
    name: 'users without a list path: none',
    operation: 'getUserList',
    config: { url: '/u', responseMapping: { idPath: 'id' } },
    answer: json([{ id: 1 }]),
  },
  {
    name: 'a licence',
    operation: 'getLicenseStatus',
    given: { userId: 'u', platform: 'crm' },
    config: { url: '/lic', responseMapping: { licenseStatusPath: 'body.s' } },
    answer: json({ isLicenseValid: false, s: 'Trial' }),
  },
];
