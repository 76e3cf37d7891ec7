/** A moment as it was read. */
export interface ReadInstant {
  /** Unix milliseconds; without a zone, as if the text were UTC. */
  ms: number;
  precision: 'ms' | 'second' | 'minute' | 'hour' | 'day';
  /** Whether the value says which moment it means, or only a wall-clock time. */
  zone: 'explicit' | 'none';
}

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/;
const basic =
  /^(\d{4})(\d\d)(\d\d)(?:[Tt]?(\d\d)(\d\d)(?:(\d\d)(?:[.,]?(\d{1,3}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;
const rfc =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?(\d{1,2})[\s-]([A-Z][a-z]{2})[a-z]*[\s-](\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?(?:\s+(UT|UTC|GMT|Z|[ECMP][SD]T|[+-]\d{4}))?(?:\s+\([^()]*\))?$/;
const dotNet = /^\\?\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Hours from UTC of the zone names of RFC 2822 section 4.3. */
const named: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

/**
 * A value as App Connect reads a date: ISO 8601 with or without a zone, `YYYY-MM-DD[ HH:mm[:ss[.SSS]]]`,
 * `YYYYMMDD[HHmmss]`, Unix time in s, ms, µs or ns (as a number or as digits), RFC 2822, `/Date(ms)/`.
 * @returns null for what it does not read: slash dates, days and hours that do not exist, anything else
 */
export function readInstant(value: unknown): ReadInstant | null {
  if (typeof value === 'number') return Number.isFinite(value) ? fromNumber(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return fromDigits(text);
  const match = iso.exec(text) ?? basic.exec(text);
  if (match) return fromFields(match.slice(1));
  const date = dotNet.exec(text);
  if (date) return inRange({ ms: Number(date[1]), precision: 'ms', zone: 'explicit' });
  const mail = rfc.exec(text);
  if (!mail) return null;
  const month = months.indexOf(mail[2] ?? '') + 1;
  const [day, , year, hour, minute, second, zone] = mail.slice(1);
  return fromFields([year, String(month), day, hour, minute, second, undefined, zone]);
}

/** Parts as texts: year, month, day, hour, minute, second, fraction, zone. */
function fromFields(fields: readonly (string | undefined)[]): ReadInstant | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields
    .slice(0, 6)
    .map((field) => Number(field ?? 0));
  const [, , , hours, minutes, seconds, fraction, zoneText] = fields;
  const wall = new Date(0);
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  wall.setUTCFullYear(year, month - 1, day);
  wall.setUTCHours(hour, minute, second);
  const exists =
    year > 0 &&
    wall.getUTCMonth() === month - 1 &&
    wall.getUTCDate() === day &&
    wall.getUTCHours() === hour &&
    wall.getUTCMinutes() === minute &&
    wall.getUTCSeconds() === second;
  const offset = offsetOf(zoneText);
  if (!exists || offset === null) return null;
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const precision =
    hours === undefined
      ? 'day'
      : minutes === undefined
        ? 'hour'
        : seconds === undefined
          ? 'minute'
          : fraction === undefined
            ? 'second'
            : 'ms';
  return inRange({
    ms: wall.getTime() + milliseconds - offset * 60_000,
    precision,
    zone: zoneText === undefined ? 'none' : 'explicit',
  });
}

/** Minutes ahead of UTC; null for an offset that no zone has. */
function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined || /^(?:z|utc?|gmt)$/i.test(zone)) return 0;
  const hours = named[zone];
  if (hours !== undefined) return hours * 60;
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 14 * 60 || Number(match[3] ?? 0) > 59 ? null : match[1] === '-' ? -minutes : minutes;
}

function fromDigits(text: string): ReadInstant | null {
  const whole = text.split('.')[0] ?? '';
  if (text === whole && (whole.length === 8 || whole.length === 14 || whole.length === 17)) {
    const date = basic.exec(text);
    const read = date ? fromFields(date.slice(1)) : null;
    if (read || whole.length !== 17) return read;
  }
  return fromUnix(Number(text), whole.length, text !== whole);
}

function fromNumber(value: number): ReadInstant | null {
  if (value < 0 || value >= 1e20) return null;
  const whole = Math.trunc(value);
  return value === whole ? fromDigits(BigInt(whole).toString()) : fromUnix(value, String(whole).length, true);
}

/** The number of digits says the unit: each is from the 1970s to the 23rd century. */
function fromUnix(value: number, digits: number, fraction: boolean): ReadInstant | null {
  const explicit = (ms: number, precision: ReadInstant['precision']) =>
    inRange({ ms, precision, zone: 'explicit' });
  if (digits === 9 || digits === 10) return explicit(Math.round(value * 1000), fraction ? 'ms' : 'second');
  if (digits >= 11 && digits <= 13) return explicit(Math.floor(value), 'ms');
  if (digits >= 15 && digits <= 16) return explicit(Math.floor(value / 1e3), 'ms');
  if (digits >= 17 && digits <= 19) return explicit(Math.floor(value / 1e6), 'ms');
  return null;
}

function inRange(instant: ReadInstant): ReadInstant | null {
  return Number.isNaN(new Date(instant.ms).getTime()) ? null : instant;
}
