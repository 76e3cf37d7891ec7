import type { FaultSwitch } from './faults.ts';
import { invalid, optionalText, requiredText } from './fields.ts';
import { type Answer, type ApiRequest, notFound, Refusal, type Route } from './http.ts';
import { isPlausible } from './phone-number.ts';
import { searchByName, searchByPhone } from './search.ts';
import type { Contact, Store } from './store.ts';

/** Find people by number; create, read, change and delete them; list their calls. */
export function contactRoutes(store: Store, fault: FaultSwitch): Route[] {
  const contactOf = ({ params }: ApiRequest): Contact => {
    const contact = store.contacts.get(params.id ?? '');
    if (!contact) throw notFound('contact', params.id ?? '');
    return contact;
  };
  return [
    { method: 'GET', pattern: '/contacts', handle: (request) => find(store, request, fault) },
    { method: 'POST', pattern: '/contacts', handle: ({ body }) => create(store, body, fault) },
    {
      method: 'GET',
      pattern: '/contacts/:id',
      handle: (request) => ({ status: 200, body: { contact: contactOf(request) } }),
    },
    {
      method: 'PATCH',
      pattern: '/contacts/:id',
      handle: async (request) => {
        const contact = contactOf(request);
        Object.assign(contact, await readContact({ ...contact, ...request.body }, fault));
        return { status: 200, body: { contact } };
      },
    },
    {
      method: 'DELETE',
      pattern: '/contacts/:id',
      handle: (request) => {
        const { id } = contactOf(request);
        store.contacts.delete(id);
        store.contactIds.delete(id);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      pattern: '/contacts/:id/activities',
      handle: ({ params: { id = '' } }) => {
        if (!store.contactIds.has(id)) throw notFound('contact', id);
        const activities = [...store.activities.values()].filter(({ contactId }) => contactId === id);
        return { status: 200, body: { activities } };
      },
    },
  ];
}

async function find(store: Store, request: ApiRequest, fault: FaultSwitch): Promise<Answer> {
  const { query, rawQuery } = request;
  const unknown = [...query.keys()].find((name) => name !== 'phone' && name !== 'name');
  if (unknown !== undefined) {
    // A filter that is not understood must not turn into no filter: that would return everybody.
    throw new Refusal(400, 'unknown_parameter', `There is no query parameter "${unknown}".`, {
      field: unknown,
    });
  }
  const name = query.get('name');
  if (name !== null) {
    const named = searchByName(store, name);
    return { status: 200, body: { contacts: named.map((contact) => shown(contact, fault)) } };
  }
  const asked = query.get('phone');
  if (asked === null) {
    throw new Refusal(400, 'missing_parameter', 'The query parameter phone is missing.', { field: 'phone' });
  }
  const misread = /%2B/i.test(rawQuery) && fault('search-misreads-encoded-plus');
  const found = misread ? [] : await searchByPhone(store, asked, fault);
  if (found.length === 0) {
    const odd = oddAnswerForNobody(fault);
    if (odd) return odd;
  }
  return { status: 200, body: { contacts: found.map((contact) => shown(contact, fault)) } };
}

function oddAnswerForNobody(fault: FaultSwitch): Answer | null {
  const body = { error: 'no_contact', message: 'No contact has this number.' };
  if (fault('search-404-for-none')) return { status: 404, body };
  if (fault('search-500-for-none')) return { status: 500, body };
  if (fault('search-error-with-200-for-none')) return { status: 200, body };
  return null;
}

function shown(contact: Contact, fault: FaultSwitch): Partial<Contact> {
  const item: Partial<Contact> = { ...contact };
  if (fault('search-without-id')) delete item.id;
  if (fault('search-without-name')) delete item.name;
  if (fault('search-without-extras')) {
    delete item.type;
    delete item.phone;
    delete item.mobile;
    delete item.createdAt;
  }
  if (fault('search-dates-with-slashes')) {
    const [year, month, day] = contact.createdAt.slice(0, 10).split('-');
    item.createdAt = `${day}/${month}/${year}`;
  }
  return item;
}

async function create(store: Store, body: Record<string, unknown>, fault: FaultSwitch): Promise<Answer> {
  const fields = await readContact(body, fault);
  const contact: Contact = { id: store.nextId('C'), ...fields, createdAt: new Date().toISOString() };
  store.contactIds.add(contact.id);
  if (!fault('contact-not-saved')) {
    store.contacts.set(contact.id, fault('contact-phone-dropped') ? { ...contact, phone: null } : contact);
  }
  const { id: _, ...withoutId } = contact;
  return { status: 201, body: { contact: fault('contact-without-id') ? withoutId : contact } };
}

async function readContact(
  body: Record<string, unknown>,
  fault: FaultSwitch,
): Promise<Omit<Contact, 'id' | 'createdAt'>> {
  const name = requiredText(body, 'name');
  requiredText(body, 'phone');
  const phone = await readPhone('phone', body, fault);
  const mobile = await readPhone('mobile', body, fault);
  return {
    name: fault('contact-name-cut') ? (name.split(' ')[0] ?? '') : name,
    phone,
    mobile,
    type: optionalText(body, 'type') || 'Contact',
  };
}

/** A number as it is kept: as it was typed. @throws {Refusal} 422 naming the field, for what is no number */
async function readPhone(
  field: 'phone' | 'mobile',
  body: Record<string, unknown>,
  fault: FaultSwitch,
): Promise<string | null> {
  const text = optionalText(body, field);
  if (text === null || fault('contact-bad-phone-accepted') || (await isPlausible(text))) return text;
  if (fault('contact-bad-phone-dropped')) return null;
  if (fault('contact-bad-phone-500')) throw new Refusal(500, 'internal_error', 'Something went wrong.');
  if (fault('contact-bad-phone-unsaid')) throw new Refusal(400, 'bad_request', '');
  if (fault('contact-bad-phone-echoed')) throw new Refusal(400, 'bad_request', '', { submitted: body });
  if (fault('contact-bad-phone-403'))
    throw new Refusal(403, 'forbidden', 'You may not create contacts with this phone number.');
  throw invalid(field, `${field} is not a phone number.`);
}
