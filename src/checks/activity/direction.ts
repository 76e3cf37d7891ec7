import type { LogRecord } from '../../crm/types.ts';
import { sideBySide } from '../../http/context.ts';
import { mentions } from '../../profile/mentions.ts';
import type { Profile } from '../../profile/types.ts';
import type { Judgement } from '../../report/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, missFrom, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import type { CreatedCallLog } from './specimens.ts';
import { readBack } from './text-facts.ts';
import { type Told, toldDirections, toldMissed } from './told-apart.ts';

interface Facts {
  /** What became of the two calls beside the inbound one: the creation, else the reading. */
  outbound: OutcomeFacts;
  missed: OutcomeFacts;
  /** Inbound against outbound, answered against missed; null: nothing in the answers was taken for it. */
  directions: Told | null;
  results: Told | null;
  /** What the profile's template sends. */
  sends: { direction: boolean; result: boolean };
}

const noMissedCalls = {
  vendor: 'Take a call of 0 seconds: one that was missed lasts no longer.',
  integrator:
    'A connector with code can leave out the end or the length of a missed call, or send one second; say in the subject that it was missed.',
};

const missedLookAnswered = {
  vendor: 'Keep the result of a call in a field of its own, and a length of 0 seconds as it is.',
  integrator:
    "Map App Connect's results (Missed, Call connected …) to the CRM's own words; put the result into the subject as well.",
};

export default defineCheck({
  id: 'activity.direction',
  item: 'activity',
  level: 'should',
  title: 'records inbound, outbound and missed calls, so that they can be told apart',
  why: 'Who called whom, and who was not answered, is what reports and call-back lists are made of.',
  remedy: {
    vendor:
      'Keep the direction and the result of a call in fields of their own, and take a call of 0 seconds.',
    integrator:
      "Map App Connect's Inbound and Outbound to the CRM's own words; put both into the subject as well.",
  },
  judged: {
    asks: 'Three calls: inbound, outbound, and missed (0 seconds, result "Missed"). Compared by `directionPath`, `resultPath` and `durationPath` (or start and end) of `getCallLog`; where these are not mapped, by values of the raw answers that say inbound for the one and outbound for the other, or that say missed.',
    pass: "different values for each; the CRM's own words are right",
    warn: 'two of them look alike, or an outbound or a missed call is refused',
    notDescribed:
      'the profile does not send the direction or the result, or nothing in the answer was taken for it; the key to add is named',
  },
  links: [links.loggingCalls],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['crm', 'read call log', 'direction call logs'],
  writes: true,
  requests: 2,
  async observe(context, have): Promise<Facts> {
    const { crm, 'read call log': control, 'direction call logs': logs } = have;
    if (control.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(control.outcome), 'activity.read'));
    const { marker, profile } = context;
    const inbound = control.outcome.value;
    const look = async (log: CreatedCallLog): Promise<{ facts: OutcomeFacts; record: LogRecord | null }> => {
      const outcome = await readBack(context, crm, log);
      const facts = outcomeFacts(outcome ?? log.outcome);
      return { facts, record: outcome?.kind === 'ok' ? outcome.value : null };
    };
    const [outbound, missed] = await sideBySide([logs.outbound, logs.missed] as const, look);
    if (!outbound || !missed) throw new Error('both were read');
    return {
      outbound: outbound.facts,
      missed: missed.facts,
      directions: outbound.record && toldDirections(inbound, outbound.record, marker),
      results: missed.record && toldMissed(inbound, missed.record, marker),
      sends: sendsOf(profile),
    };
  },
  judge({ outbound, missed, directions, results, sends }) {
    const expected = 'inbound, outbound and missed calls, each told from the others';
    for (const [what, facts] of [
      ['an outbound call', outbound],
      ['a missed call (0 seconds)', missed],
    ] as const) {
      if (facts.kind === 'ok') continue;
      const judgement = judgeFailure(facts, what, expected);
      // Only for its length: with the same direction, a call that was answered went through.
      return facts === missed ? { ...judgement, remedy: noMissedCalls } : judgement;
    }
    const alike = [
      ...(sends.direction && directions?.apart === false
        ? [`inbound and outbound calls look alike (both ${shown(directions)})`]
        : []),
      ...(sends.result && results?.apart === false
        ? [`missed and answered calls look alike (both ${shown(results)})`]
        : []),
    ].join('; ');
    if (alike !== '') {
      const isDirection = sends.direction && directions?.apart === false;
      const other = isDirection ? {} : { remedy: missedLookAnswered };
      return { verdict: 'warn', summary: alike, expected, observed: alike, ...other };
    }
    return seenOf(directions, results, sends);
  },
});

function sendsOf(profile: Profile): Facts['sends'] {
  const sent = (...variables: string[]): boolean => mentions(profile, 'createCallLog', ...variables);
  return {
    direction: sent('callLog.direction'),
    result: sent('callLog.result', 'callLog.duration', 'result', 'duration', 'endTime'),
  };
}

/** Nothing looks alike: whether all of it was seen. */
function seenOf(directions: Told | null, results: Told | null, sends: Facts['sends']): Judgement {
  const creation = 'to operations.createCallLog';
  const mapping = 'operations.getCallLog.responseMapping';
  const missing = [
    ...(sends.direction
      ? directions
        ? []
        : [`${mapping}.directionPath`]
      : [`{{ callLog.direction }} ${creation}`]),
    ...(sends.result
      ? results
        ? []
        : [`${mapping}.resultPath or durationPath`]
      : [`{{ callLog.result }} ${creation}`]),
  ];
  if (missing.length > 0 || !directions || !results) {
    const what = !sends.direction
      ? 'the profile does not send the direction'
      : !directions
        ? 'the direction was not seen'
        : 'whether a call was missed was not seen';
    return { verdict: 'not-described', summary: `${what}: add ${missing.join(', and ')}` };
  }
  const [inbound, outbound] = directions.values;
  const [answered, missed] = results.values;
  return {
    verdict: 'pass',
    summary: `inbound "${inbound}", outbound "${outbound}"; answered "${answered}", missed "${missed}"`,
  };
}

function shown({ values: [value] }: Told): string {
  return value === '' ? 'empty' : `"${value}"`;
}
