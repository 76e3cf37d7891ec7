import { setTimeout as sleep } from 'node:timers/promises';
import { getResponse, http } from 'msw';
import { serve } from '../broken/serve.ts';
import { type CrmOptions, faultless } from './options.ts';
import type { Call, Contact, Message } from './records.ts';
import { refuse, routes, type Tables } from './routes.ts';
import { Table } from './table.ts';

/** A home-grown CRM on a port of this machine. */
export interface ImitatedCrm {
  port: number;
  /** Goes into the header `X-Api-Key`. */
  apiKey: string;
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

const apiKey = 'key-of-an-imitation';

/** Contacts that were there before: no CRM is empty. Their numbers share no seven digits with those of a run. */
export const others = [
  { name: 'Ada Other', phone: '+442079460142' },
  { name: 'Grace Other', phone: '020 7946 0873' },
] as const;

/** Starts a CRM that has these faults and no others. */
export async function createCrm(faults: Partial<CrmOptions> = {}): Promise<ImitatedCrm> {
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
  const door = http.all('*', async ({ request }) => {
    await sleep(options.latencyMs);
    const known = request.headers.get('x-api-key') === apiKey;
    const response = known
      ? ((await getResponse(handlers, request)) ?? refuse(404, 'there is no such page', options))
      : refuse(401, 'the key is missing or wrong', options);
    const { pathname, search } = new URL(request.url);
    requests.push({ method: request.method, path: pathname + search, status: response.status });
    return response;
  });
  const server = await serve([door]);
  return {
    port: server.port,
    apiKey,
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
