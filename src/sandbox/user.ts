import type { FaultSwitch } from './faults.ts';
import type { Route } from './http.ts';

/** The one user of this CRM. No hyphen in the id: App Connect's proxy mode cuts `user.id` there. */
export const user = {
  id: '1001',
  name: 'Rowan Okafor',
  email: 'rowan.okafor@crm.example',
  timezone: 'America/New_York',
};

/** Who is signed in. */
export function userRoutes(fault: FaultSwitch): Route[] {
  let calls = 0;
  return [
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
