import { createHash } from 'node:crypto';
import { http, type PathParams, type RequestHandler } from 'msw';
import { refuse } from './answers.ts';
import { type Call, keptDate, keptText, type Message } from './records.ts';
import { fields, type Kit, type Tables } from './routes.ts';

/** Calls, conversations, and what links them to contacts. */
export function logRoutes({ contacts, calls, messages }: Tables, kit: Kit): RequestHandler[] {
  const { options, answer, created, read, remove, unknown } = kit;
  const { relations } = options;

  /** Why a record for this contact cannot be created; null: it can. */
  const unrelated = (contactId: string): Response | null => {
    if (relations === 'second-record' || contacts.all.some(({ id }) => id === contactId)) return null;
    return options.unknownRelation === 500
      ? refuse(500, 'Something went wrong.', options)
      : refuse(422, 'there is no such contact', options, 'contactId');
  };

  const shown = <T extends Call | Message>(record: T, url: string): object => {
    const { id, contactId, ...rest } = record;
    const { number } = record as Partial<Call>;
    const related =
      relations === 'in-the-record' ||
      (relations === 'on-request' && new URL(url).searchParams.has('populate'));
    const key = number === undefined ? { id } : { id: number, documentId: id };
    return { ...key, ...(related && { contactId }), ...rest };
  };

  const times = (sent: Partial<Record<string, string>>) => {
    const { startedAt = '', endedAt = '', startedOn = '', startedTime, endedOn = '', endedTime } = sent;
    if (options.timeFields === 'one')
      return { startedAt: keptDate(startedAt, options), endedAt: keptDate(endedAt, options) };
    return {
      startedAt: '',
      endedAt: '',
      ...{ startedOn, startedTime: startedTime ?? '00:00:00', endedOn, endedTime: endedTime ?? '00:00:00' },
    };
  };

  const change = (id: unknown, sent: Partial<Record<string, string>>): Response => {
    const call = calls.all.find((one) => one.id === id);
    if (!call) return unknown();
    const { subject, body } = sent;
    if (subject === undefined && body === undefined && options.emptyUpdate === 'empty-list')
      return answer(200, []);
    const changed = {
      ...call,
      ...(subject !== undefined && { subject: keptText(subject, options) }),
      ...(body !== undefined && { body: keptText(body, options) }),
    };
    return answer(200, { call: calls.write(changed) });
  };

  return [
    http.post('*/api/calls', async ({ request }) => {
      const { contactId = '', subject = '', body = '', ...rest } = await fields(request);
      const problem = unrelated(contactId);
      if (problem) return problem;
      if (options.callNeedsOwner && !rest.ownerId)
        return refuse(400, 'assignedUser is required', options, 'ownerId');
      if (options.text === 'refused-over-1000' && body.length > 1000)
        return refuse(422, 'body has more than 1000 characters', options, 'body');
      const number = calls.newId();
      const call = {
        ...(options.ids === 'one' ? { id: number } : { id: documentId(number), number: Number(number) }),
        contactId: relations === 'second-record' ? '' : contactId,
        subject: keptText(subject, options),
        body: keptText(body, options),
        direction: rest.direction ?? '',
        ...times(rest),
        duration: Number(rest.duration ?? 0),
        result: rest.result ?? '',
      };
      calls.write(call);
      return options.created === 'record'
        ? answer(options.createdStatus, { call: shown(call, request.url) })
        : created('call', call);
    }),
    http.get('*/api/contacts/:id/calls', ({ params, request }) => {
      const own = calls.all.filter(({ contactId }) => contactId === params.id);
      return answer(200, { calls: own.map((call) => shown(call, request.url)) });
    }),
    http.get('*/api/calls/', () =>
      options.emptyId === 'list' ? answer(200, { calls: calls.all }) : unknown(),
    ),
    http.get('*/api/calls/:id', ({ params, request }) =>
      read(calls, 'call', params.id, (call) => shown(call, request.url)),
    ),
    ...updateRoutes(kit, change),
    http.delete('*/api/calls/:id', ({ params }) => remove(calls, params.id)),

    http.post('*/api/messages', async ({ request }) => {
      const { contactId = '', text = '', direction = '', sentAt = '' } = await fields(request);
      const problem = unrelated(contactId);
      if (problem) return problem;
      const message = {
        id: messages.newId(),
        contactId: relations === 'second-record' ? '' : contactId,
        direction,
        sentAt: keptDate(sentAt, options),
        texts: [keptText(text, options)],
      };
      return created('message', messages.write(message));
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

    http.post('*/api/links', async ({ request }) => {
      const { recordId, contactId = '' } = await fields(request);
      const call = calls.all.find(({ id }) => id === recordId);
      if (call) calls.write({ ...call, contactId });
      const message = messages.all.find(({ id }) => id === recordId);
      if (message) messages.write({ ...message, contactId });
      return call || message ? answer(201, { link: { recordId, contactId } }) : unknown();
    }),
  ];
}

function documentId(number: string): string {
  return createHash('sha256').update(number).digest('hex').slice(0, 24);
}

/** The one way to change a call that this CRM has; it knows no other. */
function updateRoutes(
  { options }: Kit,
  change: (id: unknown, sent: Partial<Record<string, string>>) => Response,
): RequestHandler[] {
  const ownAddress = '*/api/calls/:id';
  switch (options.update) {
    case 'patch':
      return [
        http.patch(ownAddress, async ({ params, request }) => change(params.id, await fields(request))),
        http.put(ownAddress, notAllowed),
      ];
    case 'put':
      return [
        http.put(ownAddress, async ({ params, request }) => change(params.id, await fields(request))),
        http.patch(ownAddress, notAllowed),
      ];
    case 'patch-of-the-collection':
      return [
        http.patch('*/api/calls', async ({ request }) => {
          const { id, ...sent } = await fields(request);
          return change(id, sent);
        }),
        http.patch(ownAddress, notAllowed),
      ];
  }
  function notAllowed(): Response {
    return refuse(405, 'this method is not allowed', options);
  }
}
