import { describe, expect, it } from 'vitest';
import { renderRequest } from '../../src/operation/render.ts';
import { parseProfile } from '../../src/profile/load.ts';
import type { Step } from '../../src/profile/types.ts';

const variables = {
  captures: {
    none: null,
    empty: '',
    zero: 0,
    no: false,
    seven: 7,
    text: 'a&b=c d+é',
    list: ['x', 'y z'],
    record: { a: 1 },
  },
  vars: { map: { Inbound: 'I', Outbound: { code: 'O' } }, big: '900719925474099312' },
  callLog: { direction: 'Inbound', duration: 59 },
  startTime: '2026-03-29T00:59:59.500Z',
  region: 'GB',
};

/** The request of one step, as it goes over the wire. */
async function rendered(step: string, given: Record<string, unknown> = variables) {
  const text = `crmReady: 1
meta: { name: test }
auth: { type: none }
vars: { map: {}, big: "1" }
hosts: { other: https://other.example.com/base }
requestDefaults: { baseUrl: https://api.example.com/v1, defaultHeaders: { Accept: text/plain, X-All: all } }
operations:
  createCallLog:
    steps:
      - { url: /before, captures: { none: a, empty: a, zero: a, no: a, seven: a, text: a, list: a, record: a } }
      - ${step}
`;
  const profile = await parseProfile(text, 'test.yaml', { env: {} });
  const operation = profile.operations.createCallLog;
  const last: Step | undefined = operation?.kind === 'sequence' ? operation.steps[1] : undefined;
  if (!last) throw new Error('the step is missing');
  return renderRequest(profile, last, given, false);
}

const bodyOf = async (body: string, more = '') => {
  const request = await rendered(`{ method: POST, url: /a, body: ${body}${more} }`);
  return request.body;
};

describe('a value in JSON', () => {
  it.each([
    ['7', '7'],
    ['1.50', '1.5'],
    ['true', 'true'],
    ['null', 'null'],
    ['"7"', '"7"'],
    ['"{{ captures.seven }}"', '7'],
    ['"{{ captures.seven | string }}"', '"7"'],
    ['"{{ captures.seven }} "', '"7 "'],
    ['"{{ captures.zero }}"', '0'],
    ['"{{ captures.no }}"', 'false'],
    ['"{{ captures.none }}"', 'null'],
    ['"{{ captures.list }}"', '["x","y z"]'],
    ['"{{ captures.record }}"', '{"a":1}'],
    ['"{{ captures.record | json }}"', '"{\\"a\\":1}"'],
    ['"{{ \'12\' | number }}"', '12'],
    ['"{{ captures.empty | number }}"', 'null'],
    ['"{{ \'yes\' | boolean }}"', 'true'],
    ['"{{ callLog.duration | minutes_up }}"', '1'],
    ['"{{ vars.map[callLog.direction] }}"', '"I"'],
    ['"{% if callLog.direction == \'Inbound\' %}in{% else %}out{% endif %}"', '"in"'],
    ['"{{ captures.none | default: 4 }}"', '4'],
  ])('%s becomes %s', async (written, expected) => {
    expect(await bodyOf(`{ v: ${written} }`)).toBe(`{"v":${expected}}`);
  });

  it('may be the whole body: a list, or a text of one expression', async () => {
    expect(await bodyOf('[1, "{{ captures.seven }}"]')).toBe('[1,7]');
    expect(await bodyOf('"{{ captures.record }}"')).toBe('{"a":1}');
  });
});

describe('nothing', () => {
  it('is left out where one value asks for it', async () => {
    expect(
      await bodyOf(
        '{ a: "{{ captures.none | omit_empty }}", b: "{{ captures.empty | omit_empty }}", c: "", d: "{{ captures.zero | omit_empty }}" }',
      ),
    ).toBe('{"c":"","d":0}');
  });

  it('is left out everywhere where the request asks for it', async () => {
    const step =
      '{ method: POST, url: /a, omitEmpty: true, query: { a: "", b: "{{ captures.none }}", c: 0 }, body: { d: "", e: { f: null }, g: false } }';
    const { url, body } = await rendered(step);
    expect([url, body]).toEqual(['https://api.example.com/v1/a?c=0', '{"g":false}']);
  });

  it('is an empty value in a query and a form that do not ask for it', async () => {
    expect((await rendered('{ url: /a, query: { a: "{{ captures.none }}", b: null } }')).url).toBe(
      'https://api.example.com/v1/a?a=&b=',
    );
    expect(await bodyOf('{ a: "{{ captures.none }}" }', ', bodyType: form')).toBe('a=');
  });

  it('is no header at all', async () => {
    const { headers } = await rendered(
      '{ url: /a, headers: { X-None: "{{ captures.none }}", X-Empty: "", X-All: "{{ captures.empty | omit_empty }}" } }',
    );
    expect(headers).toEqual({ accept: 'text/plain', 'x-empty': '' });
  });
});

describe('a URL', () => {
  it.each([
    ['/a', 'https://api.example.com/v1/a'],
    ['a', 'https://api.example.com/v1/a'],
    ['"?a=1"', 'https://api.example.com/v1?a=1'],
    ['https://third.example.com/x', 'https://third.example.com/x'],
    ['"/{{ captures.text }}"', 'https://api.example.com/v1/a%26b%3Dc%20d%2B%C3%A9'],
    ['"/{{ captures.text | raw }}"', 'https://api.example.com/v1/a&b=c d+é'],
    ['"/{{ captures.text | url }}"', 'https://api.example.com/v1/a%26b%3Dc%20d%2B%C3%A9'],
    ['"/{{ captures.zero }}"', 'https://api.example.com/v1/0'],
  ])('%s becomes %s', async (written, expected) => {
    expect((await rendered(`{ url: ${written} }`)).url).toBe(expected);
  });

  it('takes the base of another host, and a query beside its own', async () => {
    const { url } = await rendered(
      '{ url: "/a?b=1", host: other, query: { "c[d]": ["{{ captures.text }}", 2, true], e: [] } }',
    );
    expect(url).toBe(
      'https://other.example.com/base/a?b=1&c%5Bd%5D=a%26b%3Dc%20d%2B%C3%A9&c%5Bd%5D=2&c%5Bd%5D=true',
    );
  });

  it('survives half of an emoji in its query', async () => {
    const given = { ...variables, captures: { ...variables.captures, text: 'a\ud83d' } };
    const { url } = await rendered('{ url: /a, query: { q: "{{ captures.text }}" } }', given);
    expect(url).toBe('https://api.example.com/v1/a?q=a%EF%BF%BD');
  });
});

describe('a body', () => {
  it('repeats the key of a list in a form, and puts records there as JSON', async () => {
    const { body, headers } = await rendered(
      '{ method: POST, url: /a, bodyType: form, body: { k: ["x y", "{{ captures.text }}"], r: "{{ captures.record }}" } }',
    );
    expect(body).toBe('k=x+y&k=a%26b%3Dc+d%2B%C3%A9&r=%7B%22a%22%3A1%7D');
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it.each([
    ['"plain {{ captures.seven }}"', '', 'text/plain; charset=utf-8', 'plain 7'],
    [
      '"<a>{{ captures.text | xml }}</a>"',
      ', bodyType: xml',
      'application/xml; charset=utf-8',
      '<a>a&amp;b=c d+é</a>',
    ],
    [
      '"a=1&b={{ captures.text | url }}"',
      ', bodyType: form',
      'application/x-www-form-urlencoded',
      'a=1&b=a%26b%3Dc%20d%2B%C3%A9',
    ],
    ['"{{ captures.seven }}"', ', bodyType: json', 'application/json', '7'],
    [
      '{ a: 1 }',
      ', bodyType: json, headers: { content-type: application/vnd.api+json }',
      'application/vnd.api+json',
      '{"a":1}',
    ],
  ])('%s%s goes as %s', async (body, more, type, expected) => {
    const request = await rendered(`{ method: POST, url: /a, body: ${body}${more} }`);
    expect([request.headers['content-type'], request.body]).toEqual([type, expected]);
  });

  it('is none where the request says so', async () => {
    expect(await rendered('{ method: POST, url: /a, bodyType: none, body: { a: 1 } }')).not.toHaveProperty(
      'body',
    );
  });
});

describe('a time', () => {
  it.each([
    ['startTime | iso', '"2026-03-29T00:59:59Z"'],
    ["startTime | iso: 'ms'", '"2026-03-29T00:59:59.500Z"'],
    ['startTime | epoch', '1774745999'],
    ['startTime | epoch_ms', '1774745999500'],
    ['startTime | date', '"2026-03-29"'],
    ["startTime | in_zone: 'Europe/London' | time: 'HH:mm'", '"00:59"'],
    // A second later summer time begins there.
    ["startTime | plus_seconds: 1 | in_zone: 'Europe/London' | sql_datetime", '"2026-03-29 02:00:00"'],
    ["startTime | in_zone: '-03:00'", '"2026-03-28T21:59:59-03:00"'],
    ["startTime | in_zone: 'Asia/Tokyo' | date: '%d/%m/%Y %I:%M %p'", '"29/03/2026 09:59 AM"'],
    ['callLog.duration | hhmm', '"00:01"'],
    ['callLog.duration | hhmmss', '"00:00:59"'],
    ['callLog.duration | mmss', '"00:59"'],
    ['captures.none | date', 'null'],
  ])('{{ %s }} is %s', async (expression, expected) => {
    expect(await bodyOf(`{ v: "{{ ${expression} }}" }`)).toBe(`{"v":${expected}}`);
  });
});

describe('a phone number', () => {
  const given = { ...variables, captures: { ...variables.captures, text: '+442079460123' } };
  it.each([
    ['e164', '+442079460123'],
    ['digits', '442079460123'],
    ['significant', '2079460123'],
    ['national', '020 7946 0123'],
    ['trunk', '02079460123'],
    ['international', '+44 20 7946 0123'],
    ['country_code', '44'],
    ["mask: '(0##) #### ####'", '(020) 7946 0123'],
    ["e164 | remove_first: '+'", '442079460123'],
    ["e164 | replace: '+', '00'", '00442079460123'],
  ])('| %s is %s', async (filter, expected) => {
    const { headers } = await rendered(
      `{ url: /a, headers: { X: "{{ captures.text | ${filter} }}" } }`,
      given,
    );
    expect(headers.x).toBe(expected);
  });
});
