import type { Change, Rule, State } from './change.ts';
import { appeared, count } from './change.ts';
import { code, listed } from './excerpt.ts';

const plain = [
  [/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g, '"'],
  [/[\u2018\u2019\u201a\u201b]/g, "'"],
  [/\u2014/g, '--'],
  [/\u2013/g, '-'],
  [/\u2026/g, '...'],
] as const;

function straightened(text: string): string {
  return plain.reduce((before, [pattern, replacement]) => before.replace(pattern, () => replacement), text);
}

/** Straight quotes, dashes and dots that were made typographic, or the other way round. */
export const typographyChanged: Rule = ({ text, target }) => {
  const curly = /[\u2018-\u201f\u2013\u2014\u2026]/;
  const inText = curly.test(text);
  const inTarget = curly.test(target);
  if (inText && !inTarget) {
    return [
      {
        code: 'quotes-straightened',
        sentence: 'typographic quotes, dashes or dots became plain ones',
        apply: straightened,
      },
    ];
  }
  if (!inTarget) return [];
  const changed = [...'"\''].filter((quote) => count(target, quote) < count(text, quote));
  return [
    {
      code: 'quotes-curled',
      sentence:
        changed.length === 0
          ? 'dashes or dots became typographic ones'
          : `${listed(changed.map(code))} became curled quotes`,
      // Which curl stands where differs from system to system, so both sides are compared without.
      apply: straightened,
      target: straightened(target),
    },
  ];
};

function afterBackslash(characters: readonly string[]): (text: string) => string {
  return (text) => text.replace(/["'\\/]/g, (found) => (characters.includes(found) ? `\\${found}` : found));
}

/** A backslash put before quotes, backslashes doubled or lost, quotes doubled or removed. */
export const quotesEscaped: Rule = (state) => {
  const { text, target } = state;
  const changes: Change[] = [];
  const change = (differenceCode: string, sentence: string, apply: (before: string) => string): void => {
    changes.push({ code: differenceCode, sentence, apply });
  };
  const escaped = [...'"\'/'].filter((quote) => text.includes(quote) && appeared(state, `\\${quote}`));
  if (escaped.length > 0) {
    change(
      'quotes-backslashed',
      listed(escaped.map((quote) => `${code(quote)} became ${code(`\\${quote}`)}`)),
      afterBackslash(escaped),
    );
    if (text.includes('\\')) {
      change(
        'quotes-backslashed',
        listed([...escaped, '\\'].map((quote) => `${code(quote)} became ${code(`\\${quote}`)}`)),
        afterBackslash([...escaped, '\\']),
      );
    }
  }
  if (text.includes('\\')) changes.push(...backslashes(state));
  for (const quote of '"\'') {
    if (!text.includes(quote)) continue;
    if (appeared(state, quote + quote))
      change('quotes-doubled', `${code(quote)} was doubled`, (before) =>
        before.replaceAll(quote, quote + quote),
      );
    if (!target.includes(quote))
      change('quotes-removed', `${code(quote)} was removed`, (before) => before.replaceAll(quote, ''));
  }
  const other = [`'"`, `"'`].find(
    ([from = '', to = '']) => text.includes(from) && !target.includes(from) && target.includes(to),
  );
  if (other)
    change('quotes-exchanged', `${code(other.charAt(0))} became ${code(other.charAt(1))}`, (before) =>
      before.replaceAll(other.charAt(0), other.charAt(1)),
    );
  return changes;
};

function backslashes({ target }: State): Change[] {
  const changes: Change[] = [];
  if (target.includes('\\\\')) {
    changes.push({
      code: 'backslashes-doubled',
      sentence: 'backslashes were doubled',
      apply: (text) => text.replaceAll('\\', '\\\\'),
    });
  }
  changes.push(
    {
      code: 'backslashes-lost',
      sentence: 'backslashes were lost',
      apply: (text) => text.replaceAll('\\', ''),
    },
    {
      code: 'backslashes-lost',
      sentence: 'of each pair of backslashes one was lost, and single ones were lost',
      apply: (text) => text.replace(/\\(\\?)/g, '$1'),
    },
  );
  return changes;
}
