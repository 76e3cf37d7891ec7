import { setTimeout as sleep } from 'node:timers/promises';
import { getResponse, http } from 'msw';
import { serve } from '../broken/serve.ts';
import { refuse, respond } from './answers.ts';
import { type Door, keyDoor } from './door.ts';
import { type CrmOptions, faultless } from './options.ts';
import type { Call, Contact, Message } from './records.ts';
import { routes, type Tables } from './routes.ts';
import { Table } from './table.ts';

/** A home-grown CRM on a port of this machine. */
export interface ImitatedCrm {
  port: number;
  /** Environment variables of the profile; where its door is the plain one, `IMITATION_KEY` for `X-Api-Key`. */
  secrets: Record<string, string>;
  /** What it holds now, the contacts of others among them. */
  readonly contacts: Contact[];
  readonly calls: Call[];
  readonly messages: Message[];
  /** Every request so far. */
  readonly requests: readonly LoggedRequest[];
  close(): Promise<void>;
}

interface LoggedRequest {
  method: string;
  /** Path and query, as they were sent. */
  path: string;
  status: number;
}

/** Contacts that were there before: no CRM is empty. Their numbers share no seven digits with those of a run. */
export const others = [
  { name: 'Ada Other', phone: '+442079460142' },
  { name: 'Grace Other', phone: '020 7946 0873' },
] as const;

/** Starts a CRM that has these faults and no others. */
export async function createCrm(
  faults: Partial<CrmOptions> = {},
  door: Door = keyDoor(),
): Promise<ImitatedCrm> {
  const options = { ...faultless, ...faults };
  const tables: Tables = {
    contacts: new Table(1001),
    calls: new Table(500_001),
    messages: new Table(900_001),
  };
  for (const other of others) {
    tables.contacts.write({
      id: tables.contacts.newId(),
      ...other,
      mobile: null,
      type: 'Contact',
      createdAt: '2024-02-29T12:00:00Z',
    });
  }
  const handlers = routes(tables, options);
  const requests: LoggedRequest[] = [];
  const answer = async (request: Request): Promise<Response> => {
    // A handler reads the body: each group of them gets a request of its own.
    const entering = await getResponse(door.routes, request.clone());
    if (entering) return entering;
    const credential = door.look(request);
    if (credential !== 'good') return turnAway(credential, request, options);
    return (await getResponse(handlers, request)) ?? refuse(404, 'there is no such page', options);
  };
  const everything = http.all('*', async ({ request }) => {
    await sleep(options.latencyMs);
    const response = await answer(request);
    const { pathname, search } = new URL(request.url);
    requests.push({ method: request.method, path: pathname + search, status: response.status });
    return response;
  });
  const server = await serve([everything]);
  return {
    port: server.port,
    secrets: door.secrets,
    requests,
    get contacts() {
      return tables.contacts.all;
    },
    get calls() {
      return tables.calls.all;
    },
    get messages() {
      return tables.messages.all;
    },
    close: server.close,
  };
}

function turnAway(credential: 'wrong' | 'missing', { url }: Request, options: CrmOptions): Response {
  const status = credential === 'wrong' ? options.wrongCredential : options.missingCredential;
  if (status !== 'null-user') return refuse(status, 'the credential is missing or wrong', options);
  return new URL(url).pathname.endsWith('/me')
    ? respond(200, { user: null }, options)
    : refuse(401, 'the credential is missing or wrong', options);
}
