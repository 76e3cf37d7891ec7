import { HttpResponse, http, type PathParams, type RequestHandler } from 'msw';
import type { CrmOptions } from './options.ts';
import { isSameNumber, keptPhone, searchByPhone } from './phone.ts';
import { type Call, type Contact, keptDate, keptName, keptText, type Message } from './records.ts';
import type { Table } from './table.ts';

export interface Tables {
  contacts: Table<Contact>;
  calls: Table<Call>;
  messages: Table<Message>;
}

/** An answer with a body, as the CRM's statuses go; an error where `message` is given. */
function respond(status: number, body: object, { statuses }: CrmOptions): Response {
  return HttpResponse.json(body, { status: statuses === 'always-200' ? 200 : status });
}

export function refuse(status: number, message: string, options: CrmOptions, field?: string): Response {
  return respond(status, { error: { code: status, message, ...(field && { field }) } }, options);
}

/** The REST interface that all imitations share. */
export function routes({ contacts, calls, messages }: Tables, options: CrmOptions): RequestHandler[] {
  const lagged = () => Date.now() - options.lagSeconds * 1000;
  const answer = (status: number, body: object) => respond(status, body, options);
  const gone = () =>
    options.statuses === 'always-200' ? answer(200, {}) : new HttpResponse(null, { status: 204 });

  /** Reading by id, with what this CRM makes of an unknown one. */
  const read = <T extends { id: string }>(table: Table<T>, key: string, id: unknown): Response => {
    const record = table.asOf(options.readsLag ? lagged() : Date.now()).find((one) => one.id === id);
    if (record) return answer(200, { [key]: record });
    if (options.unknownId === 'empty-200') return answer(200, {});
    if (options.unknownId === 'list') return answer(200, { [`${key}s`]: table.all });
    return unknown();
  };
  const unknown = () =>
    options.unknownId === 400
      ? refuse(400, 'the id is malformed', options)
      : refuse(404, 'there is no such record', options);
  const remove = <T extends { id: string }>(table: Table<T>, id: unknown): Response => {
    if (!table.all.some((one) => one.id === id)) return unknown();
    table.remove(String(id));
    return gone();
  };

  const found = (asked: string): Partial<Contact>[] => {
    const indexed = searchByPhone(contacts.asOf(lagged()), asked, options);
    const live = indexed.flatMap((contact) => contacts.all.find(({ id }) => id === contact.id) ?? []);
    const shown = options.deletionsLag ? indexed : live;
    return options.extraFields ? shown : shown.map(({ id, name }) => ({ id, name }));
  };

  return [
    http.get('*/api/me', () =>
      answer(200, { user: { id: '7', name: 'Ida Imitation', timezone: 'America/New_York' } }),
    ),

    http.get('*/api/contacts', ({ request }) =>
      answer(200, { contacts: found(new URL(request.url).searchParams.get('phone') ?? '') }),
    ),
    http.post('*/api/contacts', async ({ request }) => {
      const { name, phone, mobile, type } = await fields(request);
      if (name === undefined || name.trim() === '') return refuse(422, 'name is required', options, 'name');
      const kept = keptPhone(phone ?? '', options);
      if ('refused' in kept) return refuse(422, kept.refused, options, 'phone');
      const twin = contacts.all.find((one) => isSameNumber(one.phone ?? '', phone ?? ''));
      if (twin && options.duplicates === 'same-record') return answer(200, { contact: twin });
      if (twin && options.duplicates === 'conflict-409')
        return refuse(409, `duplicate of ${twin.id}`, options, 'phone');
      const contact = {
        id: contacts.newId(),
        name: keptName(name, options),
        mobile: mobile || null,
        type: type || 'Contact',
        createdAt: keptDate(new Date().toISOString(), options),
        ...kept,
      };
      return answer(201, { contact: contacts.write(contact) });
    }),
    http.get('*/api/contacts/:id', ({ params }) => read(contacts, 'contact', params.id)),
    http.delete('*/api/contacts/:id', ({ params }) => remove(contacts, params.id)),
    http.get('*/api/contacts/:id/calls', ({ params }) =>
      answer(200, { calls: calls.all.filter(({ contactId }) => contactId === params.id) }),
    ),

    http.post('*/api/calls', async ({ request }) => {
      const { contactId = '', subject = '', body = '', ...rest } = await fields(request);
      if (!contacts.all.some(({ id }) => id === contactId))
        return refuse(422, 'there is no such contact', options, 'contactId');
      if (options.text === 'refused-over-1000' && body.length > 1000)
        return refuse(422, 'body has more than 1000 characters', options, 'body');
      const call = {
        id: calls.newId(),
        contactId,
        subject: keptText(subject, options),
        body: keptText(body, options),
        direction: rest.direction ?? '',
        startedAt: keptDate(rest.startedAt ?? '', options),
        endedAt: keptDate(rest.endedAt ?? '', options),
        duration: Number(rest.duration ?? 0),
        result: rest.result ?? '',
      };
      return answer(201, { call: calls.write(call) });
    }),
    http.get('*/api/calls/:id', ({ params }) => read(calls, 'call', params.id)),
    http.patch('*/api/calls/:id', async ({ params, request }) => {
      const call = calls.all.find(({ id }) => id === params.id);
      if (!call) return unknown();
      const { subject, body } = await fields(request);
      const changed = {
        ...call,
        ...(subject !== undefined && { subject: keptText(subject, options) }),
        ...(body !== undefined && { body: keptText(body, options) }),
      };
      return answer(200, { call: calls.write(changed) });
    }),
    http.delete('*/api/calls/:id', ({ params }) => remove(calls, params.id)),

    http.post('*/api/messages', async ({ request }) => {
      const { contactId = '', text = '', direction = '', sentAt = '' } = await fields(request);
      if (!contacts.all.some(({ id }) => id === contactId))
        return refuse(422, 'there is no such contact', options, 'contactId');
      const message = {
        id: messages.newId(),
        contactId,
        direction,
        sentAt: keptDate(sentAt, options),
        texts: [keptText(text, options)],
      };
      return answer(201, { message: messages.write(message) });
    }),
    http.get('*/api/messages/:id', ({ params }) => read(messages, 'message', params.id)),
    http.post<PathParams>('*/api/messages/:id/texts', async ({ params, request }) => {
      const message = messages.all.find(({ id }) => id === params.id);
      if (!message) return unknown();
      const { text = '' } = await fields(request);
      const texts = [...message.texts, keptText(text, options)];
      return answer(200, { message: messages.write({ ...message, texts }) });
    }),
    http.delete('*/api/messages/:id', ({ params }) => remove(messages, params.id)),
  ];
}

/** The fields of a JSON body, as texts. */
async function fields(request: { json(): Promise<unknown> }): Promise<Partial<Record<string, string>>> {
  const body = await request.json();
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [[key, String(value)]],
    ),
  );
}
