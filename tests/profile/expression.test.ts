import { describe, expect, it } from 'vitest';
import { checkExpression, evaluate, evaluateStrict, nearestPaths } from '../../src/profile/expression.ts';

const answer = {
  status: 201,
  headers: { location: 'https://crm.example/contacts/42', 'x-total': '7' },
  body: {
    id: 5,
    name: null,
    first: 'Ada',
    last: 'Lovelace',
    'first-name': 'Ada',
    list: [
      { id: 1, type: 'home' },
      { id: 2, type: 'work' },
    ],
    byId: { a: { n: 1 } },
  },
};

describe('evaluate', () => {
  it.each([
    ['body.id', 5],
    ['status', 201],
    ['body.list[1].id', 2],
    ['body.list[].id', [1, 2]],
    ["body.list[?type == 'work'].id | [0]", 2],
    ['body.nick || body.first', 'Ada'],
    ["join(' ', [body.first, body.last])", 'Ada Lovelace'],
    ['body."first-name"', 'Ada'],
    ['headers."x-total"', '7'],
    ['body.byId.* | [0].n', 1],
    ['status == `201`', true],
  ])('%s', (path, expected) => {
    expect(evaluate(path, answer)).toEqual(expected);
  });

  it.each(['body.nothing', 'body.name', 'body.list[9].id', 'a.b.c'])(
    'gives null at %s, where nothing is',
    (path) => {
      expect(evaluate(path, answer)).toBeNull();
    },
  );

  it('gives null of an answer that is no record', () => {
    for (const root of [null, undefined, 'text', 5]) expect(evaluate('body.id', root)).toBeNull();
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'finds nothing at %s, which the answer only inherits',
    (name) => {
      expect(evaluate(`body.${name}`, answer)).toBeNull();
      expect(evaluate(`body.list[0].${name}`, answer)).toBeNull();
    },
  );

  it('still finds a key of such a name that the answer really has', () => {
    expect(evaluate('body.constructor', { body: { constructor: 'Brunel' } })).toBe('Brunel');
  });
});

describe('evaluate with a regular expression', () => {
  it('gives the first group, or the whole match without groups', () => {
    expect(evaluate({ path: 'headers.location', regex: '/(\\d+)$' }, answer)).toBe('42');
    expect(evaluate({ path: 'headers.location', regex: '\\d+$' }, answer)).toBe('42');
    expect(evaluate({ path: 'status', regex: '^2' }, answer)).toBe('2');
  });

  it('gives null without a match, without the group, and without text', () => {
    expect(evaluate({ path: 'headers.location', regex: 'lead/(\\d+)' }, answer)).toBeNull();
    expect(evaluate({ path: 'headers.location', regex: 'contacts|(lead)' }, answer)).toBeNull();
    expect(evaluate({ path: 'headers.nothing', regex: '.*' }, answer)).toBeNull();
    expect(evaluate({ path: 'body', regex: '.*' }, answer)).toBeNull();
  });
});

describe('evaluateStrict', () => {
  it('tells nothing there from a function that was given the wrong type', () => {
    expect(evaluateStrict('body.nothing', answer)).toEqual({ value: null });
    expect(evaluateStrict('length(status)', answer)).toEqual({
      problem: expect.stringContaining('length(status)'),
    });
    expect(evaluate('length(status)', answer)).toBeNull();
  });

  it('names a regular expression that was given a record', () => {
    expect(evaluateStrict({ path: 'body', regex: 'x' }, answer)).toEqual({
      problem: expect.stringContaining('a record'),
    });
  });
});

describe('checkExpression', () => {
  it.each([
    'body.id',
    'body."first-name"',
    '$.body.id',
    '[0].id',
    'body.total - body.fee',
    'let $x = body in $x.id',
    "body.list[?type == 'a-b']",
    'sort_by(body.list, &id)[0]',
  ])('accepts %s', (path) => {
    expect(checkExpression(path)).toBeNull();
  });

  it.each([
    ['body.first-name', /character 11.*quoted: `"first-name"`/],
    ['body.$id', /character 6.*quoted: `"\$id"`/],
    ['$id', /variable that nothing sets.*quoted: `"\$id"`/],
    ['body.o:errorDetails', /character 7.*quoted: `"o:errorDetails"`/],
    ['body.@odata.id', /quoted: `"@odata.id"`/],
    ['body.phone-1', /quoted: `"phone-1"`/],
    ['body.items.0.id', /character 12.*`body\.items\[0\]`/],
    ["body['id']", /character 6.*written `\."id"`/],
    ['body["id"]', /written `\."id"`/],
    ['body..id', /`\.` is not expected here \(character 6\)/],
    ['body.x y', /`y` is not expected here \(character 8\)/],
    ['body.', /ends too early/],
    ['(body.x', /ends too early/],
    ['body."x', /quotation mark is never closed \(character 6\)/],
    ["body.x == 'a", /quotation mark is never closed \(character 11\)/],
    ["body[?a = 'b']", /`=` does not compare \(character 9\); write `==`/],
    ['!body.errors', /`!` takes only the next key \(character 1\); write `!\(…\)`/],
    ['lenght(body)', /no function `lenght` \(character 1\); did you mean `length`\?/],
    [' ', /empty/],
  ])('says of %s what is wrong and where', (path, message) => {
    expect(checkExpression(path)).toMatch(message);
  });

  it('checks the regular expression too', () => {
    expect(checkExpression({ path: 'body.id', regex: '(\\d+)' })).toBeNull();
    expect(checkExpression({ path: 'body.id', regex: '(' })).toMatch(
      /`\(` is no regular expression: unterminated group/,
    );
    expect(checkExpression({ path: 'body..id', regex: '.' })).toMatch(/not expected/);
  });
});

describe('nearestPaths', () => {
  it('finds the same last key elsewhere, the nearest place first', () => {
    const root = { status: 200, body: { data: { id: 1, contact_id: 4 }, items: [{ id: 2 }] } };
    expect(nearestPaths(root, 'body.id')).toEqual([
      'body.data.id',
      'body.items[0].id',
      'body.data.contact_id',
    ]);
    expect(nearestPaths(root, 'body.id', { limit: 1 })).toEqual(['body.data.id']);
  });

  it('finds other spellings, and quotes odd keys', () => {
    expect(nearestPaths({ body: [{ 'first-name': 'Ada' }] }, 'body[0].firstName')).toEqual([
      'body[0]."first-name"',
    ]);
    expect(nearestPaths({ body: { fristname: 'Ada' } }, 'body.firstname')).toEqual(['body.fristname']);
  });

  it('finds a list for a path to a list', () => {
    expect(nearestPaths({ body: { data: { results: [] } } }, 'body.results')).toEqual(['body.data.results']);
  });

  it('prefers a place that shares the other keys', () => {
    const root = { body: { owner: { id: 1 }, contact: { data: { id: 2 } } } };
    expect(nearestPaths(root, 'body.contact.id', { limit: 1 })).toEqual(['body.contact.data.id']);
  });

  it('finds nothing where nothing is alike', () => {
    expect(nearestPaths({ body: { ok: true } }, 'body.contact')).toEqual([]);
    expect(nearestPaths(null, 'body.id')).toEqual([]);
    expect(nearestPaths({ body: {} }, '@')).toEqual([]);
  });

  it('is quick on a large answer', () => {
    const root = {
      body: Array.from({ length: 20 }, (_, n) =>
        Object.fromEntries(Array.from({ length: 5_000 }, (_v, k) => [`k${n}${k}`, k])),
      ),
    };
    const before = performance.now();
    nearestPaths(root, 'body.id');
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
