import { silentAuthorizer } from '../../src/auth/oauth/grants.ts';
import { type SignIn, signIn } from '../../src/auth/sign-in.ts';
import { Crm } from '../../src/crm/crm.ts';
import type { CallLogDraft, RecordId } from '../../src/crm/types.ts';
import type { Transport } from '../../src/http/types.ts';
import type { OperationContext } from '../../src/operation/step.ts';
import type { Outcome } from '../../src/operation/types.ts';
import { hostsOf } from '../../src/profile/hosts.ts';
import { parseProfile } from '../../src/profile/load.ts';
import type { Profile } from '../../src/profile/types.ts';
import { type Received, serve, transportWith } from '../http/server.ts';

/** What the CRM of a test answers: a body that is no text goes out as JSON. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** By method and path (without the query); a function is given the request. Anything else is answered 404. */
export type Replies = Record<string, Reply | ((request: Received) => Reply)>;

export interface Connector {
  profile: Profile;
  context: OperationContext;
  transport: Transport;
  signedIn: SignIn;
  crm: Crm;
  /** What the CRM got, in order. */
  received: Received[];
  /** The requests of one method and path. */
  sent(route: string): Received[];
}

/**
 * A CRM on loopback, and its profile carried out against it. In the profile `BASE` is the CRM's origin, and `PORT` its
 * port; every name in `env` is listed as a secret.
 */
export async function connect(
  text: string,
  replies: Replies,
  options: { env?: Record<string, string>; vars?: Record<string, string>; emptyBody?: boolean } = {},
): Promise<Connector> {
  const { env = {}, vars = {}, emptyBody = false } = options;
  const { url, port, received } = await serve((request, response) => {
    const reply = replies[routeOf(request)] ?? { status: 404, body: { error: 'no such route' } };
    const { status = 200, headers = {}, body = '' } = typeof reply === 'function' ? reply(request) : reply;
    const json = typeof body !== 'string';
    response.writeHead(status, { ...(json && { 'content-type': 'application/json' }), ...headers });
    response.end(json ? JSON.stringify(body) : body);
  });
  const head = `crmReady: 1\nmeta: { name: test }\nsecrets: [${Object.keys(env).join(', ')}]\n`;
  const document = head + text.replaceAll('BASE', url).replaceAll('PORT', String(port));
  const profile = await parseProfile(document, 'test.yaml', { env, vars });
  const transport = transportWith({
    allowedHosts: [...hostsOf(profile).map(({ host }) => host), ...profile.allowHosts],
    timeoutMs: profile.requestDefaults.timeoutSeconds * 1000,
  });
  const context = { profile, transport, runId: 'r1', emptyBody };
  const signedIn = await signIn(context, (client) => silentAuthorizer(transport, client));
  const own = { marker: 'crm-ready r1', ids: new Set<string>(), logs: new Set<string>(), fixtures: false };
  const session = signedIn.session;
  // A test that expects no session looks at `signedIn`, and does not touch the CRM.
  const crm = session ? new Crm(context, session, own) : (undefined as unknown as Crm);
  return {
    profile,
    context,
    transport,
    signedIn,
    crm,
    received,
    sent: (route) => received.filter((request) => routeOf(request) === route),
  };
}

function routeOf({ method, target }: Received): string {
  return `${method} ${target.split('?')[0]}`;
}

/** The value of an outcome that must be one. */
export function valueIn<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'ok') return outcome.value;
  const { answer: _, ...rest } = { answer: null, ...outcome };
  throw new Error(`expected a value, got ${JSON.stringify(rest)}`);
}

/** The body of a request, as JSON. */
export function jsonOf(request: Received | undefined): unknown {
  return JSON.parse(request?.body ?? 'null');
}

/** The query of a request as it went over the wire, without the question mark. */
export function queryOf(request: Received | undefined): string {
  return request?.target.split('?')[1] ?? '';
}

export const asked = { text: '+14155550123', e164: '+14155550123' };

/** A call of 125 seconds that began at 22:58:30 UTC. */
export function callTo(
  id: RecordId,
  change: { direction?: 'Inbound' | 'Outbound'; type?: string; durationSeconds?: number } = {},
): CallLogDraft {
  const { direction = 'Outbound', type = null, durationSeconds = 125 } = change;
  return {
    contact: { id, name: 'Ada Test', type, phoneNumber: '+14155550123' },
    call: {
      direction,
      durationSeconds,
      result: 'Call connected',
      from: direction === 'Outbound' ? '+14155550100' : '+14155550123',
      to: direction === 'Outbound' ? '+14155550123' : '+14155550100',
      startTime: new Date('2026-03-17T22:58:30Z'),
      sessionId: 's-1',
    },
    subject: 'Call with Ada',
    note: 'She asked for "more".',
    details: '- Note: She asked for "more".\n- Duration: 2 min',
  };
}
