import { readInstant } from '../../app-connect/instant.ts';
import type { LogRecord } from '../../crm/types.ts';
import { pairsIn } from './call-leaves.ts';
import { excerpt } from './fidelity/excerpt.ts';

/** Two calls by the same field, and whether it tells them apart. */
export interface Told {
  apart: boolean;
  values: [string, string];
}

const inbound = /(^|[^a-z])(in|inbound|incoming|received)([^a-z]|$)/i;
const outbound = /(^|[^a-z])(out|outbound|outgoing|dial(l?ed)?|placed)([^a-z]|$)/i;
const unanswered = /miss|not[ _-]?held|no[ _-]?answer|unanswered|not[ _-]?connected|abandon|reject/i;

/**
 * By the mapped direction: any two words will do, the CRM's own (1 and 2, Held and Outgoing). Without a mapping by a
 * value that says inbound for the one and outbound for the other, or by a field called direction.
 * @returns null when nothing in the answers speaks of it
 */
export function toldDirections(one: LogRecord, other: LogRecord, marker: string): Told | null {
  if (one.call.direction !== undefined) return compared(one.call.direction, other.call.direction);
  const pairs = pairsIn(one.raw, other.raw, marker);
  const said = pairs.find(({ values: [into, out] }) => inbound.test(into) && outbound.test(out));
  const named = said ?? pairs.find(({ path }) => /direction$/i.test(path));
  return named ? compared(...named.values) : null;
}

/**
 * By the mapped result, else the mapped length, or a start that is the end; without a mapping by a value that says
 * missed, or a duration of 0. One field that tells is enough.
 */
export function toldMissed(answered: LogRecord, missed: LogRecord, marker: string): Told | null {
  const { result, duration } = answered.call;
  const mapped = [
    ...(result === undefined ? [] : [compared(result, missed.call.result)]),
    ...(duration === undefined ? [] : [compared(duration, missed.call.duration)]),
    ...comparedLengths(answered, missed),
  ];
  const pairs = pairsIn(answered.raw, missed.raw, marker);
  const raw = pairs.find(
    ({ path, values: [one, other] }) =>
      one !== other &&
      ((unanswered.test(other) && !unanswered.test(one)) ||
        (/duration|length/i.test(path) && Number(other.replaceAll(':', '')) === 0)),
  );
  return mapped.find(({ apart }) => apart) ?? (raw ? compared(...raw.values) : (mapped[0] ?? null));
}

/** A call whose mapped end is its start took no time. */
function comparedLengths(answered: LogRecord, missed: LogRecord): Told[] {
  const seconds = ({ call }: LogRecord): number | null => {
    const [start, end] = [readInstant(call.startTime), readInstant(call.endTime)];
    return start && end ? (end.ms - start.ms) / 1000 : null;
  };
  const [one, other] = [seconds(answered), seconds(missed)];
  if (one === null || other === null) return [];
  return [{ apart: one > 0 && other === 0, values: [`${one} s`, `${other} s`] }];
}

function compared(one: unknown, other: unknown): Told {
  const values: [string, string] = [text(one), text(other)];
  return { apart: values[0] !== values[1] && !values.includes(''), values };
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : excerpt(String(value));
}
