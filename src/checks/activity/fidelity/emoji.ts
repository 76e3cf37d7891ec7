import type { Change, Rule } from './change.ts';
import { appeared } from './change.ts';
import { code } from './excerpt.ts';

/** What needs four bytes in UTF-8: most emoji, rare letters. */
const fourBytes = /[\u{10000}-\u{10ffff}]/gu;
/** Emoji as people see them: joined families, flags and keycaps are one. (`\p{RGI_Emoji}` is a hundred times slower.) */
const whole =
  /\p{RI}{2}|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*/gu;
/** The code points that emoji are made of. */
const parts = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u200d|\ufe0f|\u20e3/gu;

const units = (character: string, show: (unit: number) => string): string =>
  Array.from({ length: character.length }, (_, index) => show(character.charCodeAt(index))).join('');
const point = (character: string): number => character.codePointAt(0) ?? 0;

const spelled: readonly ((character: string) => string)[] = [
  (character) => `&#${point(character)};`,
  (character) => `&#x${point(character).toString(16)};`,
  (character) => `&#x${point(character).toString(16).toUpperCase()};`,
  (character) => units(character, (unit) => `&#${unit};`),
  (character) => units(character, (unit) => `\\u${unit.toString(16).padStart(4, '0')}`),
  (character) => units(character, (unit) => `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`),
];

/** Emoji (and other characters of four bytes) that were removed or replaced. */
export const emojiChanged: Rule = (state) => {
  const { text, target } = state;
  const first = text.match(fourBytes)?.[0] ?? text.match(/\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u)?.[0];
  if (first === undefined) return [];
  const name = (text.match(fourBytes) ?? []).every((character) => /\p{Emoji}/u.test(character))
    ? 'emoji'
    : 'emoji and other characters of four bytes';
  const each = name === 'emoji' ? 'each emoji' : 'each emoji and other character of four bytes';
  const changes: Change[] = [];
  for (const pattern of [fourBytes, whole, parts]) {
    const change = (
      differenceCode: string,
      sentence: string,
      replace: (character: string) => string,
    ): void => {
      changes.push({
        code: differenceCode,
        sentence,
        apply: (before) => before.replace(pattern, (character) => replace(character)),
      });
    };
    change('emoji-removed', `${name} were removed`, () => '');
    for (const replacement of ['?', '??', '????']) {
      if (appeared(state, replacement))
        change('emoji-question-marks', `${each} became ${code(replacement)}`, () => replacement);
    }
    for (const replacement of [
      '\ufffd',
      '\ufffd\ufffd',
      '\ufffd\ufffd\ufffd\ufffd',
      '\u25a1',
      '\u00bf',
      '*',
      ' ',
    ]) {
      if (appeared(state, replacement))
        change('emoji-replaced', `${each} became ${code(replacement)}`, () => replacement);
    }
    for (const spelling of spelled) {
      if (appeared(state, spelling(first)))
        change(
          'emoji-escaped',
          `${each} was spelled out: ${code(first)} became ${code(spelling(first))}`,
          spelling,
        );
    }
  }
  if (/\p{Surrogate}/u.test(target)) {
    for (const half of [0, 1]) {
      changes.push({
        code: 'emoji-halves',
        sentence: `only one half of ${each} came back (a broken surrogate pair)`,
        apply: (before) => before.replace(fourBytes, (character) => character.charAt(half)),
      });
    }
  }
  changes.push({
    code: 'emoji-removed',
    sentence: `${name} were removed, with the space before them`,
    apply: (before) => before.replace(/\s?[\u{10000}-\u{10ffff}][\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]*/gu, ''),
  });
  return changes;
};
