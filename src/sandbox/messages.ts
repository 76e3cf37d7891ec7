import type { FaultSwitch } from './faults.ts';
import { direction, instant, invalid, optionalText, requiredText } from './fields.ts';
import { type Answer, type ApiRequest, notFound, Refusal, type Route } from './http.ts';
import type { Message, MessageEntry, Store } from './store.ts';

/** Record text messages: one record for a conversation, with an entry for each message. */
export function messageRoutes(store: Store, fault: FaultSwitch): Route[] {
  const messageOf = ({ params: { id = '' } }: ApiRequest): Message => {
    const message = store.messages.get(id);
    if (!message) throw notFound('message', id);
    return message;
  };
  return [
    { method: 'POST', pattern: '/messages', handle: ({ body }) => create(store, body, fault) },
    {
      method: 'POST',
      pattern: '/messages/:id/entries',
      handle: (request) => addEntry(messageOf(request), request.body, fault),
    },
    {
      method: 'GET',
      pattern: '/messages/:id',
      handle: (request) => ({ status: 200, body: { message: messageOf(request) } }),
    },
    {
      method: 'DELETE',
      pattern: '/messages/:id',
      handle: (request) => {
        store.messages.delete(messageOf(request).id);
        return { status: 204 };
      },
    },
  ];
}

function create(store: Store, body: Record<string, unknown>, fault: FaultSwitch): Answer {
  if (fault('message-refused')) throw new Refusal(501, 'not_implemented', 'Messages cannot be recorded.');
  const contactId = requiredText(body, 'contactId');
  if (!store.contactIds.has(contactId)) throw invalid('contactId', `There is no contact "${contactId}".`);
  const now = new Date().toISOString();
  const message: Message = {
    id: store.nextId('M'),
    contactId,
    subject: optionalText(body, 'subject'),
    entries: [readEntry(body)],
    createdAt: now,
    updatedAt: now,
  };
  store.messages.set(message.id, message);
  const { id: _, ...withoutId } = message;
  return { status: 201, body: { message: fault('message-without-id') ? withoutId : message } };
}

function addEntry(message: Message, body: Record<string, unknown>, fault: FaultSwitch): Answer {
  const entry = readEntry(body);
  if (fault('second-message-ignored')) return { status: 200, body: { message } };
  message.entries = fault('second-message-replaces-first') ? [entry] : [...message.entries, entry];
  message.updatedAt = new Date().toISOString();
  return { status: 201, body: { message } };
}

function readEntry(body: Record<string, unknown>): MessageEntry {
  return {
    text: requiredText(body, 'text'),
    direction: optionalText(body, 'direction') === null ? null : direction(body),
    from: optionalText(body, 'from'),
    to: optionalText(body, 'to'),
    sentAt: optionalText(body, 'sentAt') === null ? new Date().toISOString() : instant(body, 'sentAt'),
  };
}
