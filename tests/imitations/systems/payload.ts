import { keyDoor } from '../door.ts';
import { byKey, type System, withoutCalls } from './system.ts';

const crm = {
  wrongCredential: 'null-user',
  missingCredential: 'null-user',
  unknownRelation: 500,
} as const;

const door = () => keyDoor('authorization', 'users API-Key ');
const auth = {
  type: 'apiKey',
  headerName: 'Authorization',
  scheme: 'users API-Key',
  encode: 'none',
  credentialTemplate: '{{ secrets.IMITATION_KEY }}',
};

export const payload: System[] = [
  {
    name: 'Payload',
    odd: 'a wrong token is 200 {"user":null} at the current-user call',
    crm,
    door,
    profile: { changes: { auth, operations: { getUserInfo: { success: null } } } },
    but: {
      ...byKey,
      'user.validates': 'fail',
      'auth.missing-refused': 'fail',
      'auth.refusal-shape': 'blocked',
    },
  },
  {
    name: 'Payload, the nobody told',
    odd: 'the same, with a success predicate that looks for a user',
    crm,
    door,
    profile: { changes: { auth, operations: { getUserInfo: { success: 'body.user' } } } },
    but: {
      ...byKey,
      'user.validates': 'warn',
      'auth.missing-refused': 'warn',
      'auth.refusal-shape': 'warn',
    },
  },
  {
    name: 'Payload, related to nobody',
    odd: 'a call for a contact that is not there is a 500',
    crm,
    door,
    profile: {
      changes: {
        auth,
        operations: {
          getUserInfo: { success: 'body.user' },
          createCallLog: { body: { contactId: '{{ contactInfo.name }}' } },
        },
      },
    },
    but: {
      ...byKey,
      'user.validates': 'warn',
      'auth.missing-refused': 'warn',
      'auth.refusal-shape': 'warn',
      'activity.create': 'inconclusive',
      ...withoutCalls,
    },
  },
];
