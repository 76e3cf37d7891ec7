import { InvalidArgumentError } from 'commander';

/** How the words of the command line become values. Each says what it expected. */

export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** A list of nothing is a mistake, such as a variable of the job that is not set: it must not pass for a list. */
export function list(value: string): string[] {
  const words = value.split(',').flatMap((word) => word.trim() || []);
  if (words.length === 0) throw new InvalidArgumentError('Expected names, separated by commas.');
  return words;
}

export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number from 1.');
  return value;
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('Expected a whole number from 0 to 65535.');
  }
  return value;
}

export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > 86_400) {
    throw new InvalidArgumentError('Expected a number of seconds above 0.');
  }
  return value;
}

export function secondsOrNone(text: string): number {
  return text.trim() === '0' ? 0 : seconds(text);
}

export function percent(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > 100) {
    throw new InvalidArgumentError('Expected a number from 0 to 100.');
  }
  return value;
}
