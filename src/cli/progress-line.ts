import { clip } from '../reporters/console/wrap.ts';

/** What a run is doing. */
export interface ProgressState {
  done: number;
  /** 0: not known yet. */
  of: number;
  /** What is done beside asking: signing in, removing. */
  phase: string | null;
  /** Ids of the requirements that are being asked, the latest last. */
  asking: Set<string>;
  waits: Set<{ what: string; until: number }>;
}

/**
 * One line: how many are asked, what is asked now, what is waited for and until when at the latest.
 * @param now milliseconds since 1970
 */
export function progressLine(
  { done, of, phase, asking, waits }: ProgressState,
  now: number,
  width: number,
): string {
  const parts = of === 0 ? [] : [`${done} of ${of}`];
  const latest = [...asking].at(-1);
  if (phase !== null) parts.push(phase);
  else if (latest !== undefined)
    parts.push(asking.size === 1 ? latest : `${latest} and ${asking.size - 1} more`);
  const last = [...waits].toSorted((a, b) => b.until - a.until)[0];
  if (last && last.until > now) {
    const seconds = Math.ceil((last.until - now) / 1000);
    parts.push(`waiting for ${last.what}, until ${timeOfDay(last.until)} at the latest (${seconds} s)`);
  }
  return clip(parts.join(' · '), width, '…');
}

function timeOfDay(milliseconds: number): string {
  const time = new Date(milliseconds);
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
