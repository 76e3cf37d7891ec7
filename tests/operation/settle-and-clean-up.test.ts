import { describe, expect, it } from 'vitest';
import { parseProfile } from '../../src/profile/load.ts';
import { checkProfile } from '../harness.ts';
import { serve } from '../http/server.ts';

const profile = `crmReady: 1
meta: { name: slow }
auth: { type: none }
requestDefaults: { baseUrl: BASE }
settle: SETTLE
operations:
  getUserInfo: { url: /me, responseMapping: { idPath: body.id, namePath: body.name } }
  findContact:
    url: /contacts?phone={{ phoneNumber | significant }}
    responseMapping: { listPath: body, item: { idPath: id, namePath: name, phonePath: phone } }
  createContact:
    method: POST
    url: /contacts
    body: { name: "{{ newContactName }}", phone: "{{ phoneNumber | significant }}" }
    responseMapping: { idPath: body.id }
  createCallLog:
    method: POST
    url: /contacts/{{ contactInfo.id }}/calls
    body: { subject: "{{ subject }}", text: "{{ composedLogDetails }}" }
    responseMapping: { idPath: body.id }
  getCallLog:
    url: /contacts/{{ contactId }}/calls/{{ thirdPartyLogId }}
    responseMapping: { subjectPath: body.subject, fullBodyPath: body.text }
  deleteContact: { method: DELETE, url: "/contacts/{{ contactId }}" }
  deleteCallLog: { method: DELETE, url: "/contacts/{{ contactId }}/calls/{{ thirdPartyLogId }}" }
`;

interface Contact {
  id: number;
  name: string;
  phone: string;
}

/** A CRM whose search index is some questions behind, and whose calls lie beneath their contacts. */
async function slowCrm(questionsBehind: number) {
  const contacts = new Map<string, Contact>();
  const calls = new Map<string, object>();
  const asked = new Map<string, number>();
  let ids = 0;
  const server = await serve(({ method, target, body }, response) => {
    const [path = '', query] = target.split('?');
    const [, , contact = '', , call] = path.split('/');
    const answer = (status: number, value?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(value === undefined ? '' : JSON.stringify(value));
    };
    if (path === '/me') return answer(200, { id: 1, name: 'Me' });
    if (method === 'POST') {
      ids += 1;
      const record = { ...JSON.parse(body), id: ids };
      if (contact === '') contacts.set(String(ids), record);
      else calls.set(`${contact}/${ids}`, record);
      return answer(201, { id: ids });
    }
    if (path === '/contacts') {
      const phone = new URLSearchParams(query).get('phone') ?? '';
      const found = [...contacts.values()].filter((one) => one.phone === phone);
      if (found.length > 0) asked.set(phone, (asked.get(phone) ?? 0) + 1);
      return answer(200, (asked.get(phone) ?? 0) > questionsBehind ? found : []);
    }
    const [kind, key] = call ? [calls, `${contact}/${call}`] : [contacts, contact];
    if (method === 'DELETE') return answer(kind.delete(key) ? 204 : 404);
    const record = kind.get(key);
    return record ? answer(200, record) : answer(404, { message: 'not found' });
  });
  return { ...server, contacts, calls };
}

async function check(questionsBehind: number, settle: number, only: string[]) {
  const crm = await slowCrm(questionsBehind);
  const text = profile.replace('BASE', crm.url).replace('SETTLE', String(settle));
  const { checks } = await checkProfile(await parseProfile(text, 'slow.yaml', { env: {} }), { only });
  return { ...crm, checks };
}

describe('a search index that lags', () => {
  it('is asked again until the record is found, within the time that the profile allows', async () => {
    const { checks } = await check(2, 20, ['lookup.e164']);
    expect(checks.get('lookup.e164')?.verdict).toMatch(/pass|warn/);
  });

  it('is not waited for longer than that', async () => {
    const { checks } = await check(1000, 0.3, ['lookup.e164']);
    expect(checks.get('lookup.e164')).toMatchObject({ verdict: 'fail' });
  });
});

describe('clean-up', () => {
  it('removes what hangs on a contact before the contact, and leaves nothing', async () => {
    const { received, contacts, calls } = await check(0, 1, [
      'call-log.create',
      'activity.create',
      'lookup.e164',
    ]);
    const deleted = received.filter(({ method }) => method === 'DELETE').map(({ target }) => target);
    const firstContact = deleted.findIndex((target) => !target.includes('/calls/'));
    const lastCall = deleted.findLastIndex((target) => target.includes('/calls/'));
    expect(firstContact).toBeGreaterThan(-1);
    expect(lastCall).toBeGreaterThan(-1);
    expect(lastCall).toBeLessThan(firstContact);
    expect([contacts.size, calls.size]).toEqual([0, 0]);
  });
});
