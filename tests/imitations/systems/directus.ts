import { HttpResponse } from 'msw';
import { loginDoor } from './login.ts';
import { byLogin, findsEverybody, loginStep, type System } from './system.ts';

const crm = { unknownId: 403, unknownParameter: 'everybody' } as const;

const door = () =>
  loginDoor({
    carriedBy: { header: 'authorization', scheme: 'Bearer ' },
    logout: 'leaves-access',
    refuse: () => HttpResponse.json({ errors: [{ message: 'Invalid user credentials.' }] }, { status: 401 }),
  });
const auth = {
  type: 'login',
  steps: [{ ...loginStep, captures: { session: 'body.session', renewal: 'body.renewal' } }],
  headers: { Authorization: 'Bearer {{ auth.session }}' },
};
const operations = {
  unAuthorize: { method: 'POST', url: '/logout', body: { refresh_token: '{{ auth.renewal }}' } },
};

const found = {
  ...byLogin,
  'activity.unknown-id': 'warn',
  'logout.access-dead': 'fail',
  'logout.only-this-one': 'blocked',
} as const;

export const directus: System[] = [
  {
    name: 'Directus',
    odd: 'a missing record is a 403; after the logout the access token works on',
    crm,
    door,
    profile: { changes: { auth, operations } },
    but: found,
  },
  {
    name: 'Directus, a parameter that is not there',
    odd: 'an unknown query parameter is ignored: everybody is found',
    crm,
    door,
    profile: {
      changes: {
        auth,
        operations: {
          ...operations,
          findContact: { query: { phone: null, telephone: '{{ phoneNumber }}' } },
        },
      },
    },
    says: { 'lookup.none': 'an unknown number finds' },
    but: { ...found, ...findsEverybody },
  },
];
