import { readInstant } from '../../app-connect/instant.ts';
import { Instant, offsetText } from '../../profile/filters/instant.ts';
import type { Difference } from './fidelity/change.ts';
import { excerpt } from './fidelity/excerpt.ts';

export { explainDuration } from './fidelity/duration.ts';
/** A stable code, and a sentence for people such as "start moved by 5 h: read as local time". */
export type TimeDifference = Difference;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Shift {
  ms: number;
  difference: Difference | null;
}

/** A loss of precision: whether `read` is what is left of `expected`. */
interface Loss {
  fits(expected: number, read: number): boolean;
  difference: Difference | null;
}

const losses: readonly Loss[] = [
  { fits: (expected, read) => expected === read, difference: null },
  {
    // Databases round to a few ms, or to the next second.
    fits: (expected, read) => Math.abs(expected - read) < 1000,
    difference: { code: 'milliseconds-lost', sentence: 'milliseconds lost' },
  },
  {
    fits: (expected, read) => read === floor(expected, minute),
    difference: { code: 'seconds-lost', sentence: 'seconds lost' },
  },
  {
    fits: (expected, read) => read === floor(expected, minute) + minute,
    difference: { code: 'seconds-lost', sentence: 'seconds lost: rounded up to the next minute' },
  },
  {
    fits: (expected, read) => read === floor(expected, hour),
    difference: { code: 'minutes-lost', sentence: 'minutes and seconds lost' },
  },
];

/**
 * What happened to a time on its way into a CRM and back.
 * @param written the moment (Unix ms) and the offset from UTC (minutes) in which it was sent
 * @param read the value that came back; text without a zone is taken for UTC
 * @param options `userZone`: the CRM user's time zone, an IANA name. `name`: what moved, `start` if not said.
 * @returns empty when it is the same moment
 */
export function explainTime(
  written: { ms: number; offsetMinutes: number },
  read: unknown,
  options: { userZone?: string; name?: string } = {},
): TimeDifference[] {
  if (isEmpty(read)) return [{ code: 'date-empty', sentence: 'the date is empty' }];
  const instant = readInstant(read);
  if (!instant) return [unreadable(read)];
  const name = options.name ?? 'start';
  const user = options.userZone === undefined ? null : zoneOffset(options.userZone, written.ms);
  const shifts = shiftsOf(written, user, options.userZone ?? '', name, instant.zone === 'none');
  const kinds = losses.flatMap((loss) => shifts.map((shift) => ({ loss, shift })));
  const fitting = kinds.find(({ loss, shift }) => loss.fits(written.ms + shift.ms, instant.ms));
  // The hour is a coarse fit: midnight explains more.
  const coarse = fitting?.loss.difference?.code === 'minutes-lost';
  if (fitting && !coarse)
    return [fitting.shift.difference, fitting.loss.difference].filter((difference) => difference !== null);
  const special =
    midnight(written, instant.ms, user, instant.precision === 'day') ??
    exchanged(written, instant.ms) ??
    otherUnit(written.ms, instant.ms);
  if (special) return [special];
  if (fitting)
    return [fitting.shift.difference, fitting.loss.difference].filter((difference) => difference !== null);
  return moved(written.ms, instant.ms, name);
}

function floor(ms: number, unit: number): number {
  return Math.floor(ms / unit) * unit;
}

function isEmpty(read: unknown): boolean {
  if (read === null || read === undefined || read === false || read === 0) return true;
  if (typeof read !== 'string') return false;
  const text = read.trim();
  // Zero dates of MySQL, .NET's least date, Unix zero.
  return (
    text === '' ||
    text === '0' ||
    /^(?:0000-00-00|0001-01-01|1970-01-01T00:00:00(?:\.0+)?(?:Z|\+00:00)$)/.test(text)
  );
}

function unreadable(read: unknown): Difference {
  if (typeof read !== 'string' && typeof read !== 'number')
    return { code: 'date-unreadable', sentence: 'came back as something that is no date' };
  return {
    code: 'date-unreadable',
    sentence: `came back as a date that App Connect cannot read: ${excerpt(String(read), 40)}`,
  };
}

function zoneOffset(zone: string, ms: number): number | null {
  try {
    return new Instant(ms, zone).offsetMinutes;
  } catch {
    // A name that is no zone: nothing can be said about it.
    return null;
  }
}

/** Moves with a known cause, the likelier first. */
function shiftsOf(
  written: { offsetMinutes: number },
  user: number | null,
  userZone: string,
  name: string,
  noZone: boolean,
): Shift[] {
  const offset = written.offsetMinutes;
  const shifts: Shift[] = [{ ms: 0, difference: null }];
  const add = (minutes: number, code: string, cause: string): void => {
    const ms = minutes * minute;
    if (shifts.some((shift) => shift.ms === ms)) return;
    shifts.push({ ms, difference: { code, sentence: `${name} moved by ${lengthText(ms)}: ${cause}` } });
  };
  const zone = excerpt(userZone, 40);
  add(offset, 'local-time', `read as local time, the offset ${offsetText(offset, ':')} was dropped`);
  if (user !== null) {
    if (noZone) add(user, 'user-zone', `came back in the time zone of the user (${zone}) without saying so`);
    else add(user, 'user-zone', `the time zone of the user (${zone}) was applied twice`);
    add(-user, 'user-zone', `UTC was taken for the time zone of the user (${zone})`);
  }
  add(-offset, 'offset-twice', `the offset ${offsetText(offset, ':')} was applied twice`);
  return shifts;
}

function midnight(
  written: { ms: number; offsetMinutes: number },
  read: number,
  user: number | null,
  onlyDay: boolean,
): Difference | null {
  const cut = [0, written.offsetMinutes, user ?? 0].some((minutes) => {
    const offset = minutes * minute;
    const wall = floor(written.ms + offset, day);
    return read === wall || read === wall - offset;
  });
  if (!cut) return null;
  return { code: 'midnight', sentence: onlyDay ? 'cut to the day: no time came back' : 'cut to midnight' };
}

function exchanged(written: { ms: number; offsetMinutes: number }, read: number): Difference | null {
  const found = [0, written.offsetMinutes].some((minutes) => {
    const offset = minutes * minute;
    const wall = new Date(written.ms + offset);
    const month = wall.getUTCMonth() + 1;
    const date = wall.getUTCDate();
    if (date > 12 || date === month) return false;
    const start = Date.UTC(wall.getUTCFullYear(), date - 1, month);
    const time = floor(written.ms + offset, day);
    const other = written.ms + offset - time + start;
    return [other, other - offset].some(
      (expected) => Math.abs(expected - read) < 1000 || read === floor(expected, minute) || read === start,
    );
  });
  return found ? { code: 'day-month-exchanged', sentence: 'day and month are exchanged' } : null;
}

/** Seconds stored where milliseconds are read, or the other way round. */
function otherUnit(written: number, read: number): Difference | null {
  const date = new Date(read).toISOString().replace(/T.*/, '');
  if (Math.abs(read - written / 1000) < 1000)
    return { code: 'unit', sentence: `became ${date}: seconds were read as milliseconds` };
  if (Math.abs(read - written * 1000) < 1_000_000)
    return { code: 'unit', sentence: `became ${date}: milliseconds were read as seconds` };
  return null;
}

function moved(written: number, read: number, name: string): Difference[] {
  const seconds: Difference = { code: 'seconds-lost', sentence: 'seconds lost' };
  const exact = read - written;
  const toMinute = read - floor(written, minute);
  // Zones differ by quarters of an hour, at most by 26 h.
  const zoneLike = (ms: number): boolean => ms % (15 * minute) === 0 && Math.abs(ms) <= 26 * hour;
  const cutToo = !zoneLike(exact) && zoneLike(toMinute);
  const fraction = Math.abs(exact) % minute < 1000 || Math.abs(exact) % minute > minute - 1000;
  const ms = cutToo ? toMinute : fraction ? Math.round(exact / minute) * minute : exact;
  const move: Difference = { code: 'moved', sentence: `${name} moved by ${lengthText(ms)}` };
  return cutToo ? [move, seconds] : [move];
}

/** `5 h`, `-1 h 30 min`, `2 days 3 h`, `35 s`: the two largest parts. */
function lengthText(ms: number): string {
  const absolute = Math.abs(ms);
  const days = Math.floor(absolute / day);
  const parts = [
    [days, days === 1 ? 'day' : 'days'],
    [Math.floor((absolute % day) / hour), 'h'],
    [Math.floor((absolute % hour) / minute), 'min'],
    [Math.floor((absolute % minute) / 1000), 's'],
    [absolute % 1000, 'ms'],
  ] as const;
  const shown = parts.filter(([number]) => number > 0).slice(0, 2);
  return `${ms < 0 ? '-' : ''}${shown.map(([number, unit]) => `${number} ${unit}`).join(' ')}`;
}
