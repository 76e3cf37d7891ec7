import { expect, test } from 'vitest';
import { json, type Reply, type Seen, startFront } from './front.ts';
import { inspect } from './inspect.ts';
import { canary, traces } from './trace.ts';

const typed = canary('typed key');
const ticket = canary('ticket that replaces the typed key');

/** A CRM whose current-user call is a login: everything else takes the ticket that it gave, until the logout. */
function ticketCrm() {
  let open = false;
  return ({ method, url, headers }: Seen): Reply => {
    const key = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
    const { pathname } = new URL(url, 'http://crm');
    if (pathname === '/login') {
      if (key !== typed) return json({ error: `bad key ${key}` }, 401);
      open = true;
      return json({ id: 1, name: 'Kit', self: `/sessions/${ticket}`, ticket });
    }
    if (!open || key !== ticket) return json({ error: `a ticket is needed, not ${key}` }, 401);
    if (`${method} ${pathname}` !== 'POST /logout') return json({ contacts: [], sent: headers });
    open = false;
    return json({});
  };
}

function proxyConfig(baseUrl: string): object {
  const auth = { type: 'apiKey', scheme: 'Basic', credentialTemplate: '{{apiKey}}', encode: 'base64' };
  return {
    meta: { name: 'ticket' },
    auth,
    requestDefaults: { baseUrl },
    operations: {
      getUserInfo: {
        method: 'GET',
        url: '/login',
        responseMapping: { idPath: 'body.id', namePath: 'body.name', overridingApiKeyPath: 'body.ticket' },
      },
      findContact: {
        method: 'GET',
        url: '/contacts?p={{phoneNumber}}',
        responseMapping: { listPath: 'body.contacts', item: { idPath: 'id', namePath: 'name' } },
      },
      unAuthorize: { method: 'POST', url: '/logout', auth },
    },
  };
}

test('a key that getUserInfo gives in place of the typed one signs all that follows, and leaves no trace', async () => {
  const front = await startFront({ reply: ticketCrm() });
  try {
    const { checks, everything } = await inspect(
      proxyConfig(front.url),
      { CRM_READY_API_KEY: typed },
      { only: ['oauth', 'current-user', 'lookup.none', 'logout'], revokeShared: true },
    );
    const verdictOf = (id: string) => [id, checks.get(id)?.verdict];
    for (const id of ['auth.accepted', 'user.name', 'user.validates', 'lookup.none'])
      expect(verdictOf(id)).toEqual([id, 'pass']);
    // The login itself goes on with the typed key: a search shows that the ticket has died.
    for (const id of ['logout.endpoint', 'logout.access-dead']) expect(verdictOf(id)).toEqual([id, 'pass']);
    expect(traces(everything, [typed, ticket])).toEqual([]);
  } finally {
    await front.close();
  }
});
