import { HttpResponse } from 'msw';
import { loginDoor } from './login.ts';
import { byLogin, comparesText, loginStep, type System } from './system.ts';

export const parseServer: System[] = [
  {
    name: 'Parse Server',
    odd: 'two headers of its own; a wrong token is a 400; the search compares the text',
    crm: { search: 'exact', badPhone: 'stored', wrongCredential: 400, missingCredential: 400 },
    door: () =>
      loginDoor({
        carriedBy: { header: 'x-parse-session-token' },
        application: { header: 'x-parse-application-id', id: 'imitated-application' },
        logout: 'revokes',
        refuse: () => HttpResponse.json({ code: 101, error: 'Invalid username/password.' }, { status: 404 }),
      }),
    profile: {
      changes: {
        auth: {
          type: 'login',
          steps: [{ ...loginStep, captures: { session: 'body.session' } }],
          headers: {
            'X-Parse-Session-Token': '{{ auth.session }}',
            'X-Parse-Application-Id': '{{ secrets.IMITATION_APP }}',
          },
        },
        operations: { unAuthorize: { method: 'POST', url: '/logout' } },
      },
    },
    but: { ...byLogin, ...comparesText, 'auth.refusal-shape': 'warn', 'contact.bad-phone': 'warn' },
  },
];
