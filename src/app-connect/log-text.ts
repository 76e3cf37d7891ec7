/** How dates and durations read in App Connect's log text. */

/**
 * `2026-03-01 09:05:00 PM`
 * @param time Unix milliseconds, ISO 8601 or a Date
 * @param offsetMinutes the user's offset from UTC
 */
export function dateTimeText(time: string | number | Date, offsetMinutes: number): string {
  const date = new Date(new Date(time).getTime() + offsetMinutes * 60_000);
  if (Number.isNaN(date.getTime())) return 'Invalid date';
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = date.toISOString().slice(0, 10);
  const hours = date.getUTCHours();
  const clock = [hours % 12 || 12, date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${day} ${clock} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** `1 hour, 2 minutes, 5 seconds`; parts that are zero are left out, zero itself is `0 seconds`. */
export function durationText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return said.length === 0 ? '0 seconds' : said.join(', ');
}
