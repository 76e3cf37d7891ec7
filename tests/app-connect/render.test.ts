import { describe, expect, test } from 'vitest';
import { type ProxyInputs, renderProxyRequest } from '../../src/app-connect/render.ts';
import type { Json } from '../../src/profile/types.ts';

const phoneNumber = '+14155550100';

function render(
  operation: { [key: string]: Json },
  {
    name = 'findContact',
    auth = { type: 'apiKey' },
    inputs = {},
    ...more
  }: {
    name?: string;
    auth?: Json;
    defaultHeaders?: Json;
    baseUrl?: string;
    inputs?: Partial<ProxyInputs>;
  } = {},
) {
  const requestDefaults = { baseUrl: 'https://crm.example/api/', defaultHeaders: {}, ...more };
  const config = { meta: { name: 'crm' }, auth, requestDefaults, operations: { [name]: operation } };
  return renderProxyRequest(config, name, {
    user: { id: 'u1', hostname: 'tenant.example' },
    apiKey: 'k3y',
    variables: { phoneNumber },
    ...inputs,
  });
}

describe('the URL', () => {
  test('keeps a raw plus that a template puts into it, and encodes it in the query', () => {
    const { url } = render({ url: '/c?q={{phoneNumber}}', query: { p: '{{phoneNumber}}' } });
    expect(url).toBe(`https://crm.example/api/c?q=${phoneNumber}&p=%2B14155550100`);
  });

  test('writes a space in the query as a plus, and leaves colon, dollar and comma alone', () => {
    expect(render({ url: '/c', query: { $filter: 'a b:c,d&' } }).url).toBe(
      'https://crm.example/api/c?$filter=a+b:c,d%26',
    );
  });

  test('drops parameters that are null or missing and repeats a list under brackets', () => {
    const query = { none: null, missing: '{{nothing}}', empty: '', k: ['1', null, 2], r: { a: { b: true } } };
    expect(render({ url: '/c', query }).url).toBe(
      'https://crm.example/api/c?empty=&k%5B%5D=1&k%5B%5D=2&r%5Ba%5D%5Bb%5D=true',
    );
  });

  test('may be absolute, with the host out of a template', () => {
    expect(render({ url: 'https://{{user.hostname}}/x#part' }).url).toBe('https://tenant.example/x');
  });

  test('does not look for templates in the base URL', () => {
    const { url } = render({ url: '/c' }, { baseUrl: 'https://crm.example/{{user.hostname}}' });
    expect(url).toBe('https://crm.example/%7B%7Buser.hostname%7D%7D/c');
  });

  test('that is none is refused by its template, without the values in it', () => {
    const broken = () => render({ url: '{{apiKey}}' }, { baseUrl: '' });
    expect(broken).toThrow(/operations\.findContact\.url \(\{\{apiKey\}\}\)/);
    expect(broken).not.toThrow(/k3y/);
  });
});

describe('the body', () => {
  test('of a GET that has none is {} as JSON', () => {
    const { method, headers, body } = render({ url: '/c' });
    expect({ method, type: headers['content-type'], body }).toEqual({
      method: 'GET',
      type: 'application/json',
      body: '{}',
    });
  });

  test('keeps the types of lone templates and drops keys that are missing', () => {
    const variables = { additionalSubmission: { n: 0, no: false, none: null, list: [1] } };
    const body = {
      ...{
        n: '{{additionalSubmission.n}}',
        no: '{{ additionalSubmission.no }}',
        list: '{{additionalSubmission.list}}',
      },
      ...{
        none: '{{additionalSubmission.none}}',
        gone: '{{nothing}}',
        inText: '<{{nothing}}>',
        inList: ['{{nothing}}'],
      },
    };
    const sent = render(
      { method: 'post', url: '/c', body },
      { name: 'createContact', inputs: { variables } },
    );
    expect(sent.method).toBe('POST');
    expect(sent.body).toBe('{"n":0,"no":false,"list":[1],"none":null,"inText":"<>","inList":[null]}');
  });

  test('walks numbers into texts and lists, and takes odd keys as they are', () => {
    const variables = { phoneNumber, parsedPhoneNumber: { 'o:err': 'e', $id: 'i', 'a-b': [{ c: 'x' }] } };
    const template =
      '{{phoneNumber.0}}{{phoneNumber.1}}|{{parsedPhoneNumber.o:err}}{{parsedPhoneNumber.$id}}{{parsedPhoneNumber.a-b.0.c}}';
    expect(render({ url: '/c', body: template }, { inputs: { variables } }).body).toBe('+1|eix');
  });

  test('that is a text goes as it is, in a POST as a form', () => {
    const { headers, body } = render({ method: 'POST', url: '/c', body: 'p={{phoneNumber}}' });
    expect([headers['content-type'], body]).toEqual([
      'application/x-www-form-urlencoded',
      `p=${phoneNumber}`,
    ]);
  });

  test('that is a record follows a form content type', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(
      render({ method: 'POST', url: '/c', headers, body: { p: '{{phoneNumber}}', q: 'a b', l: [1] } }).body,
    ).toBe('p=%2B14155550100&q=a+b&l%5B%5D=1');
  });

  test('that is a bare number is refused, as App Connect refuses it', () => {
    expect(() =>
      render({ url: '/c', body: '{{isExtension}}' }, { inputs: { variables: { isExtension: 5 } } }),
    ).toThrow(/operations\.findContact\.body/);
  });
});

describe('the credential', () => {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

  test('of an API key is Basic with an empty password', () => {
    expect(render({ url: '/c' }).headers.authorization).toBe(basic('k3y:'));
  });

  test('of OAuth is Bearer, whatever the scheme says', () => {
    const inputs = { apiKey: undefined, accessToken: 't0k3n' };
    expect(
      render({ url: '/c' }, { auth: { type: 'oauth', scheme: 'Zoho' }, inputs }).headers.authorization,
    ).toBe('Bearer t0k3n');
  });

  test('follows credentialTemplate, scheme, header name and encoding', () => {
    const auth = {
      type: 'apiKey',
      scheme: 'Token',
      headerName: 'X-Auth',
      credentialTemplate: '{{apiKey}}/{{secretKey}}',
    };
    const inputs = { secretKey: 's3cret' };
    expect(render({ url: '/c' }, { auth: { ...auth, encode: 'none' }, inputs }).headers['x-auth']).toBe(
      'Token k3y/s3cret',
    );
    expect(render({ url: '/c' }, { auth, inputs }).headers['x-auth']).toBe(
      `Token ${Buffer.from('k3y/s3cret').toString('base64')}`,
    );
  });

  test('of one operation replaces that of the config', () => {
    const auth = { headerName: 'X-Other', credentialTemplate: '{{user.id}}', encode: 'none' };
    const { headers } = render({ url: '/c', auth });
    expect([headers['x-other'], headers.authorization]).toEqual(['u1', undefined]);
  });

  test('is missing at the logout of an API key without a credentialTemplate', () => {
    const { headers, credentialHeaders } = render({ method: 'POST', url: '/out' }, { name: 'unAuthorize' });
    expect(headers).not.toHaveProperty('authorization');
    expect(credentialHeaders).toEqual([]);
  });

  test('that cannot be encoded is refused', () => {
    const auth = { type: 'apiKey', credentialTemplate: '{{nothing}}' };
    expect(() => render({ url: '/c' }, { auth })).toThrow(/renders to nothing/);
  });

  test('loses to an authorization header of the operation in another spelling', () => {
    expect(render({ url: '/c', headers: { authorization: 'own' } }).headers.authorization).toBe(
      basic('k3y:'),
    );
    const { headers } = render(
      { url: '/c', headers: { authorization: 'own' } },
      { defaultHeaders: { Authorization: 'd' } },
    );
    expect(headers.authorization).toBe('own');
  });

  test('headers are named: the one of auth, and every header whose template reads a secret', () => {
    const headers = { 'X-Key': 'k={{ apiKey }}', 'X-Plain': '{{phoneNumber}}', Cookie: 'a=b' };
    expect(render({ url: '/c', headers }).credentialHeaders.sort()).toEqual([
      'authorization',
      'cookie',
      'x-key',
    ]);
  });
});

describe('the scope', () => {
  test('cuts the user id at the first hyphen', () => {
    const inputs = { user: { id: '5f2b-77aa' } };
    expect(render({ url: '/{{user.id}}' }, { inputs }).url).toBe('https://crm.example/api/5f2b');
  });

  test('holds only what App Connect hands to the operation', () => {
    const inputs = { variables: { phoneNumber, now: 'x', contactInfo: { id: 1 }, thirdPartyLogId: 2 } };
    expect(
      render(
        { url: '/c', body: { a: '{{now}}', b: '{{contactInfo.id}}', c: '{{thirdPartyLogId}}' } },
        { inputs },
      ).body,
    ).toBe('{}');
  });

  test('has no user at the login: an OAuth token stands only in the prepared header', () => {
    const inputs = { apiKey: undefined, accessToken: 't0k3n', hostname: 'tenant.example' };
    const body = {
      token: '{{user.accessToken}}',
      key: '{{apiKey}}',
      id: '{{user.id}}',
      host: '{{hostname}}',
    };
    const sent = render(
      { method: 'POST', url: '/me', body },
      { name: 'getUserInfo', auth: { type: 'oauth' }, inputs },
    );
    expect(sent.body).toBe('{"token":"","key":"","host":"tenant.example"}');
    expect(sent.headers.authorization).toBe('Bearer t0k3n');
  });
});

test('an operation that the config does not describe is refused', () => {
  const config = { auth: {}, operations: {} };
  expect(() => renderProxyRequest(config, 'getUserInfo', { user: {}, variables: {} })).toThrow(
    /operations\.getUserInfo/,
  );
});

test('a header of the config cannot break out of its line', () => {
  const inputs = { variables: { phoneNumber: 'a\r\nX-Evil: 1' } };
  expect(
    render({ url: '/c', headers: { 'X-Phone': '{{phoneNumber}}' } }, { inputs }).headers['x-phone'],
  ).toBe('aX-Evil: 1');
});
