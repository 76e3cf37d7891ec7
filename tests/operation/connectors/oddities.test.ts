import { describe, expect, it } from 'vitest';
import { asked, callTo, connect, jsonOf, valueIn } from '../connector.ts';

describe('Zoho', () => {
  const profile = `
auth:
  type: oauth
  grant: refresh_token
  tokenUrl: BASE/oauth/v2/token
  clientId: "{{ secrets.ZOHO_ID }}"
  clientSecret: "{{ secrets.ZOHO_SECRET }}"
  refreshToken: "{{ secrets.ZOHO_REFRESH }}"
  clientAuth: query
  scheme: Zoho-oauthtoken
requestDefaults: { baseUrl: BASE/crm/v6 }
operations:
  findContact:
    requests:
      - &leads
        type: Leads
        url: /Leads/search
        query: { phone: "{{ phoneNumber }}" }
        responseMapping: &people { listPath: body.data, item: { idPath: id, namePath: Full_Name } }
      - { <<: *leads, type: Contacts, url: /Contacts/search }
  createCallLog:
    method: POST
    url: /Calls
    body:
      data:
        - Call_Start_Time: "{{ startTime | in_zone: '+05:30' }}"
          Call_Duration: "{{ callLog.duration | mmss }}"
          Who_Id: "{% if contactInfo.type == 'Contacts' %}{{ contactInfo.id }}{% endif %}"
          What_Id: "{% if contactInfo.type == 'Leads' %}{{ contactInfo.id }}{% endif %}"
          $se_module: "{{ contactInfo.type }}"
    omitEmpty: true
    success: status == \`201\` && body.data[0].code == 'SUCCESS'
    responseMapping: { idPath: "body.data[0].details.id" }
`;
  const env = { ZOHO_ID: 'id-1', ZOHO_SECRET: 'secret-1', ZOHO_REFRESH: 'refresh-1' };
  const token = {
    'POST /oauth/v2/token': { body: { access_token: 'at-1', api_domain: 'x', expires_in: 3600 } },
  };

  it('signs with a scheme of its own', async () => {
    const { crm, sent } = await connect(
      profile,
      { ...token, 'GET /crm/v6/Leads/search': { status: 204 } },
      { env },
    );
    await crm.findContact(asked);
    expect(sent('GET /crm/v6/Leads/search')[0]?.headers.authorization).toBe('Zoho-oauthtoken at-1');
  });

  it('sends the token request with everything in the query, and no credential in the body', async () => {
    const { received } = await connect(profile, token, { env });
    const [path, query] = received[0]?.target.split('?') ?? [];
    expect(path).toBe('/oauth/v2/token');
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
      client_id: 'id-1',
      client_secret: 'secret-1',
    });
    expect(received[0]?.body).toBe('refresh_token=refresh-1&grant_type=refresh_token');
  });

  it('takes 204 for nobody, beside a list of another module', async () => {
    const { crm } = await connect(
      profile,
      {
        ...token,
        'GET /crm/v6/Leads/search': { status: 204 },
        'GET /crm/v6/Contacts/search': {
          body: { data: [{ id: '4150868000000624001', Full_Name: 'Ada Test' }] },
        },
      },
      { env },
    );
    const { contacts, statuses } = valueIn(await crm.findContact(asked));
    expect(contacts).toMatchObject([{ id: '4150868000000624001', type: 'Contacts' }]);
    expect(statuses).toEqual([204, 200]);
  });

  it.each([
    ['Contacts', { Who_Id: '7' }],
    ['Leads', { What_Id: '7' }],
  ])('names the field after the type: %s', async (type, link) => {
    const { crm, sent } = await connect(
      profile,
      {
        ...token,
        'POST /crm/v6/Calls': { status: 201, body: { data: [{ code: 'SUCCESS', details: { id: '99' } }] } },
      },
      { env },
    );
    expect(valueIn(await crm.createCallLog(callTo('7', { type }))).id).toBe('99');
    expect(jsonOf(sent('POST /crm/v6/Calls')[0])).toEqual({
      data: [
        { Call_Start_Time: '2026-03-18T04:28:30+05:30', Call_Duration: '02:05', $se_module: type, ...link },
      ],
    });
  });

  it('takes a 201 whose row has another code for a refusal', async () => {
    const { crm } = await connect(
      profile,
      { ...token, 'POST /crm/v6/Calls': { status: 201, body: { data: [{ code: 'MANDATORY_NOT_FOUND' }] } } },
      { env },
    );
    expect(await crm.createCallLog(callTo('7'))).toMatchObject({ kind: 'refused', status: 201 });
  });
});

describe('Dolibarr', () => {
  const profile = `
auth: { type: apiKey, headerName: DOLAPIKEY, credentialTemplate: "{{ secrets.DOL_KEY }}" }
requestDefaults: { baseUrl: BASE/api/index.php }
operations:
  findContact:
    requests:
      - &contacts
        type: contact
        url: /contacts
        query: { sqlfilters: "(t.phone_mobile:like:'%{{ phoneNumber | significant | sql }}')", limit: 20 }
        responseMapping: { listPath: body, item: { idPath: id, namePath: lastname } }
      - <<: *contacts
        type: thirdparty
        url: /thirdparties
        empty: status == \`404\`
  createContact:
    { method: POST, url: /contacts, body: { lastname: "{{ newContactName }}" }, responseMapping: { idPath: body } }
`;
  const env = { DOL_KEY: 'dol-key-1' };

  it('reads a bare number as the id', async () => {
    const { crm } = await connect(profile, { 'POST /api/index.php/contacts': { body: 41 } }, { env });
    const created = await crm.createContact({ name: 'Ada', phoneNumber: '+14155550123' });
    expect(valueIn(created)).toMatchObject({ id: 41, idFrom: 'body' });
  });

  it('takes a 404 for nobody only where the profile says so', async () => {
    const nobody = { status: 404, body: { error: { message: 'No third party found' } } };
    const { crm } = await connect(
      profile,
      { 'GET /api/index.php/contacts': { body: [] }, 'GET /api/index.php/thirdparties': nobody },
      { env },
    );
    expect(valueIn(await crm.findContact(asked))).toMatchObject({ contacts: [], statuses: [200, 404] });
    const { crm: other } = await connect(
      profile,
      { 'GET /api/index.php/contacts': nobody, 'GET /api/index.php/thirdparties': nobody },
      { env },
    );
    expect(await other.findContact(asked)).toMatchObject({
      kind: 'refused',
      message: 'No third party found',
    });
  });
});

describe('Strapi, Directus and Twenty', () => {
  const profile = `
auth: { type: bearer, token: "{{ secrets.TOKEN }}" }
requestDefaults: { baseUrl: BASE/api }
operations:
  findContact:
    url: /contacts
    query: { "filters[phone][$eq]": "{{ phoneNumber }}", populate: "*", "sort[0]": "createdAt:desc" }
    responseMapping: { listPath: body.data, item: { idPath: documentId, namePath: name } }
  createCallLog:
    method: POST
    url: /calls
    body: { data: { text: "{{ composedLogDetails }}", contact: { connect: ["{{ contactInfo.id }}"] } } }
    responseMapping: { idPath: body.data.documentId }
  getCallLog:
    url: /calls/{{ thirdPartyLogId }}
    query: { populate: [contact, owner] }
    responseMapping: { fullBodyPath: body.data.text, contactIdPath: body.data.contact.documentId }
  updateCallLog: { method: PUT, url: "/calls/{{ thirdPartyLogId }}", body: { data: { text: "{{ composedLogDetails }}" } } }
`;
  const env = { TOKEN: 'token-1' };

  it('uses the id that the URL takes, not the one that is called id', async () => {
    const { crm, received } = await connect(
      profile,
      { 'GET /api/contacts': { body: { data: [{ id: 4, documentId: 'doc4', name: 'Ada' }], meta: {} } } },
      { env },
    );
    expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([{ id: 'doc4' }]);
    expect(received[0]?.target).toBe(
      '/api/contacts?filters%5Bphone%5D%5B%24eq%5D=%2B14155550123&populate=*&sort%5B0%5D=createdAt%3Adesc',
    );
  });

  it('asks for relations by repeating a key', async () => {
    const { crm, received } = await connect(
      profile,
      { 'GET /api/calls/doc9': { body: { data: { text: 't', contact: { documentId: 'doc4' } } } } },
      { env },
    );
    expect(valueIn(await crm.getCallLog('doc9', 'doc4'))).toMatchObject({ contactId: 'doc4', fullBody: 't' });
    expect(received[0]?.target).toBe('/api/calls/doc9?populate=contact&populate=owner');
  });

  it('percent-encodes an id in a path', async () => {
    const { crm, received } = await connect(profile, {}, { env });
    await crm.getCallLog('a/b?c', null);
    expect(received[0]?.target).toBe('/api/calls/a%2Fb%3Fc?populate=contact&populate=owner');
  });

  it('reads 18 digits as the text that they are sent as', async () => {
    const { crm } = await connect(
      profile,
      { 'POST /api/calls': { body: { data: { documentId: '900719925474099312' } } } },
      { env },
    );
    expect(valueIn(await crm.createCallLog(callTo('doc4'))).id).toBe('900719925474099312');
  });
});
