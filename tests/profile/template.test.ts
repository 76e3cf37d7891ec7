import { describe, expect, it } from 'vitest';
import {
  checkTemplate,
  renderTemplate,
  renderValue,
  TemplateError,
  variablesOf,
} from '../../src/profile/template.ts';
import type { Json } from '../../src/profile/types.ts';

describe('a text that is exactly one expression', () => {
  it.each([[5], [true], [false], [null], [['a', 1]], [{ id: 5 }], ['text'], ['']])(
    'keeps the type of %j',
    (value) => {
      expect(renderTemplate('{{ value }}', { value })).toStrictEqual(value);
      expect(renderTemplate('{{value}}', { value })).toStrictEqual(value);
    },
  );

  it('gives text as soon as anything stands beside it', () => {
    expect(renderTemplate(' {{ value }}', { value: 5 })).toBe(' 5');
    expect(renderTemplate('{{ none }}{{ value }}', { none: '', value: 5 })).toBe('5');
    expect(renderTemplate('{% if value %}{{ value }}{% endif %}', { value: 5 })).toBe('5');
  });

  it('gives null where omit_empty found nothing, so that no sentinel escapes', () => {
    expect(renderTemplate('{{ value | omit_empty }}', { value: '' })).toBeNull();
  });
});

describe('text', () => {
  it('has nothing where a value is null', () => {
    expect(renderTemplate('a{{ value }}b', { value: null })).toBe('ab');
    expect(renderTemplate('a{{ value | omit_empty }}b', { value: null })).toBe('ab');
  });

  it('has dates in ISO 8601, whatever the machine', () => {
    expect(renderTemplate('at {{ value }}', { value: new Date(0) })).toBe('at 1970-01-01T00:00:00.000Z');
  });

  it('refuses a record instead of writing [object Object]', () => {
    expect(() => renderTemplate('a {{ value }}', { value: { id: 1 } })).toThrow(
      /record cannot stand inside text.*json/,
    );
    expect(() => renderTemplate('a {{ value }}', { value: [{ id: 1 }] })).toThrow(
      /list cannot stand inside text/,
    );
    expect(renderTemplate('a {{ value | json }}', { value: { id: 1 } })).toBe('a {"id":1}');
  });

  it('is left as it is without braces', () => {
    expect(renderTemplate('100 % { x } }}', {})).toBe('100 % { x } }}');
  });
});

describe('a URL', () => {
  const url = (text: string, variables: Record<string, unknown>) =>
    renderTemplate(text, variables, { escape: 'url' });

  it('has every output percent-encoded', () => {
    expect(url('/contacts?phone={{ p }}&q={{ q }}', { p: '+14155550123', q: 'a b/c&d' })).toBe(
      '/contacts?phone=%2B14155550123&q=a%20b%2Fc%26d',
    );
  });

  it('has an output that ends in raw as it is', () => {
    expect(url('/c?phone={{ p | raw }}', { p: '+14155550123' })).toBe('/c?phone=+14155550123');
  });

  it('is not encoded twice', () => {
    expect(url('/c/{{ p | url }}', { p: '+1' })).toBe('/c/%2B1');
    expect(url('/c/{{ p | url_encode }}', { p: '+1' })).toBe('/c/%2B1');
  });

  it('is always text', () => {
    expect(url('{{ n }}', { n: 5 })).toBe('5');
    expect(url('{{ n }}', { n: null })).toBe('');
    expect(url('{{ n | omit_empty }}', { n: '' })).toBe('');
  });

  it('encodes a phone number that a filter of another template did not', () => {
    expect(renderTemplate('{{ p | e164 }}!', { p: '+14155550123' })).toBe('+14155550123!');
    expect(url('{{ p | e164 }}!', { p: '+14155550123' })).toBe('%2B14155550123!');
  });
});

describe('a JSON value', () => {
  it('has every string rendered, in keys too, and everything else left alone', () => {
    const value: Json = {
      'field_{{ id }}': ['{{ id }}', 'no. {{ id }}', 7, null, true],
      deep: { x: '{{ list }}' },
    };
    expect(renderValue(value, { id: 5, list: [1] })).toStrictEqual({
      field_5: [5, 'no. 5', 7, null, true],
      deep: { x: [1] },
    });
  });

  it('loses the keys and elements to which omit_empty gave nothing, and no others', () => {
    const value: Json = {
      a: '{{ none | omit_empty }}',
      b: '{{ none }}',
      c: ['{{ empty | omit_empty }}', 'x', ''],
    };
    expect(renderValue(value, { none: null, empty: '' })).toStrictEqual({ b: null, c: ['x', ''] });
  });

  it('loses a key whose cast follows omit_empty', () => {
    expect(renderValue({ a: '{{ none | omit_empty | number }}' }, { none: '' })).toStrictEqual({});
  });

  it('keeps 0 and false when empty keys go', () => {
    const value: Json = { a: '{{ none }}', b: '', c: '{{ zero }}', d: '{{ no }}' };
    expect(renderValue(value, { none: null, zero: 0, no: false }, { omitEmpty: true })).toStrictEqual({
      c: 0,
      d: false,
    });
  });

  it('leaves out an object that loses all its keys, but neither an empty one nor the whole value', () => {
    const value: Json = { a: { b: '{{ none | omit_empty }}' }, c: {}, d: [{ e: '{{ none | omit_empty }}' }] };
    expect(renderValue(value, { none: '' })).toStrictEqual({ c: {}, d: [] });
    expect(renderValue({ a: '' }, {}, { omitEmpty: true })).toStrictEqual({});
  });

  it('cannot set the prototype of the result', () => {
    const value = renderValue({ '{{ key }}': { admin: true } }, { key: '__proto__' });
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(Reflect.get(value as object, 'admin')).toBeUndefined();
  });
});

describe('strictness', () => {
  const variables = { contact: { id: 5, name: 'Ada' }, list: [{ id: 1 }] };

  it.each([
    ['{{ contct.id }}', 'there is no variable `contct`; did you mean `contact`?'],
    [
      'x {{ contact.nmae | upcase }}',
      '{{ contact.nmae | upcase }}: `contact` has no `nmae`; did you mean `name`?',
    ],
    ['{{ contact.phone }}', 'expected `id` or `name`'],
    ['{% for item in list %}{{ item.nope }}{% endfor %}', '`item` has no `nope`'],
  ])('%s says what is undefined', (text, message) => {
    expect(() => renderTemplate(text, variables)).toThrow(TemplateError);
    expect(() => renderTemplate(text, variables)).toThrow(message);
  });

  it('tells where', () => {
    const failing = () => renderTemplate('one\n two {{ contact.phone }}', variables);
    expect(failing).toThrow(
      expect.objectContaining({
        details: { expression: '{{ contact.phone }}', variable: 'contact.phone', line: 2, column: 9 },
      }),
    );
  });

  it('lets default and if ask for what may be missing', () => {
    expect(renderTemplate("{{ contact.phone | default: 'none' }}", variables)).toBe('none');
    expect(renderTemplate('{% if contact.phone %}yes{% else %}no{% endif %}', variables)).toBe('no');
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('finds nothing at %s', (name) => {
    expect(() => renderTemplate(`{{ contact.${name} }}`, variables)).toThrow(/has no/);
    expect(() => renderTemplate(`{{ ${name} }}`, variables)).toThrow(/there is no variable/);
    expect(renderTemplate(`{{ contact['${name}'] | default: 'nothing' }}`, variables)).toBe('nothing');
  });

  it('names the expression in which a filter failed', () => {
    expect(() => renderTemplate('a {{ t | iso }}', { t: 'soon' })).toThrow(
      /^\{\{ t \| iso \}\}: “soon” is no time/,
    );
  });

  it('refuses a template with a syntax error when it is rendered', () => {
    expect(() => renderTemplate('{{ a | e614 }}', { a: 1 })).toThrow(/no filter `e614`; did you mean `e164`/);
    expect(() => renderTemplate('{{ a', { a: 1 })).toThrow(/never closed/);
  });

  it('refuses a loop of a hundred million rounds at once', () => {
    const before = performance.now();
    expect(() => renderTemplate('{% for i in (1..100000000) %}{{ i }}{% endfor %}', {})).toThrow(
      /too much work/,
    );
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('leaves the variables it is given unchanged', () => {
    const given = { n: 1 };
    renderTemplate('{% assign n = 2 %}{{ n }}', given);
    expect(given).toEqual({ n: 1 });
    expect(checkTemplate('{% increment n %}')?.message).toContain('not available');
  });

  it.each(['include', 'render', 'layout'])('has no %s tag, which would read files', (tag) => {
    expect(checkTemplate(`{% ${tag} 'x' %}`)?.message).toContain('not available');
    expect(() => renderTemplate(`{% ${tag} '/etc/passwd' %}`, {})).toThrow(TemplateError);
  });
});

describe('variablesOf', () => {
  it('finds what a template reads, with the place of each', () => {
    expect(variablesOf("x {{ contact.id | default: vars.none }}\n{{ captures['lead id'].0 }}")).toEqual([
      { path: ['contact', 'id'], line: 1, column: 6 },
      { path: ['vars', 'none'], line: 1, column: 28 },
      { path: ['captures', 'lead id', '0'], line: 2, column: 4 },
    ]);
  });

  it('reports every place of the same variable', () => {
    expect(variablesOf('{{ a }}{{ a }}').map(({ column }) => column)).toEqual([4, 11]);
  });

  it('gives null for a computed name, whose own variables count too', () => {
    expect(variablesOf('{{ vars[type].x }}').map(({ path }) => path)).toEqual([
      ['vars', null, 'x'],
      ['type'],
    ]);
  });

  it('leaves out what the template itself sets', () => {
    const text =
      '{% assign a = b.c %}{{ a.x }}{% for item in list %}{{ item.id }}{{ forloop.index }}{% endfor %}';
    expect(variablesOf(text).map(({ path }) => path.join('.'))).toEqual(['b.c', 'list']);
  });

  it('finds none in plain text or in a broken template', () => {
    expect(variablesOf('plain')).toEqual([]);
    expect(variablesOf('{{ a')).toEqual([]);
  });
});

describe('checkTemplate', () => {
  it.each([
    'plain',
    '{{ a }}',
    "{{ a.b | split: ',' | first }}",
    '{% if a == 1 and b %}x{% endif %}',
    '{{ not a or b }}',
  ])('accepts %s', (text) => {
    expect(checkTemplate(text)).toBeNull();
  });

  it.each([
    ['{{ a | e614 }}', 'there is no filter `e614`', 1, 8],
    ['x\n {{ a | json\n | foo }}', 'there is no filter `foo`', 3, 4],
    ['{{ a', 'never closed by `}}`', 1, 1],
    ['{{ }}', 'a value is missing', 1, 4],
    ['{{ a b }}', 'two values stand side by side', 1, 6],
    ['{{ a || b }}', 'name of a filter is missing', 1, 7],
    ['{{ a | split "," }}', 'a colon is missing', 1, 14],
    ['{% if a = b %}x{% endif %}', 'no operator', 1, 10],
    ['{% if a %}x', 'never closed by `{% endif %}`', 1, 1],
    ['{% endif %}', 'belongs to no open tag', 1, 1],
    ['{% fro a in b %}', 'there is no tag', 1, 1],
  ])('says of %j what and where', (text, message, line, column) => {
    expect(checkTemplate(text)).toMatchObject({ message: expect.stringContaining(message), line, column });
  });

  it('suggests the filter that was probably meant', () => {
    expect(checkTemplate('{{ a | omit_emtpy }}')?.hint).toBe('did you mean `omit_empty`?');
    expect(checkTemplate('{{ a | signifcant }}')?.hint).toBe('did you mean `significant`?');
  });
});
