import { comparesText, nobodyIsLetIn, type System } from './system.ts';
import { passwordDoor } from './tokens.ts';

const crm = {
  search: 'exact',
  text: 'html-escaped',
  dates: 'iso-emptied',
  unknownId: 400,
  update: 'patch-of-the-collection',
} as const;

const auth = {
  type: 'oauth',
  grant: 'password',
  tokenUrl: 'http://127.0.0.1:{{ vars.port }}/api/token',
  clientId: '{{ secrets.IMITATION_CLIENT_ID }}',
  clientSecret: '{{ secrets.IMITATION_CLIENT_SECRET }}',
  clientAuth: 'body',
  username: '{{ secrets.IMITATION_USER }}',
  password: '{{ secrets.IMITATION_PASSWORD }}',
};
const operations = {
  createCallLog: {
    body: { startedAt: '{{ startTime | sql_datetime }}', endedAt: '{{ endTime | sql_datetime }}' },
  },
  createMessageLog: { body: { sentAt: '{{ creationTime | sql_datetime }}' } },
  updateCallLog: { url: '/calls', body: { id: '{{ thirdPartyLogId }}' } },
  unAuthorize: { method: 'POST', url: '/logout' },
};

const found = {
  'auth.tls': 'not-applicable',
  'auth.alternative': 'warn',
  // The token that it ends signs the logout.
  'logout.repeatable': 'not-applicable',
  ...comparesText,
  'activity.markup': 'warn',
  'activity.unknown-id': 'warn',
} as const;

export const suitecrm: System[] = [
  {
    name: 'SuiteCRM',
    odd: 'password grant; escapes HTML; unknown id is a 400; changes by PATCH of the collection',
    crm,
    door: passwordDoor,
    profile: { changes: { auth, operations } },
    but: found,
  },
  {
    name: 'SuiteCRM, times in ISO 8601',
    odd: 'a time with Z is answered 201 and stored empty',
    crm,
    door: passwordDoor,
    profile: {
      changes: { auth, operations: { ...operations, createCallLog: {} } },
    },
    says: { 'activity.time': 'the date is empty' },
    but: { ...found, 'activity.time': 'warn' },
  },
  {
    name: 'SuiteCRM, a wrong password',
    odd: 'a wrong password is a 500 that repeats it',
    crm,
    door: passwordDoor,
    secrets: { IMITATION_PASSWORD: 'Mistyped-Horse-0421' },
    profile: { changes: { auth, operations } },
    // A 500 is trouble, not a refusal.
    but: { ...nobodyIsLetIn, 'auth.accepted': 'inconclusive' },
  },
];
