import { shown, TemplateError } from './template-error.ts';

/** A moment with the zone in which it is written. As text it is ISO 8601 in that zone, to the second. */
export class Instant {
  readonly epochMs: number;
  /** IANA name, `UTC`, or a fixed offset such as `+02:00`. */
  readonly zone: string;

  constructor(epochMs: number, zone = 'UTC') {
    this.epochMs = epochMs;
    this.zone = zone;
  }

  /** Minutes ahead of UTC, at this moment. */
  get offsetMinutes(): number {
    return offsetMinutes(this.epochMs, this.zone);
  }

  /** A Date whose UTC fields are the wall clock of the zone. */
  get wallClock(): Date {
    return new Date(this.epochMs + this.offsetMinutes * 60_000);
  }

  toString(): string {
    return `${this.wallClock.toISOString().slice(0, 19)}${this.zone === 'UTC' ? 'Z' : offsetText(this.offsetMinutes, ':')}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** `+02:00`, or `+0200` with an empty separator. */
export function offsetText(minutes: number, separator: string): string {
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}${separator}${two(absolute % 60)}`;
}

/** Two digits at least. */
export function two(value: number): string {
  return String(value).padStart(2, '0');
}

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|z|[+-]\d\d:?\d\d)?)?$/;

/**
 * The moment that a value means: ISO 8601 text (without a zone: UTC), a Date, or milliseconds since 1970.
 * @throws {TemplateError} when it is no time
 */
export function instantOf(value: unknown, filter: string): Instant {
  if (value instanceof Instant) return value;
  const epochMs =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'number'
        ? value
        : parseTime(String(value).trim());
  // 8.64e15 ms is the end of ECMAScript time.
  if (!Number.isFinite(epochMs) || Math.abs(epochMs) > 8.64e15) {
    throw new TemplateError(
      `${shown(value)} is no time for the filter \`${filter}\`; expected ISO 8601 such as 2026-11-24T10:20:30Z, or milliseconds since 1970`,
    );
  }
  return new Instant(epochMs);
}

function parseTime(text: string): number {
  // Captured milliseconds may arrive as text.
  if (/^\d{12,14}$/.test(text)) return Number(text);
  const match = isoPattern.exec(text);
  if (!match) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const wall = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  // Date.UTC carries over: 30 February would silently become 2 March, 25:00 the next day.
  const canonical = new Date(wall).toISOString().slice(0, 19).match(/\d+/g)?.map(Number).join();
  if (canonical !== [year, month, day, hour, minute, second].join()) return Number.NaN;
  const milliseconds = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000);
  return wall + milliseconds - fixedOffset(match[8] ?? 'Z') * 60_000;
}

function fixedOffset(text: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, found);
  }
  return found;
}

function offsetMinutes(epochMs: number, zone: string): number {
  if (zone === 'UTC') return 0;
  // Node 20's Intl does not know offsets as zone names.
  if (/^[+-]/.test(zone)) return fixedOffset(zone);
  const fields: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatter(zone).formatToParts(epochMs)) fields[type] = Number(value);
  const { year = 0, month = 1, day, hour, minute, second } = fields;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((wall - Math.floor(epochMs / 1000) * 1000) / 60_000);
}

/**
 * A zone as {@link Instant} takes it.
 * @throws {TemplateError} when there is no such zone
 */
export function zoneOf(value: unknown): string {
  const zone = typeof value === 'string' ? value.trim() : '';
  if (/^(utc|z|gmt)$/i.test(zone)) return 'UTC';
  if (/^[+-]\d\d:?\d\d$/.test(zone)) return zone;
  try {
    formatter(zone);
    return zone;
  } catch {
    throw new TemplateError(
      `${shown(value)} is no time zone; expected a name such as America/New_York, an offset such as +02:00, or UTC`,
    );
  }
}
