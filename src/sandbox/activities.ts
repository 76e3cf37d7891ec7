import type { FaultSwitch } from './faults.ts';
import { direction, instant, invalid, optionalText, requiredText } from './fields.ts';
import { type Answer, type ApiRequest, notFound, Refusal, type Route } from './http.ts';
import { keepText } from './kept-text.ts';
import type { Activity, Store } from './store.ts';

type Body = Record<string, unknown>;
/** What a client may write. */
type Written = Pick<Activity, 'subject' | 'body' | 'direction' | 'startedAt' | 'endedAt' | 'result'>;

/** Record calls; read, change and delete them. */
export function activityRoutes(store: Store, fault: FaultSwitch): Route[] {
  const callOf = ({ params: { id = '' } }: ApiRequest): Activity => {
    const call = store.activities.get(id);
    if (call) return call;
    if (fault('unknown-call-400')) throw new Refusal(400, 'bad_request', `"${id}" is no call.`);
    throw notFound('activity', id);
  };
  return [
    { method: 'POST', pattern: '/activities', handle: ({ body }) => create(store, body, fault) },
    {
      method: 'GET',
      pattern: '/activities/:id',
      handle: (request) => {
        const call = callOf(request);
        if (fault('call-read-404')) throw notFound('activity', call.id);
        return { status: 200, body: { activity: call } };
      },
    },
    {
      method: 'PATCH',
      pattern: '/activities/:id',
      handle: (request) => update(store, callOf(request), request.body, fault),
    },
    {
      method: 'PUT',
      pattern: '/activities/:id/disposition',
      handle: (request) => {
        const call = callOf(request);
        const disposition = requiredText(request.body, 'disposition');
        if (!fault('disposition-ignored')) store.activities.set(call.id, { ...call, disposition });
        return { status: 200, body: { disposition } };
      },
    },
    {
      method: 'DELETE',
      pattern: '/activities/:id',
      handle: (request) => {
        store.activities.delete(callOf(request).id);
        return { status: 204 };
      },
    },
  ];
}

function create(store: Store, body: Body, fault: FaultSwitch): Answer {
  const contactId = requiredText(body, 'contactId');
  if (!store.contactIds.has(contactId)) throw invalid('contactId', `There is no contact "${contactId}".`);
  requiredText(body, 'subject');
  requiredText(body, 'direction');
  const written = readWritten({ startedAt: undefined, endedAt: undefined, ...body }, fault);
  const now = new Date().toISOString();
  const earlier = fault('calls-share-an-id')
    ? [...store.activities.values()].find((call) => call.contactId === contactId)
    : undefined;
  const call: Activity = {
    id: earlier?.id ?? store.nextId('A'),
    contactId: linkedContact(store, contactId, fault),
    kind: 'call',
    ...empty,
    ...written,
    disposition: null,
    ...(fault('call-drops-body-on-create') && { body: null }),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  store.activities.set(call.id, call);
  const { id: _, ...withoutId } = call;
  return { status: 201, body: { activity: fault('call-without-id') ? withoutId : call } };
}

function linkedContact(store: Store, contactId: string, fault: FaultSwitch): string | null {
  if (fault('call-not-linked')) return null;
  const [stranger] = store.strangers;
  return stranger !== undefined && fault('call-linked-to-somebody-else') ? stranger : contactId;
}

function update(store: Store, call: Activity, body: Body, fault: FaultSwitch): Answer {
  if (fault('update-refused')) {
    throw new Refusal(405, 'method_not_allowed', 'A call cannot be changed.', {
      headers: { allow: 'GET, DELETE' },
    });
  }
  if (fault('error-500-on-update')) throw new Refusal(500, 'internal_error', 'Something went wrong.');
  const changed: Activity = {
    ...call,
    ...(fault('update-drops-unnamed') && empty),
    ...readWritten(body, fault),
    updatedAt: new Date().toISOString(),
    version: call.version + 1,
  };
  if (fault('update-makes-a-copy')) changed.id = store.nextId('A');
  if (!fault('update-ignored')) store.activities.set(changed.id, changed);
  return { status: 200, body: { activity: changed } };
}

const empty: Written = {
  subject: null,
  body: null,
  direction: null,
  startedAt: null,
  endedAt: null,
  result: null,
};

/** The fields that a body names, checked. @throws {Refusal} 422 naming the first that is wrong */
function readWritten(body: Body, fault: FaultSwitch): Partial<Written> {
  const written: Partial<Written> = {};
  if ('subject' in body) written.subject = optionalText(body, 'subject');
  if ('body' in body) written.body = keepText(optionalText(body, 'body') ?? '', fault);
  if ('direction' in body) written.direction = fault('call-direction-lost') ? 'inbound' : direction(body);
  if ('startedAt' in body) written.startedAt = instant(body, 'startedAt', fault('call-offset-ignored'));
  if ('endedAt' in body) written.endedAt = instant(body, 'endedAt', fault('call-offset-ignored'));
  if ('result' in body) written.result = optionalText(body, 'result');
  return written;
}
