import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../../src/reporters/html/curl.ts';
import { tellingExchanges } from '../../../src/reporters/html/telling.ts';
import { visible } from '../../../src/reporters/html/text.ts';
import { layOut, timelineWidth } from '../../../src/reporters/html/timeline-layout.ts';
import { requestIdOf } from '../../../src/reporters/vendor/request-id.ts';
import { check, exchange } from '../sample.ts';

const start = Date.parse('2026-03-04T09:15:00.000Z');

/** An exchange that starts so many milliseconds into the run. */
function at(id: number, ms: number, totalMs: number, path = '/me', status = 200): Exchange {
  return {
    ...exchange,
    id,
    intent: 'getUserInfo',
    startedAt: new Date(start + ms).toISOString(),
    request: { method: 'GET', url: `https://api.acme.example${path}`, headers: {} },
    response: { status, headers: {}, body: '' },
    timing: { dnsMs: null, connectMs: null, firstByteMs: null, totalMs },
  };
}

describe('the timeline', () => {
  test('puts requests that are under way together below each other, others side by side', () => {
    const { bars, lanes } = layOut([at(1, 0, 100), at(2, 50, 100), at(3, 100, 50)]);
    expect(bars.map(({ lane }) => lane)).toEqual([0, 1, 0]);
    expect(lanes).toBe(2);
  });

  test('draws a long pause short, and tells how long it was', () => {
    const { bars, pauses } = layOut([at(1, 0, 100), at(2, 60_100, 100)]);
    expect(pauses).toMatchObject([{ ms: 60_000 }]);
    expect((bars[1]?.x ?? 0) - (bars[0]?.width ?? 0)).toBeLessThan(30);
  });

  test('fits 300 requests, and one', () => {
    for (const count of [1, 300]) {
      const { bars, lanes, ticks } = layOut(
        Array.from({ length: count }, (_, index) => at(index + 1, index * 40, 200)),
      );
      expect(bars).toHaveLength(count);
      expect(lanes).toBeLessThanOrEqual(6);
      for (const { x, width } of bars) expect(x + width).toBeLessThanOrEqual(timelineWidth + 2);
      for (const [index, { x }] of ticks.entries())
        expect(x - (ticks[index - 1]?.x ?? -100)).toBeGreaterThanOrEqual(60);
    }
  });

  test('survives dates that are none, and a crowd', () => {
    expect(layOut([{ ...at(1, 0, 1), startedAt: 'yesterday' }]).bars).toEqual([]);
    expect(layOut(Array.from({ length: 100 }, (_, id) => at(id, 0, 1000))).lanes).toBeLessThanOrEqual(12);
  });
});

describe('the exchanges that show a finding best', () => {
  const among = (exchanges: Exchange[], said: Parameters<typeof check>[1] = {}) =>
    tellingExchanges(
      check('user.name', { ...said, exchanges: exchanges.map(({ id }) => id) }),
      new Map(exchanges.map((each) => [each.id, each])),
    ).map(({ id }) => id);

  test('are all of them where they are few', () => {
    expect(among([at(1, 0, 1), at(2, 0, 1)])).toEqual([1, 2]);
  });

  test('are the last of a poll', () => {
    expect(among([1, 2, 3, 4, 5, 6, 7].map((id) => at(id, id, 1)))).toEqual([7]);
  });

  test('are those with the status that the finding names, and no mere redirects', () => {
    const login = [0, 1, 2, 3].map((id) => at(id, id, 1, `/login/${id}`, 303));
    const tokens = [at(4, 4, 1, '/token?a', 400), at(5, 5, 1, '/token?b', 400), at(6, 6, 1, '/token', 200)];
    expect(among([...login, ...tokens], { observed: '400 invalid_request' })).toEqual([4]);
    expect(among([...login, ...tokens])).toEqual([4, 6]);
  });

  test('are those on which it was judged, and none that merely has the same status', () => {
    const search = at(1, 0, 1, '/contacts?phone=%2B14155550101');
    const logout = at(2, 1, 1, '/revoke');
    const polls = [3, 4, 5, 6, 7].map((id) => at(id, id, 1));
    const facts = { logout: { exchange: 2 }, last: { status: 200, exchange: 7 } };
    const observed = 'HTTP 200 after 60 s';
    expect(among([search, logout, ...polls], { observed, facts })).toEqual([2, 7]);
    // A report of an older version does not name the logout.
    expect(among([search, logout, ...polls], { observed, facts: { last: facts.last } })).toEqual([7]);
  });

  test('are, where the finding names neither status nor number, what came of the first that was judged', () => {
    const before = [1, 2, 3].map((id) => at(id, id, 1, `/before/${id}`));
    const creations = [4, 5].map((id) => at(id, id, 1, '/contacts'));
    const searches = [6, 7].map((id) => at(id, id, 1, `/search?name=${id}`));
    const facts = { names: [{ answer: { exchange: 4 } }, { answer: { exchange: 5 } }] };
    expect(among([...before, ...creations, ...searches], { observed: 'cut', facts })).toEqual([5, 6]);
  });

  test('are those that ask for a number that was not found', () => {
    const searches = ['101', '102', '103', '104', '105', '106', '107'].map((end, index) =>
      at(index + 1, 0, 1, `/contacts?phone=%2B14155550${end}`),
    );
    const matrix = {
      stored: [
        { format: 'e164', text: '+14155550101', e164: '+14155550101' },
        { format: 'national', text: '(415) 555-0103', e164: '+14155550103' },
      ],
      queried: [{ format: 'e164', label: 'E.164' }],
      cells: [['hit'], ['miss']],
    };
    expect(among(searches, { facts: { matrix } })).toEqual([3]);
    expect(among(searches, { observed: 'no +14155550104' })).toEqual([4]);
  });
});

describe('a text on a page', () => {
  test('shows what cannot be seen, and keeps lines, tabs and emoji', () => {
    expect(visible('a\u202Eb\u0000\u001b[2J\u{E0041}')).toBe('a\\u{202E}b\\u{0}\\u{1B}[2J\\u{E0041}');
    expect(visible('one\r\ntwo\tthree 👩‍💻')).toBe('one\ntwo\tthree 👩‍💻');
    expect(visible(`a${'\u0301'.repeat(50)}`)).toBe(`a${'\u0301'.repeat(4)}`);
  });

  test('is cut with a word', () => {
    expect(visible('x'.repeat(5000), 10)).toBe(`${'x'.repeat(10)}… (4,990 more characters)`);
  });
});

describe('the request id of a CRM', () => {
  test.each([
    'x-request-id',
    'Request-Id',
    'x-hubspot-correlation-id',
    'cf-ray',
    'x-amzn-requestid',
    'traceparent',
  ])('%s is one', (name) => {
    const answered = { ...exchange, response: { status: 200, headers: { [name]: 'abc' }, body: '' } };
    expect(requestIdOf(answered)).toEqual({ name, value: 'abc' });
  });

  test.each(['x-client-id', 'etag', 'x-session-id'])('%s is none', (name) => {
    const answered = { ...exchange, response: { status: 200, headers: { [name]: 'abc' }, body: '' } };
    expect(requestIdOf(answered)).toBeNull();
  });
});
