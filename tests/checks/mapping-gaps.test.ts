import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/profile/load.ts';
import type { Verdict } from '../../src/report/types.ts';
import { checkProfile } from '../harness.ts';
import { startFront } from '../secrets/front.ts';

/** One answer of the CRM, written anew, and what the finding of a requirement then says of it. */
interface Case {
  /** Method and the beginning of the path. */
  request: string;
  answer: (body: Record<string, unknown>) => unknown;
  id: string;
  says: string;
  /** Default: fail. */
  verdict?: Verdict;
}

const near = '; nearest in the answer: ';
const mapping = (operation: string, path: string) => `operations.${operation}.responseMapping.${path}`;
const contactId = mapping('createContact', 'idPath: `body.contact.id`');
const callId = mapping('createCallLog', 'idPath: `body.activity.id`');
const only = (body: Record<string, unknown>, key: string) => body[key] as Record<string, unknown>;

const cases: Record<string, Case> = {
  'a contact whose id stands elsewhere': {
    request: 'POST /api/contacts',
    answer: (body) => ({ data: body }),
    id: 'contact.create',
    says: `${contactId} finds no id in the answer${near}body.data.contact.id`,
    verdict: 'inconclusive',
  },
  'a contact whose id is an object': {
    request: 'POST /api/contacts',
    answer: (body) => ({ contact: { id: { value: only(body, 'contact').id } } }),
    id: 'contact.create',
    says: `${contactId} finds no id in the answer, but an object${near}body.contact.id.value`,
  },
  'a contact whose id is a list': {
    request: 'POST /api/contacts',
    answer: (body) => ({ contact: { id: [only(body, 'contact').id] } }),
    id: 'contact.create',
    says: `${contactId} finds no id in the answer, but a list${near}body.contact.id[0]`,
  },
  'a call record in a list': {
    request: 'POST /api/activities',
    answer: (body) => ({ activity: [body.activity] }),
    id: 'activity.create',
    says: `${callId} finds no id in the answer${near}body.activity[0].id, body.activity[0].contactId`,
    verdict: 'inconclusive',
  },
  'a call record whose id has another name': {
    request: 'POST /api/activities',
    answer: () => ({ activity: { activityId: 'A1' } }),
    id: 'activity.create',
    says: `${callId} finds no id in the answer${near}body.activity.activityId`,
  },
  'a call record answered with a page': {
    request: 'POST /api/activities',
    answer: () => '<h1>Saved</h1>',
    id: 'activity.create',
    says: `${callId} finds no id in the answer, which is no JSON but text/html`,
  },
  'a call record answered with nothing': {
    request: 'POST /api/activities',
    answer: () => '',
    id: 'activity.create',
    says: `${callId} finds no id in the answer, which has no body`,
  },
  'a message whose id is null': {
    request: 'POST /api/messages',
    answer: () => ({ message: { id: null, uuid: 'M1' } }),
    id: 'activity.message',
    says: `${mapping('createMessageLog', 'idPath: `body.message.id`')} finds no id in the answer${near}body.message.uuid`,
  },
  'a call record whose body is an object': {
    request: 'GET /api/activities/',
    answer: (body) => {
      const call = only(body, 'activity');
      return { activity: { ...call, body: { plain: call.body } } };
    },
    id: 'activity.read',
    says: `${mapping('getCallLog', 'fullBodyPath: `body.activity.body`')} finds no text in the answer, but an object${near}body.activity.body.plain`,
  },
  'a user in a list': {
    request: 'GET /api/me',
    answer: (body) => [body],
    id: 'user.name',
    says: `${mapping('getUserInfo', 'namePath: `body.name`')} finds no name in the answer${near}body[0].name`,
    verdict: 'inconclusive',
  },
  'a user whose name is split': {
    request: 'GET /api/me',
    answer: (body) => ({ ...body, name: { first: 'Rowan', last: 'Okafor' } }),
    id: 'user.name',
    says: `${mapping('getUserInfo', 'namePath: `body.name`')} finds no name in the answer, but an object${near}body.name.first, body.name.last`,
  },
  'a user whose id has another name': {
    request: 'GET /api/me',
    answer: ({ id, ...rest }) => ({ ...rest, userId: id }),
    id: 'user.id',
    says: `${mapping('getUserInfo', 'idPath: `body.id`')} finds no id in the answer${near}body.userId`,
  },
  'contacts in an object': {
    request: 'GET /api/contacts?phone',
    answer: ({ contacts }) => ({ contacts: { items: contacts } }),
    id: 'lookup.e164',
    says: `${mapping('findContact', 'listPath: `body.contacts`')} finds no list in the answer, but an object${near}body.contacts.items`,
    // No search of the run was read, so nobody knows whom it finds.
    verdict: 'inconclusive',
  },
  'contacts without a name of their own': {
    request: 'GET /api/contacts?phone',
    answer: ({ contacts }) => ({
      contacts: (contacts as Record<string, unknown>[]).map(({ name, ...rest }) => ({
        ...rest,
        fullName: name,
      })),
    }),
    id: 'lookup.fields',
    says: `${mapping('findContact', 'item.namePath: `name`')} finds no name in the record${near}fullName`,
  },
};

describe.concurrent('a mapping that finds nothing of use says where it stands, and what comes nearest', () => {
  it.each(Object.entries(cases))('%s', async (_, { request, answer, id, says, verdict = 'fail' }) => {
    const front = await startFront({
      change: ({ method, url }, honest) => {
        if (!`${method} ${url}`.startsWith(request) || honest.status >= 300) return honest;
        const given = answer(JSON.parse(honest.body.toString()));
        return typeof given === 'string'
          ? { ...honest, headers: { 'content-type': 'text/html' }, body: given }
          : { ...honest, body: JSON.stringify(given) };
      },
    });
    try {
      const profile = await loadProfile('profiles/reference-api-key.yaml', {
        env: { REFERENCE_API_KEY: front.sandbox.credentials.apiKey },
        vars: { port: String(front.port) },
      });
      const { checks, report } = await checkProfile({ ...profile, settleSeconds: 0.2 }, { only: [id] });
      const check = checks.get(id);
      expect(check?.verdict).toBe(verdict);
      expect(`${check?.observed} ${check?.summary}`).toContain(says);
      const told = JSON.stringify(report);
      for (const { name } of front.sandbox.state().contacts) expect(told).not.toContain(name);
    } finally {
      await front.close();
    }
  });
});
