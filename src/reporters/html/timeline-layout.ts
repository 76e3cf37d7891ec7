import type { Exchange } from './curl.ts';

/** Where each exchange stands in the picture of a run. Lengths are units of the picture, `timelineWidth` across. */
export interface TimelineLayout {
  bars: { exchange: Exchange; x: number; width: number; lane: number }[];
  lanes: number;
  /** Stretches in which nothing was sent, drawn short. */
  pauses: { x: number; width: number; ms: number }[];
  /** Times since the start of the run, where there is room for them. */
  ticks: { x: number; ms: number }[];
}

export const timelineWidth = 1000;
const longPauseMs = 1000;
const mostLanes = 12;
const tickDistance = 70;

/**
 * Lays exchanges out by their start and duration, those under way at the same time below each other. A pause of more
 * than a second is drawn short: a run that polls for a minute would else be a thin line and a desert.
 */
export function layOut(exchanges: readonly Exchange[]): TimelineLayout {
  const timed = exchanges
    .map((exchange) => {
      const start = Date.parse(exchange.startedAt);
      return { exchange, start, end: start + Math.max(0, exchange.timing.totalMs) };
    })
    .filter(({ start, end }) => Number.isFinite(start) && Number.isFinite(end))
    .sort((a, b) => a.start - b.start || a.exchange.id - b.exchange.id);
  const stretches = busyStretches(timed);
  const first = stretches[0]?.start ?? 0;

  const pauseWidth = Math.min(24, 300 / Math.max(1, stretches.length - 1));
  const busyMs = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  const room = timelineWidth - pauseWidth * Math.max(0, stretches.length - 1);
  const scale = room / Math.max(1, busyMs);

  let x = 0;
  const placed = stretches.map((stretch) => {
    const at = { ...stretch, x };
    x += (stretch.end - stretch.start) * scale + pauseWidth;
    return at;
  });
  const positionOf = (time: number) => {
    const stretch = placed.findLast(({ start }) => start <= time);
    return stretch === undefined ? 0 : stretch.x + (time - stretch.start) * scale;
  };

  const laneEnds: number[] = [];
  const bars = timed.map(({ exchange, start, end }) => {
    const free = laneEnds.findIndex((laneEnd) => laneEnd <= start);
    const lane = free >= 0 ? free : Math.min(laneEnds.length, mostLanes - 1);
    laneEnds[lane] = Math.max(end, laneEnds[lane] ?? 0);
    return { exchange, x: positionOf(start), width: Math.max(1.5, (end - start) * scale), lane };
  });
  const pauses = placed.slice(1).map((stretch, index) => {
    const before = placed[index];
    return {
      x: stretch.x - pauseWidth,
      width: pauseWidth,
      ms: stretch.start - (before?.end ?? stretch.start),
    };
  });
  return { bars, lanes: laneEnds.length, pauses, ticks: ticks(placed, first, positionOf) };
}

interface Stretch {
  start: number;
  end: number;
}

function busyStretches(timed: readonly Stretch[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { start, end } of timed) {
    const last = stretches.at(-1);
    if (last && start - last.end <= longPauseMs) last.end = Math.max(last.end, end);
    else stretches.push({ start, end });
  }
  return stretches;
}

/** Whole seconds inside a stretch and the start of each stretch, as far as they do not run into each other. */
function ticks(
  placed: readonly (Stretch & { x: number })[],
  first: number,
  positionOf: (time: number) => number,
): TimelineLayout['ticks'] {
  const chosen: TimelineLayout['ticks'] = [];
  const add = (time: number) => {
    const x = positionOf(time);
    const near = x - (chosen.at(-1)?.x ?? -tickDistance) < tickDistance;
    if (!near && x < timelineWidth - tickDistance / 2) chosen.push({ x, ms: time - first });
  };
  for (const { start, end } of placed) {
    add(start);
    const step = stepOf((end - start) / 8);
    for (let time = start + step; time < end; time += step) add(time);
  }
  return chosen;
}

/** The next of 1, 2, 5, 10, 20, 50 … seconds. */
function stepOf(milliseconds: number): number {
  let step = 1000;
  for (const factor of [2, 2.5, 2, 2, 2.5, 2, 2, 2.5, 2]) if (step < milliseconds) step *= factor;
  return Math.max(step, milliseconds);
}
