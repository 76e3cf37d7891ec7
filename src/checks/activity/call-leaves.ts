import { readInstant } from '../../app-connect/instant.ts';
import { lastKey, leaves } from './leaves.ts';
import { explainDuration } from './time-fidelity.ts';

/** Values of a call in an answer whose mapping does not say where they stand: found by their keys, or by themselves. */

/** Times of the record, not of the call. */
const ofTheRecord = /creat|modif|updat|chang|edit|insert|added|entered|version|sync|touched|viewed|access/i;
const ofTheEnd = /end|finish|stop|until|due|expir|complet/i;
const ofTheStart = /start|begin|began|date|time|when|occur/i;
const ofTheLength = /duration|length|talk_?time/i;
const isId = /(^|[._])id$|Id$|ID$/;

interface Leaf {
  path: string;
  value: unknown;
}

/** The time that is nearest to the start; an empty one under a key that speaks of the start. */
export function startIn(raw: unknown, ms: number): Leaf | null {
  const found = timesIn(raw).filter(({ path }) => !ofTheEnd.test(lastKey(path)));
  const distance = (leaf: Leaf): number => Math.abs((readInstant(leaf.value)?.ms ?? 0) - ms);
  const [nearest] = found
    .filter((leaf) => ofTheStart.test(lastKey(leaf.path)) || distance(leaf) < 27 * 3_600_000)
    .sort((one, other) => distance(one) - distance(other));
  return (
    nearest ?? leavesOf(raw).find(({ path, value }) => /start|begin/i.test(path) && isEmpty(value)) ?? null
  );
}

export function endIn(raw: unknown): Leaf | null {
  return timesIn(raw).find(({ path }) => ofTheEnd.test(lastKey(path))) ?? null;
}

/** The value under a key that speaks of a length, the one that fits best first. */
export function durationIn(raw: unknown, seconds: number): Leaf | null {
  const found = leavesOf(raw).filter(({ path }) => ofTheLength.test(lastKey(path)));
  const fits = ({ value }: Leaf): number =>
    explainDuration(seconds, value).some(({ code }) => code === 'duration-changed')
      ? 2
      : explainDuration(seconds, value).length;
  return found.sort((one, other) => fits(one) - fits(other))[0] ?? null;
}

/** Leaves at the same path of two answers whose values differ; texts with the run's mark are its own. */
export function pairsIn(
  one: unknown,
  other: unknown,
  marker: string,
): { path: string; values: [string, string] }[] {
  const second = new Map(leaves(other));
  return leaves(one).flatMap(([path, value]) => {
    const values: [string, string] = [String(value ?? ''), String(second.get(path) ?? '')];
    const ours = values.some((text) => text.toLowerCase().includes(marker.toLowerCase()));
    return ours ? [] : [{ path, values }];
  });
}

function timesIn(raw: unknown): Leaf[] {
  return leavesOf(raw).filter(
    ({ path, value }) =>
      !ofTheRecord.test(lastKey(path)) &&
      !isId.test(path) &&
      // A number of ten digits may be anything, unless its key speaks of time.
      (typeof value !== 'number' || ofTheStart.test(lastKey(path)) || ofTheEnd.test(lastKey(path))) &&
      (typeof value !== 'string' || !/^\d+$/.test(value) || ofTheStart.test(lastKey(path))) &&
      readInstant(value) !== null,
  );
}

function leavesOf(raw: unknown): Leaf[] {
  return leaves(raw).map(([path, value]) => ({ path, value }));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || value === false;
}
