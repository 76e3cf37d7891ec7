import { readFileSync } from 'node:fs';

/** The version in package.json, two folders up from here in the package as in the sources. */
export function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  const { version: text } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return text;
}
