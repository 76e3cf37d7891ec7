import type { Difference } from './change.ts';
import { excerpt } from './excerpt.ts';

interface Reading {
  seconds: number;
  /** The smallest unit that the form can say, in seconds. */
  unit: number;
}

/** What a value may mean as a duration. `01:35` is minutes and seconds, or hours and minutes. */
function readings(value: unknown): Reading[] {
  if (typeof value === 'string') {
    const text = value.trim();
    const clock = /^(\d{1,4}):([0-5]?\d)(?::([0-5]?\d)(?:\.\d+)?)?$/.exec(text);
    if (clock) {
      const [first = 0, second = 0, third = 0] = clock.slice(1).map((part) => Number(part ?? 0));
      if (clock[3] !== undefined) return [{ seconds: first * 3600 + second * 60 + third, unit: 1 }];
      return [
        { seconds: first * 60 + second, unit: 1 },
        { seconds: first * 3600 + second * 60, unit: 60 },
      ];
    }
    const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i.exec(text);
    if (iso && /\d/.test(text)) {
      const [days = 0, hours = 0, minutes = 0, seconds = 0] = iso
        .slice(1)
        .map((part) => Number((part ?? '0').replace(',', '.')));
      return [{ seconds: days * 86_400 + hours * 3600 + minutes * 60 + seconds, unit: 1 }];
    }
    if (!/^\d+(?:\.\d+)?$/.test(text)) return [];
  } else if (typeof value !== 'number') return [];
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) return [];
  return [
    { seconds: number, unit: 1 },
    { seconds: number * 60, unit: 60 },
    { seconds: number / 1000, unit: 1 },
  ];
}

/**
 * What happened to the length of a call. A number may be seconds, minutes or milliseconds; texts may be `HH:mm:ss`,
 * `mm:ss`, `HH:mm` or ISO 8601 (`PT1M35S`): the reading that fits best counts.
 * @param writtenSeconds the length as sent
 * @param read the value that came back
 * @returns empty when one reading is the same length
 */
export function explainDuration(writtenSeconds: number, read: unknown): Difference[] {
  // Some JSON-RPC systems answer false where there is nothing.
  if (read === null || read === undefined || read === false || read === '')
    return [{ code: 'duration-missing', sentence: 'the duration is missing' }];
  const found = readings(read);
  const [first] = found;
  if (first === undefined) {
    const shown = typeof read === 'string' ? `: ${excerpt(read)}` : '';
    return [
      {
        code: 'duration-unreadable',
        sentence: `the duration came back as something that is no length of time${shown}`,
      },
    ];
  }
  // Half a second: 95 s is 1.58 minutes.
  if (found.some(({ seconds }) => Math.abs(seconds - writtenSeconds) <= 0.5)) return [];
  const became = (seconds: number): string =>
    `${writtenSeconds} s became ${Number(seconds.toFixed(1)).toLocaleString('en', { useGrouping: false })} s`;
  for (const [unit, name] of [
    [60, 'minutes'],
    [3600, 'hours'],
  ] as const) {
    const up = Math.ceil(writtenSeconds / unit) * unit;
    const down = Math.floor(writtenSeconds / unit) * unit;
    if (up > 0 && found.some(({ seconds }) => seconds === up))
      return [{ code: `duration-rounded-to-${name}`, sentence: `${became(up)}: rounded up to ${name}` }];
    if (down > 0 && found.some(({ seconds }) => seconds === down))
      return [{ code: `duration-cut-to-${name}`, sentence: `${became(down)}: cut to ${name}` }];
  }
  const nearest = found.reduce((best, reading) =>
    Math.abs(reading.seconds - writtenSeconds) < Math.abs(best.seconds - writtenSeconds) ? reading : best,
  );
  // A bare number says no unit: seconds, unless another unit comes close.
  const likely = Math.abs(nearest.seconds - writtenSeconds) <= 60 ? nearest : first;
  return [{ code: 'duration-changed', sentence: became(likely.seconds) }];
}
