import { type Instant, offsetText, two } from './instant.ts';
import { TemplateError } from './template-error.ts';

function name(clock: Date, part: 'weekday' | 'month', width: 'long' | 'short'): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', [part]: width }).format(clock);
}

function dayOfYear(clock: Date): number {
  return Math.floor((clock.getTime() - Date.UTC(clock.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

const directives: Record<string, (clock: Date, instant: Instant) => string> = {
  Y: (clock) => String(clock.getUTCFullYear()).padStart(4, '0'),
  y: (clock) => two(clock.getUTCFullYear() % 100),
  m: (clock) => two(clock.getUTCMonth() + 1),
  B: (clock) => name(clock, 'month', 'long'),
  b: (clock) => name(clock, 'month', 'short'),
  d: (clock) => two(clock.getUTCDate()),
  e: (clock) => String(clock.getUTCDate()).padStart(2),
  j: (clock) => String(dayOfYear(clock)).padStart(3, '0'),
  A: (clock) => name(clock, 'weekday', 'long'),
  a: (clock) => name(clock, 'weekday', 'short'),
  u: (clock) => String(clock.getUTCDay() || 7),
  w: (clock) => String(clock.getUTCDay()),
  H: (clock) => two(clock.getUTCHours()),
  I: (clock) => two(clock.getUTCHours() % 12 || 12),
  p: (clock) => (clock.getUTCHours() < 12 ? 'AM' : 'PM'),
  P: (clock) => (clock.getUTCHours() < 12 ? 'am' : 'pm'),
  M: (clock) => two(clock.getUTCMinutes()),
  S: (clock) => two(clock.getUTCSeconds()),
  L: (clock) => String(clock.getUTCMilliseconds()).padStart(3, '0'),
  s: (_clock, instant) => String(Math.floor(instant.epochMs / 1000)),
  z: (_clock, instant) => offsetText(instant.offsetMinutes, ''),
  ':z': (_clock, instant) => offsetText(instant.offsetMinutes, ':'),
  F: (clock) => clock.toISOString().slice(0, 10),
  T: (clock) => clock.toISOString().slice(11, 19),
  R: (clock) => clock.toISOString().slice(11, 16),
  '%': () => '%',
};

/**
 * A moment in the zone it carries, by the conversion specifiers of POSIX strftime (`%-d` leaves the padding out).
 * Names are English. LiquidJS's own strftime is not used: it reckons in the local time of the machine, and is an
 * hour off where a wall-clock time does not exist there.
 * @throws {TemplateError} for a specifier that is not known
 */
export function strftime(instant: Instant, format: string): string {
  const clock = instant.wallClock;
  return format.replace(/%(-?)(:?[\s\S]?)/g, (specifier, unpadded: string, letter: string) => {
    const directive = directives[letter];
    if (!directive) {
      throw new TemplateError(
        `the date format has ${specifier}, which is none of ${Object.keys(directives)
          .map((known) => `%${known}`)
          .join(' ')}`,
      );
    }
    const text = directive(clock, instant);
    return unpadded ? text.replace(/^[0 ]+(?=.)/, '') : text;
  });
}
