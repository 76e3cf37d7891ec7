import { createHash } from 'node:crypto';

/** A made-up secret that nothing else contains: 32 letters and digits. */
export function canary(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  return [...digest.slice(0, 32)]
    .map((digit, index) => (index % 2 === 0 ? String.fromCharCode(71 + Number.parseInt(digit, 16)) : digit))
    .join('');
}

/** Fewer characters of a secret in a row prove nothing. */
const windowLength = 8;

/**
 * Where a secret, or eight characters of it in a row, can be read in a text: as it stands, or by somebody who undoes
 * JSON, percent, HTML, base64 or hexadecimal encoding. Knows nothing of how the product looks for secrets.
 * @returns `percent: …<what is around it>…` for each reading that shows something
 */
export function traces(text: string, secrets: readonly string[]): string[] {
  const parts = secrets.map(windows);
  return [...plainReadings(text), ...encodedReadings(text)].flatMap(([reading, read]) =>
    parts.flatMap((one) => shown(reading, read, one)),
  );
}

/** Which words can be read in a text, each as a whole, by somebody who undoes JSON, percent or HTML encoding. */
export function wordsIn(text: string, words: readonly string[]): string[] {
  return plainReadings(text).flatMap(([reading, read]) =>
    words.flatMap((word) => shown(reading, read, [word])),
  );
}

function shown(reading: string, text: string, parts: readonly string[]): string[] {
  const at = parts.map((part) => text.indexOf(part)).find((index) => index >= 0);
  return at === undefined ? [] : [`${reading}: ${JSON.stringify(text.slice(Math.max(0, at - 80), at + 60))}`];
}

function windows(secret: string): string[] {
  const characters = [...secret];
  if (characters.length <= windowLength) return [secret];
  return Array.from({ length: characters.length - windowLength + 1 }, (_, index) =>
    characters.slice(index, index + windowLength).join(''),
  );
}

function plainReadings(text: string): [string, string][] {
  const json = unescapeJson(text);
  const percent = unescapePercent(json);
  return [
    ['raw', text],
    ['JSON', json],
    ['JSON twice', unescapeJson(json)],
    ['percent', percent],
    ['percent twice', unescapePercent(percent)],
    ['form', unescapePercent(json.replaceAll('+', ' '))],
    ['HTML', unescapeHtml(json)],
    ['Latin-1', Buffer.from(json, 'latin1').toString('utf8')],
  ];
}

function encodedReadings(text: string): [string, string][] {
  const json = unescapeJson(text);
  // The same long text stands in many places of a report: one look is enough.
  const runs = new Set(
    [json, unescapePercent(json), unescapeHtml(json)].flatMap(
      (source) => source.match(/[\w+/-]{10,}/g) ?? [],
    ),
  );
  return [
    ['base64', readBase64([...runs])],
    ['hexadecimal', readHex(json)],
  ];
}

function unescapeJson(text: string): string {
  return text
    .replace(/\\u([\da-f]{4})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\(["\\/])/g, '$1');
}

function unescapePercent(text: string): string {
  return text.replace(/(%[\da-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text
    .replace(/&#x([\da-f]+);/gi, (_match, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_match, digits: string) => String.fromCodePoint(Number(digits)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (entity, name: string) => named[name] ?? entity);
}

/** Runs of base64 characters, each read from all four places where a group of four may begin. */
function readBase64(runs: readonly string[]): string {
  return runs
    .flatMap((run) => [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('utf8')))
    .join('\n');
}

function readHex(text: string): string {
  return [...text.matchAll(/[\da-f]{16,}/gi)]
    .flatMap(([run]) => [0, 1].map((from) => Buffer.from(run.slice(from), 'hex').toString('utf8')))
    .join('\n');
}
