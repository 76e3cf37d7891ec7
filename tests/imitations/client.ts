import { createCrm, type ImitatedCrm } from './crm.ts';
import type { CrmOptions } from './options.ts';
import type { Call, Contact, Message } from './records.ts';

/** All that an answer may hold. A test reads what its answer should hold, and asserts it. */
interface Body {
  user: { name: string };
  contact: Contact;
  contacts: Contact[];
  call: Call;
  calls: Call[];
  message: Message;
  error: { code: number; message: string; field?: string };
}

/** Runs a test against an imitation of its own and ends it afterwards. */
export async function withCrm(
  faults: Partial<CrmOptions>,
  test: (client: Client) => Promise<void>,
): Promise<void> {
  const crm = await createCrm(faults);
  try {
    await test(new Client(crm));
  } finally {
    await crm.close();
  }
}

/** A client of an imitation, over real HTTP. */
class Client {
  readonly crm: ImitatedCrm;
  constructor(crm: ImitatedCrm) {
    this.crm = crm;
  }

  async ask(method: string, path: string, body?: object, key = this.crm.secrets.IMITATION_KEY ?? '') {
    const response = await fetch(`http://127.0.0.1:${this.crm.port}/api${path}`, {
      method,
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
  }

  async create(phone: string, more: { name?: string; mobile?: string } = {}) {
    return this.ask('POST', '/contacts', { name: 'Ann Example', phone, ...more });
  }

  /** How many contacts a search finds. */
  async find(asked: string): Promise<number> {
    const { body } = await this.ask('GET', `/contacts?phone=${encodeURIComponent(asked)}`);
    return body.contacts.length;
  }

  /** A call with this text, as it is read back. */
  async log(fields: object): Promise<Call> {
    const { body } = await this.create('+12125550100');
    const { body: made } = await this.ask('POST', '/calls', { contactId: body.contact.id, ...fields });
    return (await this.ask('GET', `/calls/${made.call.id}`)).body.call;
  }
}
