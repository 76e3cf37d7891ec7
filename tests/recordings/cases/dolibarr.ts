import { exchangeOf, readRecording, rowOf } from '../recording.ts';
import type { Turn } from '../replay-server.ts';
import { type Cases, change, contacts, draft, find, message, person, users } from './case.ts';

const ann = person(24);
const text = 'Talked about 5 < 6 & "ok" 😀';
const recording = readRecording('dolibarr');

/** A search whose answer was not kept; another search that came to the same has one. */
function search(stored: string, form: string, answer: string): Turn {
  const { url } = rowOf(recording, 'or of t.phone, t.phone_perso, t.phone_mobile', stored, form);
  return { request: { ...exchangeOf(recording, 'search-nobody').request, url }, answer };
}

export const dolibarr: Cases = {
  setting: { name: 'dolibarr', env: { DOLIBARR_API_KEY: '<api-key>' }, vars: {}, userId: '1', signIn: [] },
  notRecorded: {},
  cases: [
    {
      title: 'tells who is logged in',
      operation: 'getUserInfo',
      turns: ['me-key'],
      ask: (crm) => crm.getUserInfo(),
      gives: { value: { id: '1', name: 'SuperAdmin' } },
    },
    {
      title: "tolerates App Connect's empty body",
      operation: 'getUserInfo',
      turns: ['me-get-with-body'],
      ask: (crm) => crm.getUserInfo({ emptyBody: true }),
      gives: { value: { id: '1', name: 'SuperAdmin' } },
    },
    {
      title: 'refuses a wrong key',
      operation: 'getUserInfo',
      turns: ['me-bad-key'],
      env: { DOLIBARR_API_KEY: 'nope' },
      ask: (crm) => crm.getUserInfo(),
      refused: { status: 401, says: /user not valid/ },
    },
    {
      title: 'refuses no key',
      operation: 'getUserInfo',
      turns: ['me-no-credential'],
      ask: (crm) => crm.through(crm.session.as('absent')).getUserInfo(),
      refused: { status: 401, says: /Failed to login/ },
    },
    {
      title: 'finds by E.164 in each of three columns',
      operation: 'findContact',
      turns: ['search-or-three-fields'],
      ask: find('+14155550123'),
      gives: {
        value: contacts(['1', 'Ann Renamed', '+15550001111'], ['24', 'Ann rec1', '+14155550123']),
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
      title: 'refuses parentheses in a number',
      operation: 'findContact',
      turns: [search('(415) 555-0124', 'national', 'search-eq-national')],
      ask: find('(415) 555-0124'),
      refused: { status: 400, says: /Bad syntax of the search string/ },
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
      title: 'creates a contact, and answers with the bare id',
      operation: 'createContact',
      turns: ['create-contact-rec1'],
      ask: (crm) => crm.createContact({ name: 'Ann rec1', phoneNumber: '+14155550123' }),
      gives: { value: { id: 24, idFrom: 'body', name: null } },
    },
    {
      title: 'takes a number in any writing',
      operation: 'createContact',
      turns: ['create-contact-rec2'],
      ask: (crm) => crm.createContact({ name: 'Ann rec2', phoneNumber: '(415) 555-0124' }),
      gives: { value: { id: 25 } },
    },
    {
      title: 'creates a call',
      operation: 'createCallLog',
      turns: ['create-call'],
      ask: (crm) => crm.createCallLog(draft(ann, 'Recorded call', text)),
      gives: { value: { id: 71, idFrom: 'body' } },
    },
    {
      title: 'creates a call for a contact that does not exist',
      operation: 'createCallLog',
      turns: ['create-call-unknown-contact'],
      ask: (crm) => crm.createCallLog(draft(person(999999), 'Recorded call', text)),
      gives: { value: { id: 75 } },
    },
    {
      title: 'reads a call',
      operation: 'getCallLog',
      turns: ['read-call'],
      ask: (crm) => crm.getCallLog('71', 24),
      gives: {
        value: {
          subject: 'Recorded call',
          fullBody: 'Talked about 5 &lt; 6 &amp; "ok" ????',
          contactId: '24',
        },
        // 2026-11-23T10:00:00Z and five minutes later: what was sent.
        mapped: { id: '71', startTime: 1795428000, endTime: 1795428300 },
      },
    },
    {
      title: 'reads tags as they were sent',
      operation: 'getCallLog',
      turns: ['read-call-markup'],
      ask: (crm) => crm.getCallLog('71', 24),
      gives: { value: { fullBody: '<b>bold</b>\r\nline 2\nline 3 &amp; <br> end' } },
    },
    {
      title: 'does not know a call that does not exist',
      operation: 'getCallLog',
      turns: ['read-call-unknown'],
      ask: (crm) => crm.getCallLog('999999', 24),
      refused: { status: 404, says: /Agenda Events not found/ },
    },
    {
      title: 'changes a call',
      operation: 'updateCallLog',
      turns: ['update-call-body'],
      also: ['create-call'],
      ask: (crm) => crm.updateCallLog('71', change(ann, 'Recorded call', 'changed')),
    },
    {
      title: 'does not change a call that does not exist',
      operation: 'updateCallLog',
      turns: ['update-call-unknown'],
      also: ['create-call'],
      ask: (crm) => crm.updateCallLog('999999', change(ann, 'Recorded call', 'x')),
      refused: { status: 404, says: /actioncomm not found/ },
    },
    {
      title: "lists a contact's events",
      operation: 'listCallLogs',
      turns: ['list-contact-calls'],
      ask: (crm) => crm.listCallLogs(24),
      gives: { value: ['63', '71', '74'] },
    },
    {
      title: 'lists nothing for a contact without events',
      operation: 'listCallLogs',
      // The order of a list that is empty was not asked for.
      turns: [
        {
          request: {
            ...exchangeOf(recording, 'list-contact-calls-none').request,
            url: exchangeOf(recording, 'list-contact-calls').request.url.replace('24', '999998'),
          },
          answer: 'list-contact-calls-none',
        },
      ],
      ask: (crm) => crm.listCallLogs(999998),
      gives: { value: [] },
    },
    {
      title: 'records a message',
      operation: 'createMessageLog',
      turns: ['create-note'],
      texts: ['body.note_private', 'body.label'],
      ask: (crm) => crm.createMessageLog(ann, message),
      gives: { value: { id: 77, idFrom: 'body' } },
    },
    {
      title: 'reads a message, which is an event too',
      operation: 'getMessageLog',
      turns: ['read-call-after-update'],
      ask: (crm) => crm.getMessageLog('71', 24),
      gives: { value: { subject: 'Recorded call', fullBody: 'changed' } },
    },
    {
      title: 'adds to a message',
      operation: 'updateMessageLog',
      turns: ['read-call-after-update', 'update-call-body'],
      texts: ['body.note_private'],
      ask: (crm) => crm.updateMessageLog('71', ann, message, ''),
    },
    {
      title: 'lists the users',
      operation: 'getUserList',
      turns: ['list-users'],
      ask: users,
      gives: { value: [{ idPath: '1', namePath: 'SuperAdmin', emailPath: '' }] },
    },
    {
      title: 'deletes a call',
      operation: 'deleteCallLog',
      turns: ['delete-call'],
      ask: (crm) => crm.remove('deleteCallLog', '71', 24),
    },
    {
      title: 'deletes a message, which is an event too',
      operation: 'deleteMessageLog',
      turns: ['delete-call'],
      ask: (crm) => crm.remove('deleteMessageLog', '71', 24),
    },
    {
      title: 'deletes a contact',
      operation: 'deleteContact',
      turns: ['delete-contact'],
      ask: (crm) => crm.remove('deleteContact', 24, null),
    },
  ],
  faults: [
    {
      fault: 'a wrong field name',
      from: 'datep: "{{ startTime',
      to: 'date: "{{ startTime',
      title: 'creates a call',
    },
    { fault: 'a wrong path', from: 'url: /agendaevents\n', to: 'url: /events\n', title: 'creates a call' },
    {
      fault: 'a wrong date format',
      from: 'startTime | epoch',
      to: 'startTime | iso',
      title: 'creates a call',
    },
    { fault: 'a missing field', from: '      percentage: 100\n', to: '', title: 'creates a call' },
    {
      fault: 'text for a number',
      from: 'userownerid: "{{ user.id | number }}"',
      to: 'userownerid: "{{ user.id }}"',
      title: 'creates a call',
    },
    {
      fault: 'another key of a map',
      from: '"{{ contactInfo.id }}":',
      to: '"contact":',
      title: 'creates a call',
    },
    {
      fault: 'a missing parameter',
      from: '      properties: id,firstname,lastname,phone_pro,phone_perso,phone_mobile\n',
      to: '',
      title: 'finds by E.164 in each of three columns',
    },
    {
      fault: 'a wrong column',
      from: 't.phone_perso:=:',
      to: 't.phone_home:=:',
      title: 'finds by E.164 in each of three columns',
    },
    {
      fault: 'a wrong header',
      from: 'headerName: DOLAPIKEY',
      to: 'headerName: X-Api-Key',
      title: 'tells who is logged in',
    },
  ],
};
