import type { Change, Rule } from './change.ts';
import { appeared } from './change.ts';
import { code } from './excerpt.ts';

/** Where windows-1252 differs from Latin-1: bytes 80 to 9F, 0 where it has nothing. (Node 20's decoder is Latin-1.) */
const windows1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
  0x0153, 0, 0x017e, 0x0178,
];

function asLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function asWindows1252(text: string): string {
  return asLatin1(text).replace(/[\u0080-\u009f]/g, (byte) =>
    String.fromCharCode(windows1252[byte.charCodeAt(0) - 0x80] || byte.charCodeAt(0)),
  );
}

/** UTF-8 that was read as if each byte were a character, once or twice. */
export const mojibake: Rule = ({ text, target }) => {
  const first = /\P{ASCII}/u.exec(text)?.[0];
  if (first === undefined || !/[\u00c2-\u00f4\u0080-\u009f]/.test(target)) return [];
  const readings: readonly [string, (before: string) => string][] = [
    ['UTF-8 was read as Latin-1', asWindows1252],
    ['UTF-8 was read as Latin-1', asLatin1],
    ['UTF-8 was read as Latin-1 twice', (before) => asWindows1252(asWindows1252(before))],
    ['UTF-8 was read as Latin-1 twice', (before) => asLatin1(asLatin1(before))],
    [
      'UTF-8 was read as Latin-1, and what Latin-1 does not show was removed',
      (before) => asLatin1(before).replace(/[\u0080-\u009f]/g, ''),
    ],
  ];
  return readings.map(([sentence, apply]) => ({
    code: 'mojibake',
    sentence: `${sentence}: ${code(first)} became ${code(apply(first))}`,
    apply,
  }));
};

/** Percent-encoding, form encoding and JSON escapes that were not undone, or were undone once too often. */
export const encodedOnce: Rule = (state) => {
  const { text, target } = state;
  const changes: Change[] = [];
  const change = (differenceCode: string, sentence: string, apply: (before: string) => string): void => {
    changes.push({ code: differenceCode, sentence, apply });
  };
  if (text.includes('+') && !target.includes('+'))
    change('plus-spaces', '`+` became a space', (before) => before.replaceAll('+', ' '));
  if (/%[0-9A-F]{2}/.test(target)) {
    const encode = (before: string): string =>
      encodeURIComponent(before.replace(/\p{Surrogate}/gu, '\ufffd'));
    change('percent-encoded', 'the text came back percent-encoded', encode);
    change('percent-encoded', 'the text came back form-encoded', (before) =>
      encode(before).replaceAll('%20', '+'),
    );
  }
  if (/%[0-9A-Fa-f]{2}/.test(text))
    change('percent-decoded', 'the text was percent-decoded', (before) =>
      before.replace(/(?:%[0-9A-Fa-f]{2})+/g, (bytes) =>
        Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
      ),
    );
  if (appeared(state, '\\n') || appeared(state, '\\"') || appeared(state, '\\u'))
    change('json-escaped', 'the text came back with JSON escapes such as `\\n` and `\\"`', (before) =>
      JSON.stringify(before).slice(1, -1),
    );
  if (appeared(state, '\\u'))
    change('json-escaped', 'letters came back as JSON escapes such as `\\u00e9`', (before) =>
      before.replace(/\P{ASCII}/gu, (character) =>
        Array.from(
          { length: character.length },
          (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
        ).join(''),
      ),
    );
  return changes;
};
