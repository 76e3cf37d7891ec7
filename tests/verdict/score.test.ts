import { describe, expect, it } from 'vitest';
import type { ItemId, Level, Verdict } from '../../src/report/types.ts';
import { earnedShare, itemWeights, scoreItems, scoreOverall, weightOf } from '../../src/verdict/score.ts';
import { allIds, check, checks, checksWithApiKey, type Said } from '../reporters/sample.ts';

describe('weightOf', () => {
  it.each<[string, Level, number]>([
    ['oauth.authorize', 'must', 3],
    ['oauth.pkce', 'should', 1],
    ['oauth.metadata', 'info', 0],
    ['lookup.any-format', 'should', 9],
    ['auth.alternative', 'must', 12],
  ])('%s, a %s, weighs %i', (id, level, weight) => {
    expect(weightOf(id, level)).toBe(weight);
  });

  it('gives the items 100 together', () => {
    expect(Object.values<number>(itemWeights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
  });
});

describe('earnedShare', () => {
  it.each<[Level, Verdict, number | undefined, number | null]>([
    ['must', 'pass', undefined, 1],
    ['should', 'pass', undefined, 1],
    ['should', 'pass', 0.5, 1],
    ['must', 'warn', undefined, 0.5],
    ['should', 'warn', undefined, 0],
    ['should', 'warn', 0.25, 0.25],
    ['must', 'warn', 0.75, 0.75],
    ['should', 'warn', 0, 0],
    ['should', 'warn', 3, 1],
    ['should', 'warn', Number.NaN, 0],
    ['must', 'fail', undefined, 0],
    ['must', 'fail', 0.5, 0],
    ['must', 'blocked', undefined, null],
    ['must', 'not-described', undefined, null],
    ['should', 'inconclusive', 0.5, null],
    ['must', 'not-applicable', undefined, null],
    ['must', 'waived', undefined, null],
  ])('a %s with %s and share %s earns %s', (level, verdict, share, expected) => {
    expect(earnedShare(level, share === undefined ? { verdict } : { verdict, share })).toBe(expected);
  });
});

function itemOf(id: ItemId, said: Record<string, Said>) {
  const item = scoreItems(checks(said)).find((other) => other.id === id);
  return { score: item?.score, measured: item?.measuredPercent, weight: item?.weight };
}

describe('scoreItems', () => {
  it('keeps the order and titles of the checklist', () => {
    expect(scoreItems(checks()).map((item) => item.title)).toEqual([
      'OAuth 2.0',
      'Log out',
      'Keep activity records',
      'Find by phone number',
      'Create a contact',
      'Name of the user',
      'Beyond the six',
    ]);
  });

  // Log out weighs 3 + 3 + 3 + 1 + 1 = 11; the name of the user 3 + 3 + 3 + 1 = 10, and 0 for the time zone.
  it.each<[string, ItemId, Record<string, Said>, number | null, number, number]>([
    ['all is met', 'logout', {}, 100, 100, 10],
    ['a must fails', 'current-user', { 'user.name': { verdict: 'fail' } }, 70, 100, 10],
    ['a must is met with a loss', 'current-user', { 'user.name': { verdict: 'warn' } }, 85, 100, 10],
    ['a should is missed', 'current-user', { 'user.get-body': { verdict: 'warn' } }, 90, 100, 10],
    ['a must is not measured', 'current-user', { 'user.name': { verdict: 'inconclusive' } }, 100, 70, 10],
    [
      'one fails and another is not measured',
      'current-user',
      { 'user.name': { verdict: 'fail' }, 'user.id': { verdict: 'blocked' } },
      57,
      70,
      10,
    ],
    [
      'a must is not applicable',
      'logout',
      { 'logout.endpoint': { verdict: 'not-applicable' } },
      100,
      100,
      10,
    ],
    [
      'a must is waived and another fails',
      'logout',
      { 'logout.endpoint': { verdict: 'waived' }, 'logout.access-dead': { verdict: 'fail' } },
      63,
      100,
      10,
    ],
    [
      'information is missing',
      'current-user',
      { 'user.timezone': { verdict: 'inconclusive' } },
      100,
      100,
      10,
    ],
    ['information is bad', 'current-user', { 'user.timezone': { verdict: 'fail' } }, 100, 100, 10],
    [
      'a third of the formats is found',
      'phone-lookup',
      { 'lookup.any-format': { verdict: 'warn', share: 1 / 3 } },
      79,
      100,
      25,
    ],
  ])('where %s', (_, id, said, score, measured, weight) => {
    expect(itemOf(id, said)).toEqual({ score, measured, weight });
  });

  it('lets an item drop out when all of it is out', () => {
    expect(itemOf('logout', allOf('logout.', 'not-applicable'))).toEqual({
      score: null,
      measured: 0,
      weight: 0,
    });
  });

  it('keeps the weight of an item of which nothing was measured', () => {
    expect(itemOf('logout', allOf('logout.', 'blocked'))).toEqual({ score: null, measured: 0, weight: 10 });
  });

  it('weighs auth.alternative like the rows that it replaces', () => {
    const [oauth] = scoreItems(checksWithApiKey());
    // auth.alternative 6 of 12, and 3 + 3 + 3 + 1.
    expect(oauth?.score).toBe(Math.round((16 / 22) * 100));
  });
});

function allOf(prefix: string, verdict: Verdict): Record<string, Said> {
  return Object.fromEntries(allIds.filter((id) => id.startsWith(prefix)).map((id) => [id, { verdict }]));
}

describe('scoreOverall', () => {
  it.each<[string, Record<string, Said>, number | null, number]>([
    ['all is met', {}, 100, 100],
    ['nothing is met', allOf('', 'fail'), 0, 100],
    ['nothing is measured', allOf('', 'inconclusive'), null, 0],
    ['everything is out', allOf('', 'waived'), null, 0],
    // 10 × 3/10 of 100.
    ['a must of a light item fails', { 'user.name': { verdict: 'fail' } }, 97, 100],
    // 25 × 9/29 of 100.
    ['no other format is found', { 'lookup.any-format': { verdict: 'warn', share: 0 } }, 92, 100],
    ['an item fails', allOf('contact.', 'fail'), 90, 100],
    ['an item is not measured', allOf('contact.', 'blocked'), 100, 90],
    ['an item is out', allOf('contact.', 'not-applicable'), 100, 100],
    // 10 of 90 is lost.
    [
      'one item is out and another fails',
      { ...allOf('contact.', 'waived'), ...allOf('user.', 'fail') },
      89,
      100,
    ],
    // 10 of 90 is lost, 90 of 100 is measured.
    [
      'one item is open and another fails',
      { ...allOf('contact.', 'blocked'), ...allOf('user.', 'fail') },
      89,
      90,
    ],
  ])('where %s', (_, said, score, measuredPercent) => {
    expect(scoreOverall(checks(said))).toEqual({ score, measuredPercent });
  });

  it('counts an item that was left out as not measured', () => {
    const lookups = checks().filter((result) => result.item === 'phone-lookup');
    expect(scoreOverall(lookups)).toEqual({ score: 100, measuredPercent: 25 });
  });

  it('does not let a single piece of information stand for its item', () => {
    expect(scoreOverall([check('lookup.speed')])).toEqual({ score: null, measuredPercent: 0 });
  });

  it('never shows 100 when something was lost, nor 0 when something was earned', () => {
    const almost = { 'lookup.any-format': { verdict: 'warn', share: 0.999 } } as const;
    expect(scoreOverall(checks(almost)).score).toBe(99);
    const hardly = { ...allOf('', 'fail'), 'logout.repeatable': { verdict: 'warn', share: 0.01 } } as const;
    expect(scoreOverall(checks(hardly)).score).toBe(1);
  });

  it('never shows 100 % when something is open, nor 0 % when something was measured', () => {
    expect(scoreOverall(checks({ 'oauth.pkce': { verdict: 'blocked' } })).measuredPercent).toBe(99);
    const hardly = { ...allOf('', 'blocked'), 'oauth.pkce': { verdict: 'pass' } } as const;
    expect(scoreOverall(checks(hardly)).measuredPercent).toBe(1);
  });
});
