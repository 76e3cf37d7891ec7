import type { Change, Rule, State } from './change.ts';
import { appeared, count } from './change.ts';
import { code } from './excerpt.ts';

const anyBreak = /\r\n|\r|\n/g;

/** Line breaks that became something else, each of them. */
export const lineBreaksReplaced: Rule = (state) => {
  if (!/[\r\n]/.test(state.text)) return [];
  return [...lineEndings(state), ...replacements(state), ...blankLines(state), ...paragraphs(state)];
};

function replaced(differenceCode: string, sentence: string, replacement: string, pattern = anyBreak): Change {
  return { code: differenceCode, sentence, apply: (text) => text.replace(pattern, () => replacement) };
}

function lineEndings({ text, target }: State): Change[] {
  const changes: Change[] = [];
  if (target.includes('\r\n')) changes.push(replaced('crlf', 'line breaks became CR LF', '\r\n'));
  if (text.includes('\r')) changes.push(replaced('crlf', 'CR LF line breaks became LF', '\n'));
  if (/\r(?!\n)/.test(target)) changes.push(replaced('line-breaks-cr', 'line breaks became CR', '\r'));
  return changes;
}

function replacements(state: State): Change[] {
  const changes = [
    replaced('line-breaks-spaces', 'line breaks became spaces', ' '),
    replaced('line-breaks-removed', 'line breaks were removed', ''),
  ];
  for (const tag of ['<br>', '<br />', '<br/>']) {
    if (!appeared(state, tag)) continue;
    changes.push(replaced('line-breaks-br', `line breaks became ${code(tag)}`, tag));
    changes.push({
      code: 'line-breaks-br',
      sentence: `${code(tag)} was put before each line break`,
      apply: (text) => text.replace(anyBreak, (lineBreak) => `${tag}${lineBreak}`),
    });
  }
  const spelled = ['\\n', '\\r\\n', '&#10;', '&#xA;', '&#xa;', '&#13;&#10;', '&#13;\n'];
  for (const spelling of spelled.filter((candidate) => appeared(state, candidate))) {
    changes.push(replaced('line-breaks-escaped', `line breaks became ${code(spelling)}`, spelling));
  }
  return changes;
}

function blankLines({ text, target }: State): Change[] {
  const changes: Change[] = [
    {
      code: 'line-breaks-doubled',
      sentence: 'line breaks were doubled',
      apply: (before) => before.replace(anyBreak, (lineBreak) => lineBreak + lineBreak),
    },
  ];
  if (/(\r?\n)\1/.test(text)) {
    changes.push(
      replaced('blank-lines-removed', 'blank lines were removed', '\n', /(?:\r?\n){2,}/g),
      replaced('blank-lines-removed', 'several blank lines became one', '\n\n', /(?:\r?\n){3,}/g),
    );
    if (/\n\n/.test(target)) {
      changes.push(
        replaced(
          'line-breaks-spaces',
          'single line breaks became spaces, blank lines stayed',
          ' ',
          /(?<![\r\n])\r?\n(?!\r?\n)/g,
        ),
      );
    }
  }
  return changes;
}

/** Rich-text editors make an element of each line, or of each block between blank lines. */
function paragraphs({ target }: State): Change[] {
  const changes: Change[] = [];
  for (const tag of ['p', 'div']) {
    if (count(target, `</${tag}>`) < 2) continue;
    const join = /<\/(?:p|div)>(\r?\n)</.exec(target)?.[1] ?? '';
    const empty = new RegExp(`<${tag}>(<br ?/?>|&nbsp;|\u00a0)</${tag}>`).exec(target)?.[1] ?? '';
    const opening = new RegExp(`<${tag}(?:\\s[^<>]*)?>`).exec(target)?.[0] ?? `<${tag}>`;
    const wrap = (part: string): string => `${opening}${part === '' ? empty : part}</${tag}>`;
    changes.push({
      code: 'line-breaks-paragraphs',
      sentence: `each line became a paragraph (${code(`<${tag}>`)})`,
      apply: (text) =>
        text
          .split(/\r\n|\r|\n/)
          .map(wrap)
          .join(join),
    });
    const inner = /<br ?\/?>\n?/.exec(target)?.[0] ?? '\n';
    changes.push({
      code: 'line-breaks-paragraphs',
      sentence: `each block between blank lines became a paragraph (${code(`<${tag}>`)})`,
      apply: (text) =>
        text
          .split(/(?:\r?\n){2,}/)
          .map((block) => wrap(block.replace(anyBreak, inner)))
          .join(join),
    });
  }
  return changes;
}
