import type { FaultSwitch } from './faults.ts';
import type { Route } from './http.ts';

/** The one user of this CRM. No hyphen in the id: App Connect's proxy mode cuts `user.id` there. */
export const user = {
  id: '1001',
  name: 'Rowan Okafor',
  email: 'rowan.okafor@crm.example',
  timezone: 'America/New_York',
};

/** Everybody who may sign in to this CRM: the one who does, and colleagues whom nobody else need know. */
const users = [
  { id: user.id, name: user.name, email: user.email },
  { id: '1002', name: 'Ottoline Brackenridge', email: 'ottoline.brackenridge@crm.example' },
  { id: '1003', name: 'Casimir Delacroix-Nwosu', email: null },
];

/** Who is signed in, and who else might. */
export function userRoutes(fault: FaultSwitch): Route[] {
  let calls = 0;
  return [
    {
      method: 'GET',
      pattern: '/users',
      handle: () => {
        const shown = fault('users-without-email') ? users.map((one) => ({ ...one, email: null })) : users;
        return { status: 200, body: { users: shown } };
      },
    },
    {
      method: 'GET',
      pattern: '/me',
      handle: ({ caller }) => {
        if (caller === 'wrong' && fault('user-ok-for-wrong-token'))
          return { status: 200, body: { user: null } };
        calls += 1;
        const { name, ...withoutName } = user;
        const shown = fault('user-without-name') ? withoutName : { ...withoutName, name };
        return {
          status: 200,
          body: { ...shown, ...(fault('user-id-changes') && { id: `${1000 + calls}` }) },
        };
      },
    },
  ];
}
