import { keyDoor } from '../door.ts';
import { byKey, type System, withoutFinding } from './system.ts';

const crm = {
  search: 'split',
  missingCredential: 403,
  unknownId: 400,
  emptyId: 'list',
  relations: 'second-record',
} as const;

const door = () => keyDoor('authorization', 'Bearer ');
const auth = { type: 'bearer', token: '{{ secrets.IMITATION_KEY }}' };

/** A record, and a second one that links it to the contact. */
const linked = (record: { [key: string]: string }, url: string, id: string) => ({
  method: null,
  url: null,
  body: null,
  success: null,
  steps: [
    { method: 'POST', url, body: record, captures: { record: id } },
    {
      method: 'POST',
      url: '/links',
      body: { recordId: '{{ captures.record }}', contactId: '{{ contactInfo.id }}' },
    },
  ],
  responseMapping: { idPath: 'captures.record' },
});
const operations = {
  findContact: {
    query: { phone: '{{ parsedPhoneNumber.number.significant }}' },
    responseMapping: { item: { phonePath: "join('', [countryCode, phone] | [?@])" } },
  },
  createContact: {
    responseMapping: { phonePath: "join('', body.contact.[countryCode, phone] | [?@])" },
  },
  createCallLog: linked(
    {
      subject: '{{ subject }}',
      body: '{{ composedLogDetails }}',
      direction: '{{ callLog.direction }}',
      startedAt: '{{ startTime }}',
      endedAt: '{{ endTime }}',
      duration: '{{ callLog.duration }}',
      result: '{{ callLog.result }}',
    },
    '/calls',
    'body.call.id',
  ),
  getCallLog: { responseMapping: { contactIdPath: null } },
  createMessageLog: linked(
    {
      text: '{{ message.subject }}',
      direction: '{{ message.direction }}',
      sentAt: '{{ creationTime }}',
    },
    '/messages',
    'body.message.id',
  ),
};

const found = { ...byKey, 'activity.unknown-id': 'warn' } as const;

export const twenty: System[] = [
  {
    name: 'Twenty',
    odd: 'numbers in two parts; a note is linked by a second record; unknown id is a 400, an empty one the list; 403 and 401',
    crm,
    door,
    profile: { logFormat: 'text/markdown', changes: { auth, operations } },
    but: {
      ...found,
      // The national number has no plus; whose a trunk zero is cannot be known when a number is taken apart.
      'lookup.plus': 'not-applicable',
      'lookup.countries': 'warn',
      // The second number is kept whole.
      'lookup.other-field': 'warn',
    },
  },
  {
    name: 'Twenty, asked for E.164',
    odd: 'the whole number finds nothing: only the national one is searched',
    crm,
    door,
    profile: {
      logFormat: 'text/markdown',
      changes: { auth, operations: { ...operations, findContact: {} } },
    },
    but: {
      ...found,
      'lookup.e164': 'fail',
      'lookup.plus': 'blocked',
      'contact.found': 'fail',
      ...withoutFinding,
      // The national number, among the formats, finds them.
      'lookup.any-format': 'warn',
    },
  },
];
