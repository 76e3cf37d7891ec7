import { HttpResponse, http, type RequestHandler } from 'msw';
import { refuse, respond } from './answers.ts';
import { logRoutes } from './log-routes.ts';
import type { CrmOptions } from './options.ts';
import { isSameNumber, keptPhone, searchByPhone } from './phone.ts';
import { type Call, type Contact, dateOfCreation, keptName, type Message } from './records.ts';
import type { Table } from './table.ts';

export interface Tables {
  contacts: Table<Contact>;
  calls: Table<Call>;
  messages: Table<Message>;
}

/** What the routes of all tables have in common. */
export interface Kit {
  options: CrmOptions;
  answer(status: number, body: object): Response;
  /** A record that was created. */
  created(key: string, record: { id: string }): Response;
  /** Reading by id, with what this CRM makes of an unknown one. */
  read<T extends { id: string }>(
    table: Table<T>,
    key: string,
    id: unknown,
    shown?: (record: T) => object,
  ): Response;
  remove<T extends { id: string }>(table: Table<T>, id: unknown): Response;
  unknown(): Response;
}

/** The REST interface that all imitations share. */
export function routes(tables: Tables, options: CrmOptions): RequestHandler[] {
  const kit = kitOf(options);
  return [userRoute(kit), ...contactRoutes(tables, kit), ...logRoutes(tables, kit)];
}

function kitOf(options: CrmOptions): Kit {
  const answer = (status: number, body: object) => respond(status, body, options);
  const unknown = () =>
    options.unknownId === 404 || typeof options.unknownId === 'string'
      ? refuse(404, 'there is no such record', options)
      : refuse(options.unknownId, 'the id is malformed, or not for you', options);
  const gone = () =>
    options.statuses === 'always-200' ? answer(200, {}) : new HttpResponse(null, { status: 204 });
  return {
    options,
    answer,
    unknown,
    created(key, record) {
      switch (options.created) {
        case 'record':
          return answer(options.createdStatus, { [key]: record });
        case 'bare-number':
          return HttpResponse.json(Number(record.id));
        case 'see-other':
          return new HttpResponse(null, { status: 303, headers: { location: `/api/${key}s/${record.id}` } });
      }
    },
    read(table, key, id, shown = (record) => record) {
      const at = options.readsLag ? Date.now() - options.lagSeconds * 1000 : Date.now();
      const record = table.asOf(at).find((one) => one.id === id);
      if (record) return answer(200, { [key]: shown(record) });
      if (options.unknownId === 'empty-200') return answer(200, {});
      if (options.unknownId === 'list') return answer(200, { [`${key}s`]: table.all });
      return unknown();
    },
    remove(table, id) {
      if (!table.all.some((one) => one.id === id)) return unknown();
      table.remove(String(id));
      return gone();
    },
  };
}

function userRoute({ options, answer }: Kit): RequestHandler {
  const user = { id: '7', name: 'Ida Imitation', timezone: 'America/New_York' };
  return http.get('*/api/me', () => {
    switch (options.currentUser) {
      case 'shown':
        return answer(200, { user });
      case 'with-password-hashes':
        return answer(200, { user: { ...user, ...passwordHashes } });
      case 'refused':
        return refuse(403, 'this is for people only', options);
      case 'absent':
        return refuse(404, 'there is no such page', options);
    }
  });
}

/** What vtiger shows beside a user's name. */
export const passwordHashes = {
  user_password: '$1$im000000$zC2uvXPZ3vVqL0uVJvd0X1',
  user_hash: '5f4dcc3b5aa765d61d8327deb882cf99',
  accesskey: 'Q7w1Imitated9aZ3',
} as const;

function contactRoutes({ contacts }: Tables, kit: Kit): RequestHandler[] {
  const { options, answer } = kit;
  const shown = (found: Contact[]): Partial<Contact>[] =>
    options.extraFields ? found : found.map(({ id, name }) => ({ id, name }));

  const found = (asked: string): Contact[] => {
    const indexed = searchByPhone(contacts.asOf(Date.now() - options.lagSeconds * 1000), asked, options);
    if (options.deletionsLag) return indexed;
    return indexed.flatMap((contact) => contacts.all.find(({ id }) => id === contact.id) ?? []);
  };

  /** What a search without the parameter that it knows finds. */
  const unasked = (parameter: string): Response => {
    if (options.unknownParameter === 'sql-error') {
      const sql = `SELECT t.rowid FROM llx_socpeople as t WHERE t.${parameter} = '…'`;
      return refuse(503, `Error when retrieving contacts: Unknown column 't.${parameter}': ${sql}`, options);
    }
    const list = options.unknownParameter === 'everybody' ? contacts.all : [];
    return answer(200, { contacts: shown(list) });
  };

  return [
    http.get('*/api/contacts', ({ request }) => {
      const { pathname, search, searchParams } = new URL(request.url);
      if (options.searchElsewhere && !pathname.endsWith('/'))
        return new HttpResponse(null, { status: 302, headers: { location: `${pathname}/${search}` } });
      const asked = searchParams.get('phone');
      const [other] = searchParams.keys();
      if (asked === null && other !== undefined) return unasked(other);
      const list = shown(found(asked ?? ''));
      if (list.length === 0 && options.nobody === 404) return refuse(404, 'no contact found', options);
      return answer(200, { contacts: list });
    }),
    http.post('*/api/contacts', async ({ request }) => {
      const { name, phone, mobile, type } = await fields(request);
      if (name === undefined || name.trim() === '') return refuse(422, 'name is required', options, 'name');
      const kept = keptPhone(phone ?? '', options);
      if ('refused' in kept) return refuse(422, kept.refused, options, 'phone');
      const twin = contacts.all.find((one) => isSameNumber(one.phone ?? '', phone ?? ''));
      if (twin && options.duplicates === 'same-record') return answer(200, { contact: twin });
      if (twin && options.duplicates === 'conflict-409')
        return refuse(409, `duplicate of ${twin.id}`, options, 'phone');
      const skips = request.headers.get('x-skip-duplicate-check') === 'true';
      if (twin && options.duplicates === 'conflict-409-unless-skipped' && !skips)
        return HttpResponse.json([{ id: twin.id, name: twin.name }], { status: 409 });
      const contact = {
        id: contacts.newId(),
        name: keptName(name, options),
        mobile: mobile || null,
        type: type || 'Contact',
        createdAt: dateOfCreation(options),
        ...kept,
      };
      return kit.created('contact', contacts.write(contact));
    }),
    http.get('*/api/contacts/:id', ({ params }) => kit.read(contacts, 'contact', params.id)),
    http.delete('*/api/contacts/:id', ({ params }) => kit.remove(contacts, params.id)),
  ];
}

/** The fields of a JSON body, as texts. */
export async function fields(request: {
  json(): Promise<unknown>;
}): Promise<Partial<Record<string, string>>> {
  const body = await request.json();
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, String(value)]],
    ),
  );
}
