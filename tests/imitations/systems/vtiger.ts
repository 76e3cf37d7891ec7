import { HttpResponse } from 'msw';
import { loginDoor } from './login.ts';
import { byLogin, comparesText, loginStep, type System } from './system.ts';

const auth = {
  type: 'login',
  steps: [
    { url: '/challenge', success: 'body.success', captures: { challenge: 'body.challenge' } },
    {
      ...loginStep,
      body: {
        user: '{{ secrets.IMITATION_USER }}',
        password: '{{ captures.challenge | append: secrets.IMITATION_PASSWORD | md5 }}',
      },
      success: 'body.success',
      captures: { session: 'body.session' },
    },
  ],
  query: { sessionName: '{{ auth.session }}' },
};

export const vtiger: System[] = [
  {
    name: 'vtiger',
    odd: '200 with success:false; password hashes beside the user; date and time apart; a logout that is a 500 and ends nothing',
    crm: {
      statuses: 'always-200',
      errors: 'success-false',
      currentUser: 'with-password-hashes',
      timeFields: 'two',
      search: 'exact',
    },
    door: () =>
      loginDoor({
        carriedBy: { query: 'sessionName' },
        challenge: true,
        logout: 'fails',
        refuse: () =>
          HttpResponse.json({ success: false, error: { code: 'INVALID_USER_CREDENTIALS', message: 'no' } }),
      }),
    profile: {
      success: 'body.success',
      changes: {
        auth,
        operations: {
          createCallLog: {
            body: {
              startedAt: null,
              endedAt: null,
              startedOn: '{{ startTime | date }}',
              startedTime: '{{ startTime | time }}',
              endedOn: '{{ endTime | date }}',
              endedTime: '{{ endTime | time }}',
            },
          },
          getCallLog: {
            responseMapping: {
              startTimePath: "join(' ', body.call.[startedOn, startedTime])",
              endTimePath: "join(' ', body.call.[endedOn, endedTime])",
            },
          },
          unAuthorize: { method: 'POST', url: '/logout' },
        },
      },
    },
    but: {
      ...byLogin,
      ...comparesText,
      'auth.missing-refused': 'warn',
      'auth.refusal-shape': 'warn',
      'user.validates': 'warn',
      'contact.bad-phone': 'warn',
      'activity.unknown-id': 'warn',
      'logout.endpoint': 'inconclusive',
      'logout.access-dead': 'blocked',
      'logout.refresh-dead': 'blocked',
      'logout.repeatable': 'blocked',
      'logout.only-this-one': 'blocked',
    },
  },
];
