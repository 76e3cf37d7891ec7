import type { Change, Rule } from './change.ts';
import { vanishedCharacters } from './change.ts';
import { code, listed } from './excerpt.ts';

/** Combining marks, and letters written as one or as two characters (Unicode normalisation, UAX #15). */
export const marksChanged: Rule = ({ text, target }) => {
  const changes: Change[] = [];
  const change = (differenceCode: string, sentence: string, apply: (before: string) => string): void => {
    if (apply(text) !== text) changes.push({ code: differenceCode, sentence, apply });
  };
  if (!/\P{ASCII}/u.test(text)) return [];
  change('nfc', 'letters and their marks were joined into single characters (NFC)', (before) =>
    before.normalize('NFC'),
  );
  change('nfd', 'letters were split into base letters and marks (NFD)', (before) => before.normalize('NFD'));
  change('nfkc', 'special characters became plain ones (NFKC)', (before) => before.normalize('NFKC'));
  if (/\p{M}/u.test(text))
    change('marks-lost', 'combining marks were lost', (before) => before.replace(/\p{M}/gu, ''));
  const accented = [...text].find(
    (character) => character.normalize('NFD').length > 1 && !target.includes(character),
  );
  if (accented !== undefined) {
    change('marks-lost', `accents were lost: ${code(accented)} became ${code(bare(accented))}`, bare);
  }
  return changes;
};

function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
}

/** Characters that cannot be seen: direction marks, zero-width joiners, control characters. */
export const invisibleRemoved: Rule = ({ text }) => {
  const sets = [
    [
      'direction-marks-removed',
      'right-to-left and left-to-right marks were removed',
      /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g,
    ],
    [
      'joiners-removed',
      'the invisible characters that join emoji and letters were removed',
      /[\u200b-\u200d\u2060\ufeff]|\ufe0e|\ufe0f/g,
    ],
    ['invisible-removed', 'invisible characters were removed', /\p{Cf}|\ufe0e|\ufe0f/gu],
    ['control-characters-removed', 'control characters were removed', /(?![\t\n\r])\p{Cc}/gu],
  ] as const;
  return sets
    .filter(([, , pattern]) => text.search(pattern) !== -1)
    .map(([differenceCode, sentence, pattern]) => ({
      code: differenceCode,
      sentence,
      apply: (before: string) => before.replace(pattern, ''),
    }));
};

/** Letters that the CRM's character set does not have: they became `?`, became `�`, or were removed. */
export const lettersLost: Rule = (state) => {
  const gone = vanishedCharacters(state);
  if (gone.size === 0) return [];
  const letters = [...gone].filter((character) => /\p{L}/u.test(character));
  const foreign = letters.length > 0 && letters.every((letter) => !/\p{Script=Latin}/u.test(letter));
  const onlyAscii = gone.size > 3 && !/(?!\ufffd|\u00bf)\P{ASCII}/u.test(state.target);
  const what = foreign
    ? `letters that are not Latin, such as ${code(letters[0] ?? '')},`
    : onlyAscii
      ? `everything but plain ASCII characters, such as ${code(letters[0] ?? [...gone][0] ?? '')},`
      : listed([...gone].filter((character) => !/\p{Cf}|\p{M}/u.test(character)).map(code));
  const bytes = new TextEncoder();
  const width = {
    character: () => 1,
    half: (character: string) => character.length,
    byte: (character: string) => bytes.encode(character).length,
  };
  const changes: Change[] = [];
  const change = (differenceCode: string, sentence: string, replace: (character: string) => string): void => {
    changes.push({
      code: differenceCode,
      sentence,
      apply: (text) =>
        [...text].map((character) => (gone.has(character) ? replace(character) : character)).join(''),
    });
  };
  for (const mark of ['?', '\ufffd', '\u00bf', '_']) {
    if (!state.target.includes(mark)) continue;
    const differenceCode = mark === '?' ? 'letters-question-marks' : 'letters-replaced';
    change(differenceCode, `${what} became ${code(mark)}`, () => mark);
    change(differenceCode, `${what} became ${code(mark)}`, (character) => mark.repeat(width.half(character)));
    change(differenceCode, `${what} became one ${code(mark)} for each byte`, (character) =>
      mark.repeat(width.byte(character)),
    );
  }
  change('letters-removed', `${what} ${foreign || gone.size > 1 ? 'were' : 'was'} removed`, () => '');
  return changes;
};

/** The whole text in upper or lower case. */
export const caseChanged: Rule = ({ text }) => {
  const words = (before: string): string =>
    before.toLowerCase().replace(/(?<![\p{L}\p{N}'])\p{L}/gu, (letter) => letter.toUpperCase());
  const changes: Change[] = [
    { code: 'upper-case', sentence: 'the text became upper case', apply: (before) => before.toUpperCase() },
    { code: 'lower-case', sentence: 'the text became lower case', apply: (before) => before.toLowerCase() },
    {
      code: 'first-letter-case',
      sentence: 'the first letter became a capital',
      apply: (before) => before.charAt(0).toUpperCase() + before.slice(1),
    },
  ];
  // Only subjects and names suffer this, and on a long text the pattern is slow.
  if (text.length <= 1000)
    changes.push({ code: 'title-case', sentence: 'each word got a capital letter', apply: words });
  return changes.filter(({ apply }) => apply(text) !== text);
};
