import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../src/http/redaction.ts';

const canary = `c4n"ry/<s>+&'k\\ey=ü?1~`;

function knowing(...secrets: string[]) {
  const redaction = createRedaction();
  for (const secret of secrets) redaction.add(secret);
  return redaction;
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('a known secret is replaced', () => {
  const component = encodeURIComponent(canary);
  const forms: Record<string, string> = {
    raw: canary,
    'JSON-escaped': JSON.stringify(canary).slice(1, -1),
    'JSON-escaped with escaped slashes': JSON.stringify(canary).slice(1, -1).replaceAll('/', '\\/'),
    'JSON-escaped twice': JSON.stringify(JSON.stringify(canary).slice(1, -1)).slice(1, -1),
    'percent-encoded': component,
    'percent-encoded in lower hex': component.replace(/%../g, (octet) => octet.toLowerCase()),
    'encoded as a form field': new URLSearchParams({ a: canary }).toString().slice(2),
    'percent-encoded twice': encodeURIComponent(component),
    'HTML-escaped': canary
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
    'in hexadecimal': Buffer.from(canary).toString('hex'),
    'in upper-case hexadecimal': Buffer.from(canary).toString('hex').toUpperCase(),
    'in base64': base64(canary),
    'in base64url': Buffer.from(canary).toString('base64url'),
  };
  for (const [name, form] of Object.entries(forms)) {
    it(name, () => {
      const text = knowing(canary).text(`before ${form} after`);
      expect(text).toMatch(/^before ‹redacted›=* after$/);
    });
  }

  it('inside other base64 text, wherever it begins', () => {
    const redaction = knowing('s3cr3t-p4ssw0rd');
    for (const user of ['a', 'ab', 'abc', 'abcd']) {
      const text = redaction.text(`x ${base64(`${user}:s3cr3t-p4ssw0rd:tail`)} y`);
      expect(text).toContain('‹redacted›');
      const shown = Buffer.from(text.split(' ')[1]?.replace('‹redacted›', '') ?? '', 'base64').toString();
      expect(shown).not.toContain('p4ss');
    }
  });

  it('with spaces as plus signs', () => {
    expect(knowing('two words here').text('q=two+words+here&r=two%20words%20here')).toBe(
      'q=‹redacted›&r=‹redacted›',
    );
  });

  it('whole, when another secret is its beginning', () => {
    expect(knowing('abcd1234', 'abcd1234-efgh').text('<abcd1234-efgh> <abcd1234>')).toBe(
      '<‹redacted›> <‹redacted›>',
    );
  });

  it('but not when it is shorter than four characters', () => {
    expect(knowing('abc', '').text('abc abcabc')).toBe('abc abcabc');
  });
});

describe('an unknown secret is replaced by its name', () => {
  const redaction = createRedaction();

  it('in JSON text, whose other bytes stay', () => {
    expect(
      redaction.text('{ "access_token" : "xyz",\n "expires_in": 3600, "token_type":"Bearer", "pwd": 1234 }'),
    ).toBe(
      '{ "access_token" : "‹redacted›",\n "expires_in": 3600, "token_type":"Bearer", "pwd": "‹redacted›" }',
    );
  });

  it('in JSON with quotes in the value', () => {
    expect(redaction.text(String.raw`{"password":"a\"b\\","x":1}`)).toBe('{"password":"‹redacted›","x":1}');
  });

  it('in JSON inside a string of JSON', () => {
    const text = redaction.text(
      JSON.stringify({ note: JSON.stringify({ refresh_token: 'hidden', other: 'shown' }) }),
    );
    expect(text).not.toContain('hidden');
    expect(text).toContain('shown');
  });

  it('beneath an object under a telling name', () => {
    const text = redaction.text(
      '{"secret":{"value":"hidden","list":["alsohidden"],"ok":true},"other":"shown"}',
    );
    expect(text).toBe('{"secret":{"value":"‹redacted›","list":["‹redacted›"],"ok":true},"other":"shown"}');
  });

  it('in JSON that was cut in the middle of the value', () => {
    expect(redaction.text('{"a":1,"access_token":"half-of-a-tok')).not.toContain('half');
  });

  it.each([
    [
      'https://crm.example/cb?code=abc123&state=platform%3Dx',
      'https://crm.example/cb?code=‹redacted›&state=platform%3Dx',
    ],
    [
      'https://crm.example/#access_token=abc&token_type=bearer',
      'https://crm.example/#access_token=‹redacted›&token_type=bearer',
    ],
    ['https://me:hidden@crm.example/a?b=c', 'https://‹redacted›@crm.example/a?b=c'],
    [
      'grant_type=password&username=me&password=hidden',
      'grant_type=password&username=me&password=‹redacted›',
    ],
    ['client_secret=hidden&client_id=me', 'client_secret=‹redacted›&client_id=me'],
    ['code=hidden', 'code=‹redacted›'],
    [
      '/cb?authorization_code=hidden&auth_code=hidden&authCode=hidden',
      '/cb?authorization_code=‹redacted›&auth_code=‹redacted›&authCode=‹redacted›',
    ],
    [
      'grant_type=authorization_code&error_code=7&postal_code=94105',
      'grant_type=authorization_code&error_code=7&postal_code=94105',
    ],
    [
      '<a href="/x?session_token=hidden&amp;jwt=hidden">',
      '<a href="/x?session_token=‹redacted›&amp;jwt=‹redacted›">',
    ],
    ['<s:sessionId>hidden</s:sessionId><id>1</id>', '<s:sessionId>‹redacted›</s:sessionId><id>1</id>'],
    [
      '<input type="hidden" name="csrf_token" value="hidden">',
      '<input type="hidden" name="csrf_token" value="‹redacted›">',
    ],
    ['Authorization: Bearer hidden-hidden-hidden', 'Authorization: Bearer ‹redacted›'],
  ])('in %s', (text, expected) => {
    expect(redaction.text(text)).toBe(expected);
  });

  it('when it looks like a JWT', () => {
    const jwt = ['{"alg":"none"}', '{"sub":"someone"}', 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    expect(redaction.text(`rejected ${jwt}!`)).toBe('rejected ‹redacted›!');
  });

  it.each([
    '{"token_type":"Bearer","expires_in":3600,"tokenType":"x","token_endpoint":"https://x/token"}',
    '{"code":209,"status_code":401,"message":"Invalid session token"}',
    '{"code":"INVALID_SESSION","errorCode":"x","nextPageToken":"abc"}',
    '{"hasPassword":true,"password":null,"token":""}',
    'unsupported: Basic authentication is required, authorization: required',
    'https://crm.example/token?scope=a+b&code_challenge=xyz',
  ])('and harmless text is left alone: %s', (text) => {
    expect(redaction.text(text)).toBe(text);
  });
});

describe('a structure is copied', () => {
  it('with telling values replaced and what is no secret in them kept', () => {
    const original = {
      Authorization: 'Basic dXNlcjpw',
      cookie: 'sid=one; lang=two',
      'set-cookie': 'sid=abc; Path=/; HttpOnly\nb=c',
      'x-api-key': 'hidden',
      'content-type': 'text/plain',
      nested: [{ sessionName: 'hidden', user_hash: 'hidden', code: 5, n: 1.5, none: null }],
    };
    expect(createRedaction().json(original)).toEqual({
      Authorization: 'Basic ‹redacted›',
      cookie: 'sid=‹redacted›; lang=‹redacted›',
      'set-cookie': 'sid=‹redacted›; Path=/; HttpOnly\nb=‹redacted›',
      'x-api-key': '‹redacted›',
      'content-type': 'text/plain',
      nested: [{ sessionName: '‹redacted›', user_hash: '‹redacted›', code: 5, n: 1.5, none: null }],
    });
    expect(original.cookie).toBe('sid=one; lang=two');
  });

  it('with known secrets replaced in every string and key', () => {
    expect(knowing('h1dd3n-v4lue').json({ 'key h1dd3n-v4lue': ['x h1dd3n-v4lue'] })).toEqual({
      'key ‹redacted›': ['x ‹redacted›'],
    });
  });
});

it.each([
  '<input'.repeat(10_000),
  '"'.repeat(60_000),
  'a'.repeat(60_000),
  '\\"'.repeat(30_000),
  '://'.repeat(20_000),
  '&a'.repeat(30_000),
])('a text made to be slow is not slow (%#)', (text) => {
  const start = performance.now();
  createRedaction().text(text);
  expect(performance.now() - start).toBeLessThan(5000);
});
