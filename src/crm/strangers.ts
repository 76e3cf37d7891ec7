import { withheld } from './masked.ts';
import { isRecord } from './records.ts';

/** So many are remembered: who returns everybody returns any number. */
const mostRemembered = 5000;
/** Words of the longest name that is looked for. */
const longestName = 5;

const nameKey = /name$/i;
const numberKey = /phone|mobile|fax|tel|cell|number/i;
const word = /[\p{L}\p{N}'’-]+/gu;
/** May be an e-mail address. */
const token = /[^\s<>"'(),;:]+/g;
const number = /\+?\(?\d[\d ()./-]{5,24}\d/g;

/**
 * Whom the CRM has shown and the run did not create. What says nothing but who is in the way (`409 Jane Sample has this
 * number`) is a plain sentence, in which only somebody who is known by then can be found: by a name of two words or more,
 * an e-mail address or a phone number.
 */
export class Strangers {
  readonly #known = new Set<string>();
  readonly #firstWords = new Set<string>();

  /** @param isOwn whether a text is one that the run wrote */
  meet(record: object, isOwn: (text: string) => boolean): void {
    const texts = Object.entries(record).flatMap(([key, text]): [string, string][] =>
      (typeof text === 'string' || typeof text === 'number') && !isOwn(String(text))
        ? [[key, String(text)]]
        : [],
    );
    const names = texts.flatMap(([key, text]) => (nameKey.test(key) ? [text] : []));
    const [first, second] = names.filter((name) => wordsIn(name).length === 1);
    if (first !== undefined && second !== undefined) names.push(`${first} ${second}`, `${second} ${first}`);
    for (const name of names) {
      const words = wordsIn(name);
      if (words.length < 2 || words.length > longestName) continue;
      this.#remember(keyOf(words));
      this.#firstWords.add(keyOf(words.slice(0, 1)));
    }
    for (const [key, text] of texts) {
      for (const [found] of text.matchAll(token))
        if (found.includes('@')) this.#remember(found.toLowerCase());
      const digits = text.replace(/\D/g, '');
      if (numberKey.test(key) && digits.length >= 7) this.#remember(tailOf(digits));
    }
  }

  /** A copy in which nobody who was met is named. */
  withoutThem(value: unknown): unknown {
    if (this.#known.size === 0) return value;
    if (typeof value === 'string') return this.#textWithoutThem(value);
    if (Array.isArray(value)) return value.map((inner) => this.withoutThem(inner));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.withoutThem(inner)]));
  }

  #remember(known: string): void {
    if (this.#known.size < mostRemembered) this.#known.add(known);
  }

  #textWithoutThem(text: string): string {
    const unnamed = text
      .replace(token, (found) => (this.#known.has(found.toLowerCase()) ? withheld : found))
      .replace(number, (found) => (this.#known.has(tailOf(found.replace(/\D/g, ''))) ? withheld : found));
    return this.#withoutNames(unnamed);
  }

  #withoutNames(text: string): string {
    const words = [...text.matchAll(word)];
    let shown = '';
    let upTo = 0;
    for (let at = 0; at < words.length; at++) {
      if (!this.#firstWords.has(words[at]?.[0].toLowerCase() ?? '')) continue;
      for (let count = Math.min(longestName, words.length - at); count > 1; count--) {
        const named = words.slice(at, at + count);
        if (!this.#known.has(keyOf(named.map(([one]) => one)))) continue;
        const last = named.at(-1);
        shown += text.slice(upTo, named[0]?.index) + withheld;
        upTo = (last?.index ?? 0) + (last?.[0].length ?? 0);
        at += count - 1;
        break;
      }
    }
    return shown + text.slice(upTo);
  }
}

function wordsIn(name: string): string[] {
  return name.match(word) ?? [];
}

function keyOf(words: readonly string[]): string {
  return words.join(' ').toLowerCase();
}

/** A number with or without its country code. */
function tailOf(digits: string): string {
  return digits.slice(-9);
}
