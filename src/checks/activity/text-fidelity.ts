import type { Difference } from './fidelity/change.ts';
import { counted, excerpt } from './fidelity/excerpt.ts';
import { isHarmless } from './fidelity/harmless.ts';
import { visibleWords } from './fidelity/markdown.ts';
import { findChanges, sameBeginning } from './fidelity/search.ts';

export { isHarmless };
/** A stable code, and a sentence for people such as "`<` became `&lt;`". */
export type TextDifference = Difference;

/**
 * What happened to a text on its way into a CRM and back: the fewest known changes that explain it, at most three
 * besides harmless ones, in order; where none do, one sentence that says from where on it differs. Parts of the texts
 * in a sentence are short, on one line, and without control characters. Takes time in proportion to the length.
 * @param written the text as sent
 * @param read the text that came back; null when there was none
 * @returns empty when both are equal
 */
export function explainText(written: string, read: string | null): TextDifference[] {
  if (read === null) return [{ code: 'nothing', sentence: 'nothing came back' }];
  if (read === written) return [];
  if (read === '') return [{ code: 'empty', sentence: 'the text came back empty' }];
  return findChanges(written, read) ?? [unexplained(written, read)];
}

function unexplained(written: string, read: string): TextDifference {
  const start = sameBeginning(written, read);
  let end = 0;
  const most = Math.min(written.length, read.length) - start;
  while (
    end < most &&
    written.charCodeAt(written.length - 1 - end) === read.charCodeAt(read.length - 1 - end)
  )
    end += 1;
  const from = start - (/[\udc00-\udfff]/.test(written.charAt(start)) && start > 0 ? 1 : 0);
  const position = [...written.slice(0, from)].length + 1;
  const lost = written.slice(start, written.length - end);
  const gained = read.slice(start, read.length - end);
  if (gained === '') {
    return {
      code: 'part-missing',
      sentence: `from character ${position.toLocaleString('en')} on ${counted([...lost].length, 'character')} ${lost.length === 1 ? 'is' : 'are'} missing: "${excerpt(lost)}"`,
    };
  }
  if (lost === '') {
    return {
      code: 'part-added',
      sentence: `before character ${position.toLocaleString('en')} text was added: "${excerpt(gained)}"`,
    };
  }
  const both = `from character ${position.toLocaleString('en')} on it differs: "${excerpt(written.slice(from))}" was written, "${excerpt(read.slice(from))}" came back`;
  return visibleWords(written) === visibleWords(read)
    ? {
        code: 'markup-rewritten',
        sentence: `the words are the same, the markup or white space is not; ${both}`,
      }
    : { code: 'different', sentence: both };
}
