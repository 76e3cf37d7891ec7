import { keyDoor } from '../door.ts';
import { byKey, comparesText, type System, withoutFinding } from './system.ts';

const crm = {
  search: 'exact',
  nobody: 404,
  created: 'bare-number',
  dates: 'iso-to-midnight',
  text: 'entities-in-text',
  unknownParameter: 'sql-error',
} as const;

const door = () => keyDoor('dolapikey');
const auth = {
  type: 'apiKey',
  headerName: 'DOLAPIKEY',
  credentialTemplate: '{{ secrets.IMITATION_KEY }}',
};
const bareNumber = { responseMapping: { idPath: 'body' } };
const operations = {
  // Third parties: nobody is a 404 there, with contacts an empty list.
  findContact: { empty: 'status == `404`' },
  createContact: { responseMapping: { idPath: 'body', namePath: null, typePath: null, phonePath: null } },
  createCallLog: {
    body: { startedAt: '{{ startTime | epoch }}', endedAt: '{{ endTime | epoch }}' },
    ...bareNumber,
  },
  createMessageLog: { body: { sentAt: '{{ creationTime | epoch }}' }, ...bareNumber },
};

const found = {
  ...byKey,
  ...comparesText,
  'lookup.none': 'warn',
  'activity.markup': 'warn',
} as const;

export const dolibarr: System[] = [
  {
    name: 'Dolibarr',
    odd: 'a creation answers a bare number; nobody is a 404; & and < become entities; no logout',
    crm,
    door,
    profile: { changes: { auth, operations } },
    but: found,
  },
  {
    name: 'Dolibarr, times in ISO 8601',
    odd: 'a time with Z is answered 200 and cut to midnight',
    crm,
    door,
    profile: { changes: { auth, operations: { ...operations, createCallLog: bareNumber } } },
    says: { 'activity.time': 'cut to midnight' },
    but: { ...found, 'activity.time': 'warn' },
  },
  {
    name: 'Dolibarr, a field that is not there',
    odd: 'a search by an unknown field is a 503 that shows the SQL',
    crm,
    door,
    profile: {
      changes: {
        auth,
        operations: {
          ...operations,
          findContact: { ...operations.findContact, query: { phone: null, telephone: '{{ phoneNumber }}' } },
        },
      },
    },
    // A search in which every question fails has not answered any.
    but: {
      ...byKey,
      'activity.markup': 'warn',
      'lookup.e164': 'inconclusive',
      'lookup.none': 'inconclusive',
      'lookup.not-everybody': 'inconclusive',
      'lookup.plus': 'blocked',
      'contact.found': 'inconclusive',
      ...withoutFinding,
    },
  },
];
