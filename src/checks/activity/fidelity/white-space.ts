import type { Change, Rule, State } from './change.ts';
import { appeared } from './change.ts';
import { code, counted } from './excerpt.ts';

/** White space lost at the beginning and the end of the text, or of each line. */
export const trimmed: Rule = (state) => {
  const { text, target } = state;
  const changes: Change[] = [...trailingLineBreaks(state)];
  const atEnd = text.slice(text.trimEnd().length);
  const atStart = text.slice(0, text.length - text.trimStart().length);
  if (atEnd !== '' && target.length > 0 && !/\s$/.test(target.slice(-1))) {
    changes.push({
      code: 'trimmed-end',
      sentence: `${kinds(atEnd)} at the end were trimmed`,
      apply: (before) => before.trimEnd(),
    });
  }
  if (atStart !== '' && !/^\s/.test(target)) {
    changes.push({
      code: 'trimmed-start',
      sentence: `${kinds(atStart)} at the beginning were trimmed`,
      apply: (before) => before.trimStart(),
    });
    if (atEnd !== '') {
      changes.push({
        code: 'trimmed-both',
        sentence: `${kinds(atStart + atEnd)} at the beginning and at the end were trimmed`,
        apply: (before) => before.trim(),
      });
    }
  }
  const byLine = (change: (line: string) => string) => (before: string) =>
    before
      .split(/(\r\n|\r|\n)/)
      .map((part) => (/^[\r\n]/.test(part) ? part : change(part)))
      .join('');
  if (/[ \t][\r\n]/.test(text)) {
    changes.push({
      code: 'lines-trimmed',
      sentence: 'spaces at the ends of lines were trimmed',
      apply: byLine((line) => line.trimEnd()),
    });
  }
  if (/[\r\n][ \t]/.test(text)) {
    changes.push({
      code: 'indentation-lost',
      sentence: 'spaces at the beginning of lines were trimmed',
      apply: byLine((line) => line.trimStart()),
    });
  }
  return changes;
};

function kinds(space: string): string {
  const breaks = /[\r\n]/.test(space);
  const others = /[^\r\n]/.test(space);
  return breaks && others ? 'spaces and line breaks' : breaks ? 'line breaks' : 'spaces';
}

function trailingLineBreaks({ text, target }: State): Change[] {
  const before = lineBreaksAtEnd(text);
  const after = lineBreaksAtEnd(target);
  if (before.length <= after.length) return [];
  const lost = before.length - after.length;
  return [
    {
      code: 'trailing-line-break',
      sentence:
        lost === 1
          ? 'the last line break was trimmed'
          : `the last ${counted(lost, 'line break')} were trimmed`,
      apply: (whole) => {
        const ends = lineBreaksAtEnd(whole);
        const kept = ends.slice(0, after.length).join('');
        return whole.slice(0, whole.length - ends.join('').length) + kept;
      },
    },
  ];
}

function lineBreaksAtEnd(text: string): string[] {
  let from = text.length;
  while (from > 0 && '\r\n'.includes(text.charAt(from - 1))) from -= 1;
  return text.slice(from).match(/\r\n|\r|\n/g) ?? [];
}

/** Tabs, runs of spaces and no-break spaces that were replaced. */
export const spacesReplaced: Rule = (state) => {
  const { text, target } = state;
  const changes: Change[] = [];
  const replace = (differenceCode: string, sentence: string, pattern: RegExp, replacement: string): void => {
    if (text.search(pattern) === -1) return;
    changes.push({
      code: differenceCode,
      sentence,
      apply: (before) => before.replace(pattern, () => replacement),
    });
  };
  if (text.includes('\t')) {
    replace('tabs-spaces', 'tabs became spaces', /\t/g, ' ');
    for (const width of [4, 8, 2]) {
      if (appeared(state, ' '.repeat(width)))
        replace('tabs-spaces', `each tab became ${width} spaces`, /\t/g, ' '.repeat(width));
    }
    replace('tabs-removed', 'tabs were removed', /\t/g, '');
    for (const spelling of ['\\t', '&#9;', '&#x9;', '&emsp;', '&nbsp;&nbsp;&nbsp;&nbsp;'])
      if (appeared(state, spelling))
        replace('tabs-escaped', `tabs became ${code(spelling)}`, /\t/g, spelling);
  }
  replace('spaces-collapsed', 'runs of spaces became one space', / {2,}/g, ' ');
  if (/[ \t]{2}/.test(text) && text.includes('\t'))
    replace('spaces-collapsed', 'tabs and runs of spaces became one space', /[ \t]+/g, ' ');
  if (/\s\s/.test(text))
    replace('white-space-collapsed', 'runs of spaces, tabs and line breaks became one space', /\s+/g, ' ');
  if (/\s\s/.test(text) && text !== text.trim()) {
    changes.push({
      code: 'white-space-collapsed',
      sentence: 'runs of spaces, tabs and line breaks became one space, and the ends were trimmed',
      apply: (before) => before.replace(/\s+/g, ' ').trim(),
    });
  }
  replace('no-break-spaces-lost', 'no-break spaces became plain spaces', /\u00a0/g, ' ');
  for (const spelling of ['&nbsp;', '&#160;', '\u00a0']) {
    if (!appeared(state, spelling)) continue;
    const sentence = `spaces became no-break spaces (${code(spelling === '\u00a0' ? '\\u00a0' : spelling)})`;
    replace('spaces-no-break', sentence, / {2}/g, ` ${spelling}`);
    replace('spaces-no-break', sentence, / {2}/g, `${spelling} `);
    replace('spaces-no-break', sentence, / (?= )/g, spelling);
    replace('spaces-no-break', sentence, / /g, spelling);
    replace('no-break-spaces-escaped', `no-break spaces became ${code(spelling)}`, /\u00a0/g, spelling);
  }
  if (text.includes(' ') && !/\s/.test(target)) replace('spaces-removed', 'spaces were removed', / /g, '');
  return changes;
};
