import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parsePhoneNumber } from '../../src/crm/phone.ts';
import type { HttpRequest } from '../../src/http/types.ts';
import { renderRequest } from '../../src/operation/render.ts';
import { evaluate } from '../../src/profile/expression.ts';
import { parseProfile } from '../../src/profile/load.ts';
import type { OperationName, Profile, Step } from '../../src/profile/types.ts';

/** vtiger and Twenty were seen, and what they did was written down, but not recorded: here only what goes out is held. */
async function load(name: string, env: Record<string, string>): Promise<Profile> {
  const text = readFileSync(new URL(`../../profiles/${name}.yaml`, import.meta.url), 'utf8');
  return parseProfile(text, `${name}.yaml`, { env, vars: { host: 'crm.example' } });
}

const variables = {
  secrets: { VTIGER_USERNAME: 'admin', VTIGER_ACCESS_KEY: 'key', TWENTY_API_KEY: 'key' },
  auth: { session: 's', userId: '19x1' },
  user: { id: '19x1' },
  region: 'US',
  captures: { challenge: 'c', note: 'n', conversation: 'before' },
  phoneNumber: '+14155550123',
  parsedPhoneNumber: parsePhoneNumber('+14155550123', 'US'),
  newContactName: 'Ann Mary Smith',
  newContactType: '',
  secondPhoneNumber: null,
  contactInfo: { id: '12x8', name: 'Ann', type: null, phoneNumber: '+14155550123' },
  contactId: '12x8',
  thirdPartyLogId: '18x9',
  callLog: { direction: 'Outbound', duration: 3_900, result: 'Call connected' },
  subject: 'A call',
  note: 'a note',
  startTime: '2026-11-23T23:30:00.000Z',
  endTime: '2026-11-24T00:35:00.000Z',
  composedLogDetails: '- Note: a note\n',
  message: { subject: 'hi', direction: 'Inbound' },
  creationTime: '2026-11-23T10:00:00.000Z',
};

function stepsOf(profile: Profile, name: OperationName): Step[] {
  const operation = profile.operations[name];
  if (!operation || operation.kind === 'notSupported') throw new Error(`${name} is not described`);
  return operation.kind === 'search' ? operation.requests : operation.steps;
}

function render(profile: Profile, step: Step | undefined): HttpRequest {
  if (!step) throw new Error('there is no such step');
  return renderRequest(profile, step, { ...variables, vars: profile.vars }, false);
}

const operationsOf = ({ operations }: Profile) =>
  Object.entries(operations).flatMap(([name, { kind }]) =>
    kind === 'notSupported' ? [] : [name as OperationName],
  );

describe('the profile of vtiger', () => {
  let profile: Profile;
  beforeAll(async () => {
    profile = await load('vtiger', variables.secrets);
  });
  const form = (name: OperationName, step = 0) => {
    const { url, body = '' } = render(profile, stepsOf(profile, name)[step]);
    const fields = Object.fromEntries(new URLSearchParams(body));
    return { url, ...fields, ...(fields.element && { element: JSON.parse(fields.element) as unknown }) };
  };

  it('answers the challenge with the digest of challenge and key, and signs by a query parameter', () => {
    const { auth } = profile;
    if (auth.type !== 'login') throw new Error('vtiger has a login');
    const [challenge, login] = auth.steps.map((step) => render(profile, step));
    expect(challenge?.url).toBe('https://crm.example/webservice.php?operation=getchallenge&username=admin');
    expect(Object.fromEntries(new URLSearchParams(login?.body))).toEqual({
      operation: 'login',
      username: 'admin',
      accessKey: createHash('md5').update('ckey').digest('hex'),
    });
    expect(auth.query).toEqual({ sessionName: '{{ auth.session }}' });
    expect(auth.discovers).toEqual(['userId']);
  });

  it('takes no 200 at its word', () => {
    const steps = operationsOf(profile).flatMap((name) => stepsOf(profile, name));
    expect(steps.map(({ success }) => success)).toEqual(steps.map(() => 'body.success'));
    expect(evaluate('body.success', { body: { success: false, error: { code: 'ACCESS_DENIED' } } })).toBe(
      false,
    );
  });

  it('asks for a number in two fields, with its plus encoded', () => {
    const { url } = render(profile, stepsOf(profile, 'findContact')[0]);
    expect(url).toContain('%2B14155550123');
    expect(new URL(url).searchParams.get('query')).toMatch(
      /from Contacts where phone='\+14155550123' or mobile='\+14155550123';$/,
    );
  });

  it('sends records as JSON in a form field, with date and time apart', () => {
    expect(form('createContact')).toMatchObject({
      operation: 'create',
      elementType: 'Contacts',
      element: { firstname: 'Ann Mary', lastname: 'Smith', phone: '+14155550123', assigned_user_id: '19x1' },
    });
    expect(form('createCallLog')).toMatchObject({
      elementType: 'Events',
      element: {
        activitytype: 'Call',
        eventstatus: 'Held',
        date_start: '2026-11-23',
        time_start: '23:30:00',
        due_date: '2026-11-24',
        time_end: '00:35:00',
        duration_hours: 1,
        duration_minutes: 5,
        contact_id: '12x8',
      },
    });
  });

  it('changes by revise, which keeps the rest, and adds a message to what is there', () => {
    expect(form('updateCallLog')).toMatchObject({
      operation: 'revise',
      element: { id: '18x9', subject: 'A call' },
    });
    expect(form('updateMessageLog', 1)).toMatchObject({
      operation: 'revise',
      element: { id: '18x9', commentcontent: 'before\nInbound SMS: hi' },
    });
  });

  it('deletes the contact by the one id and logs by the other', () => {
    expect(form('deleteContact')).toMatchObject({ operation: 'delete', id: '12x8' });
    expect(form('deleteCallLog')).toMatchObject({ operation: 'delete', id: '18x9' });
    expect(form('deleteMessageLog')).toMatchObject({ operation: 'delete', id: '18x9' });
  });
});

describe('the profile of Twenty', () => {
  let profile: Profile;
  beforeAll(async () => {
    profile = await load('twenty', variables.secrets);
  });
  const sent = (name: OperationName) =>
    stepsOf(profile, name).map((step) => {
      const { method, url, body } = render(profile, step);
      return [
        method,
        url.replace('https://crm.example/rest', ''),
        ...(body ? [JSON.parse(body) as unknown] : []),
      ];
    });

  it('asks for the national number alone', () => {
    const [[, url]] = sent('findContact') as [[string, string]];
    expect(new URLSearchParams(url.split('?')[1]).get('filter')).toBe(
      'phones.primaryPhoneNumber[eq]:4155550123',
    );
  });

  it('writes a note and links it to the person', () => {
    expect(sent('createCallLog')).toEqual([
      ['POST', '/notes', { title: 'A call', bodyV2: { markdown: '- Note: a note\n' } }],
      ['POST', '/noteTargets', { noteId: 'n', personId: '12x8' }],
    ]);
  });

  it('lets the server take E.164 apart, and a name be of one word', () => {
    expect(sent('createContact')).toEqual([
      [
        'POST',
        '/people',
        {
          name: { firstName: 'Ann Mary', lastName: 'Smith' },
          phones: { primaryPhoneNumber: '+14155550123' },
        },
      ],
    ]);
  });

  it('reads what was seen of its answers', () => {
    const operation = profile.operations.findContact;
    const [request] = operation?.kind === 'search' ? operation.requests : [];
    const person = {
      id: 'p',
      name: { firstName: 'Ann', lastName: '' },
      phones: {
        primaryPhoneNumber: '4155550123',
        primaryPhoneCallingCode: '+1',
        primaryPhoneCountryCode: 'US',
      },
    };
    const { item = {}, listPath } = request?.responseMapping ?? {};
    expect(evaluate(String(listPath), { body: { data: { people: [] }, totalCount: 0 } })).toEqual([]);
    expect(evaluate(item.namePath ?? '', person)).toBe('Ann');
    expect(evaluate(item.phonePath ?? '', person)).toBe('+14155550123');
  });
});

describe.each(['vtiger', 'twenty'])('the profile of %s', (name) => {
  it('renders every operation', async () => {
    const profile = await load(name, variables.secrets);
    const all = operationsOf(profile).flatMap((operation) => stepsOf(profile, operation));
    expect(all.length).toBeGreaterThanOrEqual(12);
    for (const step of all) expect(render(profile, step).url).toMatch(/^https:\/\/crm\.example\//);
  });
});
