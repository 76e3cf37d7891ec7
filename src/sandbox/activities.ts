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
        const instead = insteadOfUnknown(store, request, fault);
        if (instead) return instead;
        const call = callOf(request);
        const age = Date.now() - Date.parse(call.createdAt);
        if (fault('call-read-404') || (fault('call-read-lags') && age < 250))
          throw notFound('activity', call.id);
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

/** What a CRM answers that does not say that there is no such call. */
function insteadOfUnknown(
  { activities }: Store,
  { params: { id = '' } }: ApiRequest,
  fault: FaultSwitch,
): Answer | null {
  if (activities.has(id)) return null;
  if (fault('unknown-call-empty')) return { status: 200, body: { activity: null } };
  if (fault('unknown-call-list')) return { status: 200, body: { activities: [...activities.values()] } };
  const [another] = activities.values();
  return another && fault('unknown-call-another') ? { status: 200, body: { activity: another } } : null;
}

function create(store: Store, body: Body, fault: FaultSwitch): Answer {
  const contactId = requiredText(body, 'contactId');
  if (!store.contactIds.has(contactId)) throw invalid('contactId', `There is no contact "${contactId}".`);
  requiredText(body, 'subject');
  requiredText(body, 'direction');
  if (fault('missed-call-refused') && body.startedAt !== undefined && body.startedAt === body.endedAt) {
    throw invalid('endedAt', 'endedAt must be after startedAt.');
  }
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
  if ('startedAt' in body)
    written.startedAt = keptTime(instant(body, 'startedAt', fault('call-offset-ignored')), fault);
  if ('endedAt' in body)
    written.endedAt = keptTime(instant(body, 'endedAt', fault('call-offset-ignored')), fault);
  if ('result' in body) written.result = optionalText(body, 'result');
  if (fault('missed-call-looks-answered')) return asAnswered(written);
  return written;
}

function keptTime(time: string, fault: FaultSwitch): string | null {
  if (fault('call-times-empty')) return null;
  return fault('call-seconds-lost') ? `${time.slice(0, 16)}:00.000Z` : time;
}

function asAnswered(written: Partial<Written>): Partial<Written> {
  const { startedAt } = written;
  if (startedAt == null) return written;
  const end = new Date(Date.parse(startedAt) + 60_000).toISOString();
  return { ...written, result: 'Connected', endedAt: end };
}
