import { HttpResponse } from 'msw';
import { loginDoor } from './login.ts';
import { byLogin, loginStep, type System } from './system.ts';

const crm = {
  statuses: 'always-200',
  errors: 'traceback',
  missingValues: 'false',
  unknownId: 'empty-200',
  badPhone: 'dropped',
} as const;

const door = () =>
  loginDoor({
    carriedBy: { header: 'x-session' },
    logout: 'says-nothing',
    refuse: () => HttpResponse.json({ jsonrpc: '2.0', id: null, result: false }),
  });
const auth = {
  type: 'login',
  steps: [{ ...loginStep, success: 'body.session', captures: { session: 'body.session' } }],
  headers: { 'X-Session': '{{ auth.session }}' },
};
const operations = { unAuthorize: { method: 'POST', url: '/logout' } };

export const odoo: System[] = [
  {
    name: 'Odoo',
    odd: 'everything is 200; `false` for what is missing; tracebacks; an unknown id is empty; a logout without a word',
    crm,
    door,
    profile: { changes: { auth, operations } },
    says: { 'contact.bad-phone': 'accepted, and the number silently dropped' },
    but: {
      ...byLogin,
      'auth.missing-refused': 'warn',
      'auth.refusal-shape': 'warn',
      'user.validates': 'warn',
      'contact.bad-phone': 'warn',
      'activity.unknown-id': 'warn',
    },
  },
  {
    name: 'Odoo, its statuses believed',
    odd: 'a refusal is a 200, and nothing in the profile tells',
    crm,
    door,
    profile: { success: null, changes: { auth, operations } },
    but: {
      ...byLogin,
      'auth.missing-refused': 'fail',
      'auth.refusal-shape': 'blocked',
      'user.validates': 'fail',
      // It has died; only the profile cannot tell.
      'logout.access-dead': 'inconclusive',
      'logout.only-this-one': 'blocked',
      'contact.bad-phone': 'warn',
      'activity.unknown-id': 'warn',
    },
  },
];
