import { describe, expect, it } from 'vitest';
import { clip, columns, padEnd, wrap } from '../../src/reporters/console/wrap.ts';
import { inert } from '../../src/reporters/inert.ts';

describe('columns', () => {
  it.each([
    ['abc', 3],
    ['Zoë', 3],
    ['e\u0301', 1],
    ['日本', 4],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['✓ ●○', 4],
  ])('%s takes %i', (text, expected) => {
    expect(columns(text)).toBe(expected);
  });
});

describe('wrap', () => {
  it('breaks at blanks', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  it('breaks a word that is longer than a line, but never an id', () => {
    expect(wrap('see https://a.example/long oauth.bad-client-refused', 12)).toEqual([
      'see',
      'https://a.ex',
      'ample/long',
      'oauth.bad-client-refused',
    ]);
  });

  it('counts wide letters', () => {
    expect(wrap('日本語 日本語 日本語', 13)).toEqual(['日本語 日本語', '日本語']);
    expect(padEnd('日本', 6)).toBe('日本  ');
    expect(clip('日本語日本語', 8, '…')).toBe('日本語…');
  });

  it('gives one line for nothing', () => {
    expect(wrap('', 20)).toEqual(['']);
  });
});

describe('inert', () => {
  it.each([
    ['an escape sequence', 'a\u001b[31mb\u001b[0m', 'ab'],
    ['a window title', 'a\u001b]0;title\u0007b', 'ab'],
    ['a C1 control sequence', 'a\u009b2Jb', 'ab'],
    ['a lone escape', 'a\u001b', 'a'],
    ['line breaks and tabs', 'a\r\n\tb\u2028c', 'a b c'],
    ['an override of direction', 'a\u202Eb\u2069c', 'abc'],
    ['a half of a surrogate pair', 'a\uD800b', 'a\uFFFDb'],
    ['a heap of combining marks', `a${'\u0301'.repeat(50)}`, `a${'\u0301'.repeat(4)}`],
  ])('takes away %s', (_, text, expected) => {
    expect(inert(text)).toBe(expected);
  });

  it('keeps names in every script, and emoji', () => {
    for (const name of ['Zoë', 'דנה', '日本', 'नमस्ते', '👩‍👩‍👧']) expect(inert(name)).toBe(name);
  });

  it('clips', () => {
    expect(inert('abcdef', 4)).toBe('abc…');
    expect(inert('abcd', 4)).toBe('abcd');
  });
});
