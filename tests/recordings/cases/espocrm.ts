import { type Cases, call, change, contacts, draft, find, message, person, users } from './case.ts';

const key = { ESPOCRM_API_KEY: '<api-key>' };
const ann = person('6b04af430d949ce2d');
const callId = '6b04af4af366731fa';
const unknown = 'ffffffffffffffff1';
const listUsers = '/api/v1/User?select=id,name,userName,emailAddress&maxSize=10';
const text = 'Talked about 5 < 6 & "ok" 😀';

export const espocrm: Cases = {
  setting: { name: 'espocrm', env: key, vars: {}, userId: '6b04a43b34c259575', signIn: [] },
  notRecorded: {
    getMessageLog: 'the note was not read back: the mapping is that of its creation',
    updateMessageLog: 'the note was not changed: PUT as for a call',
    deleteMessageLog: 'the note was not deleted: DELETE as for a call',
  },
  cases: [
    {
      title: 'tells who is logged in',
      operation: 'getUserInfo',
      turns: ['me-api-key'],
      ask: (crm) => crm.getUserInfo(),
      gives: { value: { id: '6b04a43b34c259575', name: 'apiuser' } },
    },
    {
      title: "tolerates App Connect's empty body",
      operation: 'getUserInfo',
      turns: ['me-get-with-body'],
      ask: (crm) => crm.getUserInfo({ emptyBody: true }),
      gives: { value: { id: '6b04a43b34c259575', name: 'apiuser' } },
    },
    {
      title: 'refuses a wrong key',
      operation: 'getUserInfo',
      turns: ['me-bad-key'],
      env: { ESPOCRM_API_KEY: '0'.repeat(32) },
      ask: (crm) => crm.getUserInfo(),
      refused: { status: 401, says: /^$/ },
    },
    {
      title: 'refuses no key',
      operation: 'getUserInfo',
      turns: ['me-no-credential'],
      ask: (crm) => crm.through(crm.session.as('absent')).getUserInfo(),
      refused: { status: 401, says: /^$/ },
    },
    {
      title: 'finds by E.164',
      operation: 'findContact',
      turns: ['search-equals-e164-encoded'],
      ask: find('+14155550123'),
      gives: {
        value: {
          contacts: [
            { id: ann.id, name: 'Ann rec1', phone: '+14155550123', createdDate: '2026-11-23 21:25:23' },
            { id: '6b04a8f2158ee60d6', name: 'PlusBob', phone: '+14155550123' },
            { id: '6b04a8f20cd8b181c', name: 'PlusAnn', phone: '+14155550123' },
            { id: '6b04a43b6a5f13709', name: 'Probe1', phone: '+14155550123' },
          ],
        },
      },
    },
    {
      title: 'reads a raw plus as a space',
      operation: 'findContact',
      turns: ['search-equals-e164-rawplus'],
      ask: find('+14155550123', { rawPlus: true }),
      gives: { value: contacts() },
    },
    {
      title: 'finds an imported number in its own writing only',
      operation: 'findContact',
      turns: ['search-equals-national'],
      ask: find('(415) 555-0123'),
      gives: { value: contacts(['6b04a4ca14e05a694', 'Ann Fmt1', '(415) 555-0123']) },
    },
    {
      title: 'finds nobody for a number that nobody has',
      operation: 'findContact',
      turns: ['search-nobody'],
      ask: find('+14155559999'),
      gives: { value: contacts() },
    },
    {
      title: 'finds nobody for an extension',
      operation: 'findContact',
      turns: ['search-101'],
      ask: find('101'),
      gives: { value: contacts() },
    },
    {
      title: 'finds nobody for an empty number',
      operation: 'findContact',
      turns: ['search-empty'],
      ask: find(''),
      gives: { value: contacts() },
    },
    {
      title: 'creates a contact',
      operation: 'createContact',
      turns: ['create-contact-rec1'],
      ask: (crm) => crm.createContact({ name: 'Ann rec1', phoneNumber: '+14155550123' }),
      gives: {
        value: { id: ann.id, idFrom: 'body', name: 'Ann rec1' },
        mapped: { phone: '+14155550123' },
      },
    },
    {
      title: 'refuses a number that is not E.164, and names the field',
      operation: 'createContact',
      turns: ['create-contact-rec2'],
      ask: (crm) => crm.createContact({ name: 'Ann rec2', phoneNumber: '(415) 555-0124' }),
      refused: { status: 400, says: /phoneNumber/ },
    },
    {
      title: 'creates a call',
      operation: 'createCallLog',
      turns: ['create-call'],
      ask: (crm) => crm.createCallLog(draft(ann, 'Outbound call', text)),
      gives: { value: { id: callId, idFrom: 'body' }, mapped: { contactId: ann.id } },
    },
    {
      title: 'refuses a call for a contact that does not exist',
      operation: 'createCallLog',
      turns: ['create-call-unknown-contact'],
      ask: (crm) => crm.createCallLog(draft(person(unknown), 'Outbound call', text)),
      refused: { status: 403, says: /cannotRelateNonExisting|Contact/ },
    },
    {
      title: 'reads a call',
      operation: 'getCallLog',
      turns: ['read-call'],
      ask: (crm) => crm.getCallLog(callId, ann.id),
      gives: {
        value: { subject: 'Outbound call', fullBody: text, contactId: ann.id },
        mapped: {
          id: callId,
          startTime: '2026-11-23 10:00:00',
          endTime: '2026-11-23 10:05:00',
          duration: call.durationSeconds,
          direction: 'Outbound',
          result: 'Held',
        },
      },
    },
    {
      title: 'reads markup as it was sent',
      operation: 'getCallLog',
      turns: ['read-call-markup'],
      ask: (crm) => crm.getCallLog(callId, ann.id),
      gives: { value: { fullBody: '<b>bold</b>\r\nline 2\nline 3 & <br> end' } },
    },
    {
      title: 'does not know a call that does not exist',
      operation: 'getCallLog',
      turns: ['read-call-unknown'],
      ask: (crm) => crm.getCallLog(unknown, ann.id),
      refused: { status: 404, says: /does not exist/ },
    },
    {
      title: 'changes a call',
      operation: 'updateCallLog',
      turns: ['update-call-body'],
      also: ['create-call'],
      ask: (crm) => crm.updateCallLog(callId, change(ann, 'Outbound call', 'changed')),
    },
    {
      title: 'does not change a call that does not exist',
      operation: 'updateCallLog',
      turns: ['update-call-unknown'],
      also: ['create-call'],
      ask: (crm) => crm.updateCallLog(unknown, change(ann, 'Outbound call', 'x')),
      refused: { status: 404, says: /not found/ },
    },
    {
      title: "lists a contact's calls",
      operation: 'listCallLogs',
      turns: ['list-contact-calls'],
      ask: (crm) => crm.listCallLogs(ann.id),
      gives: { value: ['6b04af4ba90cfce09', '6b04af4b2b75c8e64', callId, '6b04af4b5c2fb36fb'] },
    },
    {
      title: 'records a message',
      operation: 'createMessageLog',
      turns: ['create-note'],
      texts: ['body.post'],
      ask: (crm) => crm.createMessageLog(ann, message),
      gives: { value: { id: '6b04af4dbb2664901', idFrom: 'body' }, mapped: { contactId: ann.id } },
    },
    {
      title: 'shows no users to a key that may see its own alone',
      operation: 'getUserList',
      turns: ['list-users-api-key'],
      ask: users,
      gives: { value: [] },
    },
    {
      title: 'shows all users to an administrator',
      operation: 'getUserList',
      // The administrator asked with another credential, and for two fields more.
      turns: [
        {
          request: { method: 'GET', url: listUsers, headers: { 'X-Api-Key': '<api-key>' } },
          answer: 'list-users',
        },
      ],
      ask: users,
      gives: {
        value: [
          { idPath: '6b04a1a6b54a7cd2b', namePath: 'Admin', emailPath: null },
          { idPath: '6b04a43b34c259575', namePath: 'apiuser', emailPath: null },
        ],
      },
    },
    {
      title: 'deletes a call',
      operation: 'deleteCallLog',
      turns: ['delete-call'],
      ask: (crm) => crm.remove('deleteCallLog', callId, ann.id),
    },
    {
      title: 'deletes a contact',
      operation: 'deleteContact',
      turns: ['delete-contact'],
      ask: (crm) => crm.remove('deleteContact', ann.id, null),
    },
    {
      title: 'does not delete a contact twice',
      operation: 'deleteContact',
      turns: ['delete-contact-again'],
      ask: (crm) => crm.remove('deleteContact', ann.id, null),
      refused: { status: 404, says: /not found/ },
    },
  ],
  faults: [
    { fault: 'a wrong field name', from: 'dateStart: "', to: 'date_start: "', title: 'creates a call' },
    { fault: 'a wrong path', from: 'url: /Call\n', to: 'url: /Calls\n', title: 'creates a call' },
    {
      fault: 'a wrong date format',
      from: 'startTime | sql_datetime',
      to: 'startTime | iso',
      title: 'creates a call',
    },
    { fault: 'a missing field', from: 'status: "{% if', to: 'x-status: "{% if', title: 'creates a call' },
    {
      fault: 'a missing parameter',
      from: '      "where[0][attribute]": phoneNumber\n',
      to: '',
      title: 'finds by E.164',
    },
    {
      fault: 'a wrong method',
      from: 'method: PUT\n    url: /Call',
      to: 'method: POST\n    url: /Call',
      title: 'changes a call',
    },
    {
      fault: 'a wrong header',
      from: 'headerName: X-Api-Key',
      to: 'headerName: X-Key',
      title: 'tells who is logged in',
    },
    {
      fault: 'an unknown field to select',
      from: 'id,name,phoneNumber',
      to: 'id,name,phone',
      title: 'finds by E.164',
    },
    {
      fault: 'another number',
      from: '"{{ phoneNumber }}"\n      select',
      to: '"{{ phoneNumber | digits }}"\n      select',
      title: 'finds by E.164',
    },
  ],
};
