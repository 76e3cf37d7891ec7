import { readInstant } from '../../app-connect/instant.ts';
import type { CallLogDraft, LogRecord } from '../../crm/types.ts';
import { sideBySide } from '../../http/context.ts';
import type { Outcome } from '../../operation/types.ts';
import { offsetText } from '../../profile/filters/instant.ts';
import { mentions } from '../../profile/mentions.ts';
import type { Profile } from '../../profile/types.ts';
import type { Judgement } from '../../report/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, missFrom, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { durationIn, endIn, startIn } from './call-leaves.ts';
import { isHarmless } from './fidelity/harmless.ts';
import type { CreatedCallLog } from './specimens.ts';
import { readBack } from './text-facts.ts';
import { explainDuration, explainTime, type TimeDifference } from './time-fidelity.ts';

interface TimedCall {
  written: string;
  create: OutcomeFacts;
  read: OutcomeFacts | null;
  /** null: nothing in the answer was taken for the start, or for the length. */
  start: TimeDifference[] | null;
  length: TimeDifference[] | null;
}

interface Facts {
  utc: TimedCall;
  /** null: the profile's template takes every time for UTC, as App Connect sends it. */
  offset: TimedCall | null;
  /** Whether the profile sends the one and the other at all. */
  sends: { start: boolean; length: boolean };
}

export default defineCheck({
  id: 'activity.time',
  item: 'activity',
  level: 'should',
  title: 'returns start and duration of a call as the same instant and length',
  why: 'A call that moved by some hours stands at the wrong place of the history, and in reports on the wrong day; one of another length is added up wrongly.',
  remedy: {
    vendor:
      'Read the offset of a time (RFC 3339), store the instant with its seconds, and return it with a zone.',
    integrator:
      'Send times in the form that the CRM reads (filters `sql_datetime`, `epoch`, `in_zone` in the profile; a connector with code).',
  },
  judged: {
    asks: 'Two calls at the same moment, with seconds, on a day whose day and month could be exchanged: one written in UTC, one with the offset -05:00. Read by `startTimePath`, `durationPath` or `endTimePath`, else from the nearest time in the raw answer. A time without a zone is taken for UTC. Where the template cuts times by position, only UTC is asked: that is what App Connect sends.',
    pass: 'the same instant and the same length; lost milliseconds do not count',
    warn: 'a start that moved (and why, as far as it can be told: local time, the time zone of the user, an exchanged day and month), lost seconds, midnight, an empty date, another length; or such a call is refused',
    notDescribed: 'start or length was not seen; the key to add is named',
  },
  links: [links.loggingCalls, links.timestamps],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['crm', 'read call log', 'timed call logs', 'user zone'],
  writes: true,
  requests: 2,
  async observe(context, have): Promise<Facts> {
    const { crm, 'read call log': control, 'timed call logs': logs } = have;
    if (control.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(control.outcome), 'activity.read'));
    const { profile } = context;
    const zone = have['user zone'] ?? undefined;
    const look = async (log: CreatedCallLog): Promise<TimedCall> =>
      timedCall(log, await readBack(context, crm, log), zone);
    const [utc, offset = null] = await sideBySide(logs.offset ? [logs.utc, logs.offset] : [logs.utc], look);
    if (!utc) throw new Error('it was read');
    return {
      utc,
      offset,
      sends: sendsOf(profile),
    };
  },
  judge({ utc, offset, sends }) {
    const calls = [utc, ...(offset ? [offset] : [])];
    const expected = 'the same instant and the same length';
    for (const { create, read, written } of calls) {
      const failed = create.kind === 'ok' ? read : create;
      if (failed === null) return { verdict: 'inconclusive', summary: 'not read' };
      if (failed.kind === 'ok') continue;
      return judgeFailure(failed, `a call written ${written}`, expected);
    }
    const changes = calls.map(({ written, start, length }) => ({
      written,
      found: [...(start ?? []), ...(length ?? [])].filter(({ code }) => !isHarmless(code)),
    }));
    const changed = changes.filter(({ found }) => found.length > 0);
    if (changed.length > 0) {
      const observed = changed.map(({ written, found }) => `written ${written}: ${sentences(found)}`);
      return {
        verdict: 'warn',
        summary: summaryOf(changes),
        expected,
        observed: observed.join('; '),
        ...remedyFor(calls.flatMap(({ start }) => start ?? []).filter(({ code }) => !isHarmless(code))),
      };
    }
    return seenOf(utc, sends, offset !== null);
  },
});

/** Another than the check's own where the start is as it was, and only the length is not; or where no start was kept. */
function remedyFor(starts: readonly TimeDifference[]): Pick<Judgement, 'remedy'> {
  if (starts.length === 0) {
    return {
      remedy: {
        vendor: 'Keep the length of a call to the second, and return it in the unit in which it was written.',
        integrator: 'Send the length in the unit that the CRM reads (seconds, minutes, milliseconds).',
      },
    };
  }
  if (starts.some(({ code }) => code !== 'date-empty')) return {};
  return {
    remedy: {
      vendor: 'Keep the times of a call, and return them: they are accepted and dropped.',
      integrator:
        'Look for the fields in which the CRM really keeps the times of a call; until then write the time into the subject.',
    },
  };
}

function timedCall(
  { draft, outcome: created }: CreatedCallLog,
  outcome: Outcome<LogRecord> | null,
  userZone: string | undefined,
): TimedCall {
  const { startTime, utcOffsetMinutes: offsetMinutes = 0 } = draft.call;
  const facts = {
    written: offsetMinutes === 0 ? 'in UTC' : `with the offset ${offsetText(offsetMinutes, ':')}`,
    create: outcomeFacts(created),
    read: outcome && outcomeFacts(outcome),
  };
  if (outcome?.kind !== 'ok') return { ...facts, start: null, length: null };
  const { raw, call } = outcome.value;
  const written = { ms: startTime.getTime(), offsetMinutes };
  const options = userZone === undefined ? {} : { userZone };
  const start = call.startTime === undefined ? startIn(raw, written.ms)?.value : call.startTime;
  const explained = start === undefined ? null : explainTime(written, start, options);
  return {
    ...facts,
    start: explained,
    length: explainLength(outcome.value, draft, start, explained, options),
  };
}

/** By the duration where there is one, else by the end. An end that moved as the start did says nothing new. */
function explainLength(
  { raw, call }: LogRecord,
  { call: { durationSeconds, startTime, utcOffsetMinutes: offsetMinutes = 0 } }: CallLogDraft,
  start: unknown,
  startChanges: readonly TimeDifference[] | null,
  options: { userZone?: string },
): TimeDifference[] | null {
  const duration = call.duration === undefined ? durationIn(raw, durationSeconds)?.value : call.duration;
  if (duration !== undefined) return explainDuration(durationSeconds, duration);
  const end = call.endTime === undefined ? endIn(raw)?.value : call.endTime;
  if (end === undefined) return null;
  const written = { ms: startTime.getTime() + durationSeconds * 1000, offsetMinutes };
  const changes = explainTime(written, end, { ...options, name: 'end' });
  if (codes(changes) === codes(startChanges ?? [])) return [];
  const [from, to] = [readInstant(start), readInstant(end)];
  return from && to ? explainDuration(durationSeconds, (to.ms - from.ms) / 1000) : changes;
}

function sendsOf(profile: Profile): Facts['sends'] {
  const start = mentions(profile, 'createCallLog', 'startTime', 'callLog.startTime');
  return { start, length: mentions(profile, 'createCallLog', 'callLog.duration', 'duration', 'endTime') };
}

/** Nothing changed of what was seen: whether all of it was. */
function seenOf({ start, length }: TimedCall, sends: Facts['sends'], withOffset: boolean): Judgement {
  const mapping = 'operations.getCallLog.responseMapping';
  const missing = [
    ...(start
      ? []
      : [sends.start ? `${mapping}.startTimePath` : '{{ startTime }} to operations.createCallLog']),
    ...(length || !sends.length ? [] : [`${mapping}.durationPath or endTimePath`]),
  ];
  if (missing.length > 0) {
    const what = start ? 'the start is the same; the length' : length ? 'the start' : 'the time';
    return { verdict: 'not-described', summary: `${what} was not seen: add ${missing.join(', and ')}` };
  }
  const what = length ? 'start and duration are' : 'the start is (the profile sends no duration)';
  const how = withOffset ? 'in UTC and with an offset' : 'in UTC';
  return { verdict: 'pass', summary: `${what} the same, ${how}` };
}

/** What both calls suffered is said once. */
function summaryOf(changes: readonly { written: string; found: TimeDifference[] }[]): string {
  const each = changes.map(({ found }) => sentences(found));
  if (new Set(each).size === 1) return each[0] ?? '';
  return changes
    .flatMap(({ written, found }) => (found.length > 0 ? [`${sentences(found)} (written ${written})`] : []))
    .join('; ');
}

function sentences(differences: readonly TimeDifference[]): string {
  return differences.map(({ sentence }) => sentence).join('; ');
}

function codes(differences: readonly TimeDifference[]): string {
  return differences.map(({ code }) => code).join();
}
