import { keyDoor } from '../door.ts';
import { byKey, findsEverybody, nobodyIsLetIn, type System } from './system.ts';

const crm = { currentUser: 'absent', unknownParameter: 'everybody', emptyUpdate: 'empty-list' } as const;

const door = () => keyDoor('authorization', 'token ');
const auth = {
  type: 'apiKey',
  headerName: 'Authorization',
  scheme: 'token',
  encode: 'none',
  credentialTemplate: '{{ secrets.IMITATION_KEY }}',
};
const getUserInfo = {
  method: null,
  url: null,
  success: null,
  responseMapping: null,
  notSupported: 'there is no current-user call',
};
const operations = { getUserInfo };

const noUser = {
  'user.name': 'fail',
  'user.id': 'blocked',
  'user.validates': 'blocked',
  'user.get-body': 'blocked',
} as const;
const found = { ...byKey, ...noUser } as const;

export const requestTracker: System[] = [
  {
    name: 'Request Tracker',
    odd: 'the word `token` before the key; no current-user call',
    crm,
    door,
    profile: { changes: { auth, operations } },
    but: found,
  },
  {
    name: 'Request Tracker, with Bearer',
    odd: 'Bearer is refused',
    crm,
    door,
    profile: {
      changes: { auth: { type: 'bearer', token: '{{ secrets.IMITATION_KEY }}' }, operations },
    },
    but: { ...nobodyIsLetIn, ...noUser, 'auth.accepted': 'fail' },
  },
  {
    name: 'Request Tracker, a field that is not searched',
    odd: 'a search by an unsearchable field finds everybody',
    crm,
    door,
    profile: {
      changes: {
        auth,
        operations: {
          getUserInfo,
          findContact: { query: { phone: null, MobilePhone: '{{ phoneNumber }}' } },
        },
      },
    },
    but: { ...found, ...findsEverybody },
  },
  {
    name: 'Request Tracker, a field that is not written',
    odd: 'an update of an unknown field is answered 200 and []',
    crm,
    door,
    profile: {
      changes: {
        auth,
        operations: {
          getUserInfo,
          updateCallLog: {
            body: {
              subject: null,
              body: null,
              Subject: '{{ subject }}',
              Content: '{{ composedLogDetails }}',
            },
          },
        },
      },
    },
    but: {
      ...found,
      'activity.update': 'fail',
      'activity.update-keeps': 'blocked',
      'activity.enrich': 'fail',
    },
  },
];
