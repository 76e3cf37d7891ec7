import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { createLocator, type Locator } from '../profile/locate.ts';
import { ProfileError } from '../profile/problem.ts';
import { didYouMean, oneOf } from '../profile/suggest.ts';
import type { Position, ProfileProblem } from '../profile/types.ts';

/** A finding that somebody accepts for now. */
export interface WaiverEntry {
  id: string;
  reason: string;
  /** The last day on which it holds: `YYYY-MM-DD`, UTC. */
  expires: string;
  /** Where it stands. */
  at: Position;
}

const keys = ['id', 'reason', 'expires'] as const;
const example = 'a list under `waivers`, each with `id`, `reason` and `expires`';

/**
 * Reads a file of waivers.
 * @param known every requirement id that there is
 * @throws {ProfileError} with every problem of the text, by position
 */
export function parseWaivers(text: string, file: string, known: readonly string[]): WaiverEntry[] {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax) {
    throw new ProfileError([
      { file, ...at(syntax.pos[0]), message: `not YAML: ${syntax.message}`, expected: example },
    ]);
  }
  const locator = createLocator(document, text, at);
  const list = isMap(document.contents) ? document.contents.get('waivers') : undefined;
  if (!isSeq(list)) {
    throw new ProfileError([
      { file, ...locator.valueAt(['waivers']), message: 'there are no waivers here', expected: example },
    ]);
  }
  const reader = new Reader(file, locator, known);
  const top = (document.toJS({ maxAliasCount: 10 }) ?? {}) as Record<string, unknown>;
  reader.refuseUnknownKeys(top, [], ['waivers']);
  const entries = (top.waivers as unknown[]).flatMap((entry, index) => reader.entry(entry, index) ?? []);
  reader.refuseTwice(entries);
  if (reader.problems.length > 0) throw new ProfileError(reader.problems);
  return entries;
}

class Reader {
  readonly problems: ProfileProblem[] = [];
  readonly #file: string;
  readonly #locator: Locator;
  readonly #known: readonly string[];

  constructor(file: string, locator: Locator, known: readonly string[]) {
    this.#file = file;
    this.#locator = locator;
    this.#known = known;
  }

  entry(value: unknown, index: number): WaiverEntry | null {
    const path = ['waivers', index];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#refuse(this.#locator.valueAt(path), 'this is no waiver', '`id`, `reason` and `expires`');
    }
    const fields = value as Record<string, unknown>;
    this.refuseUnknownKeys(fields, path, keys);
    const id = this.#text(fields, path, 'id', 'the id of a requirement, such as `lookup.any-format`');
    const reason = this.#text(fields, path, 'reason', 'why it is accepted, in a sentence');
    const expires = this.#text(fields, path, 'expires', 'the last day on which it holds, such as 2027-01-31');
    if (id === null || reason === null || expires === null) return null;
    if (!this.#known.includes(id)) {
      const hint = didYouMean(id, this.#known) ?? '`crm-ready explain --list` lists them';
      return this.#refuse(
        this.#locator.valueAt([...path, 'id']),
        `there is no requirement \`${id}\``,
        'an id of the catalogue',
        hint,
      );
    }
    if (!isDay(expires)) {
      return this.#refuse(
        this.#locator.valueAt([...path, 'expires']),
        `\`${expires}\` is no day`,
        'a day of the calendar as YYYY-MM-DD',
      );
    }
    return { id, reason, expires, at: this.#locator.valueAt([...path, 'id']) };
  }

  refuseUnknownKeys(
    fields: Record<string, unknown>,
    path: (string | number)[],
    allowed: readonly string[],
  ): void {
    for (const key of Object.keys(fields)) {
      if (allowed.includes(key)) continue;
      this.#refuse(
        this.#locator.keyAt([...path, key]),
        `unknown key \`${key}\``,
        oneOf(allowed),
        didYouMean(key, allowed),
      );
    }
  }

  refuseTwice(entries: readonly WaiverEntry[]): void {
    for (const [index, { id, at }] of entries.entries()) {
      if (entries.findIndex((other) => other.id === id) < index)
        this.#refuse(at, `\`${id}\` is waived twice`, 'one waiver for a requirement');
    }
  }

  #text(
    fields: Record<string, unknown>,
    path: (string | number)[],
    key: string,
    expected: string,
  ): string | null {
    const value = fields[key];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    const missing = value === undefined || value === null || value === '';
    const at = this.#locator.valueAt(key in fields ? [...path, key] : path);
    return this.#refuse(at, missing ? `\`${key}\` is missing` : `\`${key}\` is no text`, expected);
  }

  #refuse(at: Position, message: string, expected: string, hint?: string): null {
    this.problems.push({ file: this.#file, ...at, message, expected, ...(hint !== undefined && { hint }) });
    return null;
  }
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // The 31st of June is the 1st of July to a lenient parser.
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}
