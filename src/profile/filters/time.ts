import type { FilterImplOptions } from 'liquidjs';
import { Instant, instantOf, two, zoneOf } from './instant.ts';
import { strftime } from './strftime.ts';
import { shown, TemplateError } from './template-error.ts';
import { isEmpty } from './text.ts';

/** A filter of a moment. Nothing stays nothing, so that `default` and `omit_empty` can follow. */
function timeFilter(
  name: string,
  convert: (instant: Instant, option: unknown) => unknown,
): [string, FilterImplOptions] {
  return [
    name,
    (value: unknown, option?: unknown) => (isEmpty(value) ? null : convert(instantOf(value, name), option)),
  ];
}

/** A filter of a duration in seconds. */
function durationFilter(name: string, convert: (seconds: number) => unknown): [string, FilterImplOptions] {
  return [name, (value: unknown) => (isEmpty(value) ? null : convert(secondsOf(value, name)))];
}

function secondsOf(value: unknown, filter: string): number {
  const seconds = typeof value === 'number' ? value : Number.parseFloat(String(value));
  if ((typeof value !== 'number' && !/^\s*\d+(\.\d+)?\s*$/.test(String(value))) || !(seconds >= 0)) {
    throw new TemplateError(
      `${shown(value)} is no duration for the filter \`${filter}\`; expected a number of seconds`,
    );
  }
  return seconds;
}

function plusSeconds(instant: Instant, option: unknown): Instant {
  const seconds = Number(option);
  if (isEmpty(option) || !Number.isFinite(seconds)) {
    throw new TemplateError(
      `the filter \`plus_seconds\` needs a number of seconds, and was given ${shown(option)}`,
    );
  }
  return new Instant(instant.epochMs + seconds * 1000, instant.zone);
}

function clockTime(instant: Instant, option: unknown): string {
  const format = isEmpty(option) ? 'HH:mm:ss' : option;
  if (format === 'HH:mm:ss') return strftime(instant, '%T');
  if (format === 'short' || format === 'HH:mm') return strftime(instant, '%R');
  throw new TemplateError(
    `the filter \`time\` knows 'short' (HH:mm) and 'HH:mm:ss', and was given ${shown(option)}`,
  );
}

function hoursMinutesSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

function minutesSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
}

function hoursMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * Moments (ISO 8601 text, Date, milliseconds since 1970) and durations (seconds) as CRMs want them.
 * Written in UTC, or in the zone that `in_zone` gave before.
 */
export const timeFilters: Record<string, FilterImplOptions> = Object.fromEntries([
  /** Always UTC: `2026-11-24T10:20:30Z`; with `iso: 'ms'` the milliseconds too. */
  timeFilter('iso', (instant, option) => {
    const text = new Date(instant.epochMs).toISOString();
    return option === 'ms' ? text : `${text.slice(0, 19)}Z`;
  }),
  /** Whole seconds since 1970, as a number. */
  timeFilter('epoch', (instant) => Math.floor(instant.epochMs / 1000)),
  timeFilter('epoch_ms', (instant) => instant.epochMs),
  /** `YYYY-MM-DD`, or a strftime format. */
  timeFilter('date', (instant, format) => strftime(instant, isEmpty(format) ? '%F' : String(format))),
  timeFilter('time', clockTime),
  /** `YYYY-MM-DD HH:MM:SS`. */
  timeFilter('sql_datetime', (instant) => strftime(instant, '%F %T')),
  /** Following filters write the wall clock of this zone; on its own it is ISO 8601 with the zone's offset. */
  timeFilter('in_zone', (instant, zone) => new Instant(instant.epochMs, zoneOf(zone))),
  timeFilter('plus_seconds', plusSeconds),
  /** Minutes with decimals, as a number. */
  durationFilter('minutes', (seconds) => seconds / 60),
  /** Minutes begun, as a number. */
  durationFilter('minutes_up', (seconds) => Math.ceil(seconds / 60)),
  /** Rounded up to minutes. */
  durationFilter('hhmm', hoursMinutes),
  durationFilter('hhmmss', hoursMinutesSeconds),
  /** Minutes go beyond 59: `61:01`. */
  durationFilter('mmss', minutesSeconds),
]);
