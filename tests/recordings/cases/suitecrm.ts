import { exchangeOf, readRecording, rowOf } from '../recording.ts';
import type { Turn } from '../replay-server.ts';
import { type Cases, change, contacts, draft, find, message, person, users } from './case.ts';

const ann = person('9389e559-cc3a-9c88-40ee-6b04afb8f828');
const callId = 'e53fa8cb-6b43-a401-dea9-6b04afced4d4';
const unknown = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const text = 'Talked about 5 < 6 & "ok" 😀';
const recording = readRecording('suitecrm');

/** A search whose answer was not kept; another search that came to the same has one. */
function search(stored: string, form: string, answer: string): Turn {
  const { url } = rowOf(recording, 'or: phone_mobile/phone_work/phone_home eq', stored, form);
  return { request: { ...exchangeOf(recording, 'search-nobody').request, url }, answer };
}

export const suitecrm: Cases = {
  setting: {
    name: 'suitecrm',
    env: {
      SUITECRM_CLIENT_ID: '<password-client-id>',
      SUITECRM_CLIENT_SECRET: '<client-secret>',
      SUITECRM_USERNAME: 'admin',
      SUITECRM_PASSWORD: '<password>',
    },
    vars: {},
    userId: '1',
    signIn: ['token-password-form'],
  },
  notRecorded: {
    getMessageLog: 'the note was not read back: GET as for a call, the mapping is that of its creation',
    updateMessageLog: 'the note was not changed: PATCH as for a call',
    deleteMessageLog: 'the note was not deleted: DELETE as for a call',
  },
  cases: [
    {
      title: 'tells who is logged in',
      operation: 'getUserInfo',
      turns: ['me-token'],
      ask: (crm) => crm.getUserInfo(),
      gives: { value: { id: '1', name: 'Administrator' } },
    },
    {
      title: "tolerates App Connect's empty body",
      operation: 'getUserInfo',
      turns: ['me-get-with-body'],
      ask: (crm) => crm.getUserInfo({ emptyBody: true }),
      gives: { value: { id: '1', name: 'Administrator' } },
    },
    {
      title: 'refuses no token',
      operation: 'getUserInfo',
      turns: ['me-no-credential'],
      ask: (crm) => crm.through(crm.session.as('absent')).getUserInfo(),
      refused: { status: 401, says: /denied the request/ },
    },
    {
      title: 'finds by E.164 in each of three fields',
      operation: 'findContact',
      turns: ['search-or-three-fields'],
      ask: find('+14155550123'),
      gives: {
        value: contacts(
          [String(ann.id), 'Ann rec1', '+14155550123'],
          ['ebafb64f-5b37-e9ed-5223-6b04a43442e1', 'A &  Probe1', '+14155550123'],
        ),
      },
    },
    {
      title: 'reads a raw plus as a space',
      operation: 'findContact',
      turns: [search('+14155550123', 'e164-raw+', 'search-eq-e164-rawplus')],
      ask: find('+14155550123', { rawPlus: true }),
      gives: { value: contacts() },
    },
    {
      title: 'finds nobody for a number that nobody has',
      operation: 'findContact',
      turns: [search('-', 'nobody', 'search-nobody')],
      ask: find('+14155559999'),
      gives: { value: contacts() },
    },
    {
      title: 'finds nobody for an extension',
      operation: 'findContact',
      turns: [search('-', '101', 'search-101')],
      ask: find('101'),
      gives: { value: contacts() },
    },
    {
      title: 'finds nobody for an empty number',
      operation: 'findContact',
      turns: [search('-', 'empty', 'search-empty')],
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
      title: 'takes a number in any writing',
      operation: 'createContact',
      turns: ['create-contact-rec2'],
      ask: (crm) => crm.createContact({ name: 'Ann rec2', phoneNumber: '(415) 555-0124' }),
      gives: { mapped: { phone: '(415) 555-0124' } },
    },
    {
      title: 'creates a call and links it',
      operation: 'createCallLog',
      turns: ['create-call', 'link-call-contact'],
      ask: (crm) => crm.createCallLog(draft(ann, 'Recorded call', text)),
      gives: { value: { id: callId, idFrom: 'body' } },
    },
    {
      title: 'reads a call, escaped',
      operation: 'getCallLog',
      turns: ['read-call'],
      ask: (crm) => crm.getCallLog(callId, ann.id),
      gives: {
        value: {
          subject: 'Recorded call',
          fullBody: 'Talked about 5 &lt; 6 & &quot;ok&quot; ????',
          contactId: ann.id,
        },
        mapped: {
          id: callId,
          startTime: '2026-11-23T10:00:00+00:00',
          duration: 5,
          direction: 'Outbound',
          result: 'Held',
        },
      },
    },
    {
      title: 'does not know a call that does not exist, with a 400',
      operation: 'getCallLog',
      turns: ['read-call-unknown'],
      ask: (crm) => crm.getCallLog(unknown, ann.id),
      refused: { status: 400, says: /is not found/ },
    },
    {
      title: 'changes a call',
      operation: 'updateCallLog',
      turns: ['update-call-body'],
      also: ['create-call'],
      ask: (crm) => crm.updateCallLog(callId, change(ann, 'Recorded call', 'changed')),
    },
    {
      title: 'does not change a call that does not exist',
      operation: 'updateCallLog',
      turns: ['update-call-unknown'],
      also: ['create-call'],
      ask: (crm) => crm.updateCallLog(unknown, change(ann, 'Recorded call', 'x')),
      refused: { status: 400, says: /is not found/ },
    },
    {
      title: "lists a contact's calls",
      operation: 'listCallLogs',
      turns: ['list-contact-calls'],
      ask: (crm) => crm.listCallLogs(ann.id),
      gives: { value: [callId] },
    },
    {
      title: 'records a message',
      operation: 'createMessageLog',
      turns: ['create-note'],
      texts: ['body.data.attributes.name', 'body.data.attributes.description'],
      ask: (crm) => crm.createMessageLog(ann, message),
      gives: {
        value: { id: 'a21f5956-d25d-e9bb-e683-6b04af804a1a', idFrom: 'body' },
        mapped: { contactId: ann.id },
      },
    },
    {
      title: 'lists the users',
      operation: 'getUserList',
      turns: ['list-users'],
      ask: users,
      gives: { value: [{ idPath: '1', namePath: 'Administrator', emailPath: '' }] },
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
      title: 'logs out',
      operation: 'unAuthorize',
      turns: ['logout'],
      ask: (crm) => crm.unAuthorize(),
    },
    {
      title: 'refuses the token after the logout',
      operation: 'getUserInfo',
      turns: ['me-after-logout'],
      ask: (crm) => crm.getUserInfo(),
      refused: { status: 401, says: /denied the request/ },
    },
  ],
  faults: [
    {
      fault: 'a wrong field name',
      from: 'date_start: "',
      to: 'start_date: "',
      title: 'creates a call and links it',
    },
    {
      fault: 'a wrong path',
      from: '/relationships\n',
      to: '/relationships/calls\n',
      title: 'creates a call and links it',
    },
    {
      fault: 'a wrong date format',
      from: 'startTime | sql_datetime',
      to: 'startTime | iso',
      title: 'creates a call and links it',
    },
    {
      fault: 'a number for text',
      from: 'modulo: 60 | string',
      to: 'modulo: 60',
      title: 'creates a call and links it',
    },
    {
      fault: 'a missing field',
      from: '              parent_type: Contacts\n',
      to: '',
      title: 'creates a call and links it',
    },
    {
      fault: 'a missing parameter',
      from: '      "filter[operator]": or\n',
      to: '',
      title: 'finds by E.164 in each of three fields',
    },
    {
      fault: 'a wrong operator',
      from: '[phone_work][eq]',
      to: '[phone_work][contains]',
      title: 'finds by E.164 in each of three fields',
    },
    {
      fault: 'a field that no answer showed',
      from: 'phone_home,date_entered',
      to: 'phone_home,created_at',
      title: 'finds by E.164 in each of three fields',
    },
    {
      fault: 'plain JSON',
      from: '&jsonApi { Content-Type: application/vnd.api+json }',
      to: '&jsonApi { Content-Type: text/json }',
      title: 'creates a contact',
    },
    {
      fault: 'a wrong method',
      from: 'method: PATCH\n    url: /module',
      to: 'method: PUT\n    url: /module',
      title: 'changes a call',
    },
  ],
};
