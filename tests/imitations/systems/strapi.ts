import { HttpResponse } from 'msw';
import { keyDoor } from '../door.ts';
import { loginDoor } from './login.ts';
import { byLogin, loginStep, nobodyIsLetIn, type System, withoutCalls } from './system.ts';

const crm = { ids: 'number-and-text', relations: 'on-request', update: 'put' } as const;

const door = () =>
  loginDoor({
    carriedBy: { header: 'authorization', scheme: 'Bearer ' },
    logout: 'absent',
    refuse: () =>
      HttpResponse.json({ error: { message: 'Invalid identifier or password' } }, { status: 400 }),
  });
const auth = {
  type: 'login',
  steps: [{ ...loginStep, captures: { session: 'body.session' } }],
  headers: { Authorization: 'Bearer {{ auth.session }}' },
};
const unAuthorize = {
  unAuthorize: { notSupported: 'there is no logout: a JWT lives until it expires' },
};
const operations = {
  createCallLog: { responseMapping: { idPath: 'body.call.documentId' } },
  getCallLog: {
    query: { populate: 'contact' },
    responseMapping: { idPath: 'body.call.documentId' },
  },
  updateCallLog: { method: 'PUT' },
  listCallLogs: { responseMapping: { item: { idPath: 'documentId' } } },
  ...unAuthorize,
};

const found = {
  ...byLogin,
  'logout.endpoint': 'fail',
  'logout.access-dead': 'blocked',
  'logout.refresh-dead': 'blocked',
  'logout.repeatable': 'blocked',
  'logout.only-this-one': 'blocked',
} as const;

// The contact lists its calls by the number as well.
const { 'activity.linked': _, ...unreadable } = withoutCalls;

export const strapi: System[] = [
  {
    name: 'Strapi',
    odd: 'two ids; relations on request; PUT only; no logout: the JWT lives on',
    crm,
    door,
    profile: { changes: { auth, operations } },
    but: found,
  },
  {
    name: 'Strapi, by the first id',
    odd: 'the numeric id leads to a 404',
    crm,
    door,
    profile: {
      changes: {
        auth,
        operations: {
          ...operations,
          createCallLog: { responseMapping: { idPath: 'body.call.id' } },
          listCallLogs: { responseMapping: { item: { idPath: 'id' } } },
        },
      },
    },
    but: {
      ...found,
      ...unreadable,
      'activity.read': 'fail',
    },
    leftBehind: 1,
  },
  {
    name: 'Strapi, without populate',
    odd: 'a record does not say whose it is',
    crm,
    door,
    profile: {
      changes: {
        auth,
        operations: {
          ...operations,
          listCallLogs: null,
          getCallLog: { responseMapping: operations.getCallLog.responseMapping },
        },
      },
    },
    but: { ...found, 'activity.linked': 'fail' },
  },
  {
    name: 'Strapi, with an API token',
    odd: 'the current-user call refuses API tokens',
    crm: { ...crm, currentUser: 'refused' },
    door: () => keyDoor('authorization', 'Bearer '),
    profile: {
      changes: {
        auth: { type: 'bearer', token: '{{ secrets.IMITATION_KEY }}' },
        operations: { ...operations, unAuthorize: null },
      },
    },
    but: { ...nobodyIsLetIn, 'auth.accepted': 'fail' },
  },
];
