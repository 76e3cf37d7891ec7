import { describe, expect, it } from 'vitest';
import { firstStep } from '../../src/report/first-step.ts';
import { overallReason } from '../../src/report/overall-reason.ts';
import type { CheckResult, Overall } from '../../src/report/types.ts';
import { exitCode, type Outcome } from '../../src/verdict/exit-code.ts';
import { summarise } from '../../src/verdict/judge.ts';
import { allIds, checks, report, type Said } from '../reporters/sample.ts';

const code: Said = { verdict: 'warn', adapterCode: true };
const fail: Said = { verdict: 'fail' };
const open: Said = { verdict: 'inconclusive' };

function allOf(pattern: RegExp, said: Said): Record<string, Said> {
  return Object.fromEntries(allIds.filter((id) => pattern.test(id)).map((id) => [id, said]));
}

describe('the overall result', () => {
  it.each<[string, Record<string, Said>, Overall]>([
    ['everything works', {}, 'ready'],
    ['only a should is missed', { 'oauth.pkce': { verdict: 'warn' } }, 'ready'],
    ['a must is met with a loss, without code', { 'auth.missing-refused': { verdict: 'warn' } }, 'ready'],
    ['a feature needs code', { 'contact.create': code }, 'ready-with-adapter-code'],
    ['an essential feature needs code', { 'activity.create': code }, 'ready-with-adapter-code'],
    ['every feature needs code', { 'user.get-body': { verdict: 'warn' } }, 'ready-with-adapter-code'],
    ['a must fails that decides no feature', { 'user.validates': fail }, 'partly-ready'],
    [
      'a must fails and another needs code',
      { 'user.validates': fail, 'contact.create': code },
      'partly-ready',
    ],
    ['messages cannot be logged', { 'activity.message-update': fail }, 'partly-ready'],
    ['disconnect is unknown', { 'logout.access-dead': open }, 'partly-ready'],
    ['nobody can connect', { 'oauth.code-exchange': fail }, 'not-ready'],
    ['nobody is found', { 'lookup.e164': fail }, 'not-ready'],
    ['no call can be logged', { 'activity.create': fail }, 'not-ready'],
    ['connect is unknown', { 'oauth.refresh': open }, 'unknown'],
    ['call pop is unknown', { 'lookup.any-format': open }, 'unknown'],
    ['logging calls is unknown', { 'activity.linked': open }, 'unknown'],
    [
      'one essential is unknown and another broken',
      { 'activity.linked': open, 'lookup.e164': fail },
      'not-ready',
    ],
    ['too little is measured', allOf(/^(contact|logout)\.|^oauth.(pkce|bad)/, open), 'unknown'],
    ['just enough is measured', allOf(/^(contact|logout)\./, open), 'partly-ready'],
    [
      'too little is measured and one essential broken',
      { ...allOf(/^(contact|logout|user\.v)/, open), 'lookup.e164': fail },
      'not-ready',
    ],
    ['nothing is measured', allOf(/./, open), 'unknown'],
    ['a failing must is waived', { 'user.validates': { verdict: 'waived' } }, 'ready'],
  ])('where %s', (_, said, overall) => {
    expect(summarise(checks(said)).overall).toBe(overall);
  });

  it('needs 80 % of the weight', () => {
    expect(summarise(checks(allOf(/^(contact|logout)\./, open))).measuredPercent).toBe(80);
  });

  it('is unknown where only a part was asked', () => {
    expect(summarise(checks().filter((check) => check.item === 'phone-lookup')).overall).toBe('unknown');
  });

  it('follows from the checks alone, so that a saved report is judged the same', () => {
    const results = checks({ 'oauth.code-exchange': fail, 'user.get-body': { verdict: 'warn' } });
    const saved = JSON.parse(JSON.stringify(results)) as CheckResult[];
    expect(summarise(saved)).toEqual(summarise(results));
  });
});

describe('its reason', () => {
  it.each<[Record<string, Said>, string]>([
    [{}, 'Every feature works without code of yours, and nothing that App Connect needs is missing.'],
    [{ 'contact.create': code }, 'Everything can be made to work; Create contacts needs adapter code.'],
    [{ 'lookup.e164': fail, 'activity.create': fail }, 'Call pop and Log calls do not work.'],
    [{ 'lookup.e164': open }, 'What was measured does not tell whether Call pop works.'],
    [allOf(/./, open), 'Nothing could be measured.'],
    [
      { 'contact.create': fail, 'logout.endpoint': open },
      'Create contacts does not work; Disconnect is unknown.',
    ],
    [{ 'user.validates': fail }, 'Every feature works, but not met: user.validates.'],
  ])('%j', (said, reason) => {
    expect(overallReason(report(checks(said)))).toBe(reason);
  });
});

describe('the first step', () => {
  it.each<[string, Record<string, Said>, string | null]>([
    ['nothing, where nothing is lost', {}, null],
    ['nothing, where only information is bad', { 'lookup.speed': { verdict: 'warn' } }, null],
    ['the should, where nothing else is', { 'oauth.pkce': { verdict: 'warn' } }, 'oauth.pkce'],
    [
      'adapter code before a should',
      { 'oauth.pkce': { verdict: 'warn' }, 'contact.create': code },
      'contact.create',
    ],
    [
      'a failing must before adapter code',
      { 'activity.create': code, 'user.validates': fail },
      'user.validates',
    ],
    [
      'what breaks a feature before what is only unsafe',
      { 'auth.missing-refused': fail, 'contact.create': fail },
      'contact.create',
    ],
    ['an essential feature before another', { 'contact.create': fail, 'lookup.e164': fail }, 'lookup.e164'],
    [
      'the cause of the most gaps among equals',
      {
        'oauth.state': fail,
        'activity.create': fail,
        'activity.read': { verdict: 'blocked', blockedBy: 'activity.create' },
      },
      'activity.create',
    ],
  ])('is %s', (_, said, id) => {
    expect(firstStep(report(checks(said)))?.id ?? null).toBe(id);
  });
});

describe('the exit code', () => {
  const fine: Outcome = { gate: 'holds' };
  it.each<[string, Partial<Outcome>, number]>([
    ['the gate holds', {}, 0],
    ['it does not', { gate: 'fails' }, 1],
    ['it cannot be told', { gate: 'cannot tell' }, 3],
    ['there is no report', { gate: null }, 3],
    ['a deletion failed', { leftoverDeletionFailed: true }, 4],
    ['a deletion failed and the gate does not hold', { leftoverDeletionFailed: true, gate: 'fails' }, 4],
    ['the profile is wrong', { usage: true, gate: null }, 2],
    ['the profile is wrong and a deletion failed', { usage: true, leftoverDeletionFailed: true }, 2],
    ['it was interrupted', { interrupted: true, gate: 'fails' }, 130],
    ['it was interrupted and a deletion failed', { interrupted: true, leftoverDeletionFailed: true }, 4],
  ])('where %s', (_, outcome, expected) => {
    expect(exitCode({ ...fine, ...outcome })).toBe(expected);
  });
});
