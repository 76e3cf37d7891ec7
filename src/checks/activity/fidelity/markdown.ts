import type { Change, Rule } from './change.ts';
import { appeared } from './change.ts';
import { code, listed } from './excerpt.ts';

/** Markdown signs, each with the tag that a renderer makes of it. */
const signs = [
  { sign: '##', pattern: /^ {0,3}#{1,6} /m, tag: /<h[1-6][\s>]/ },
  { sign: '**', pattern: /\*\*[^*\n]+\*\*/, tag: /<(?:strong|b)[\s>]/ },
  { sign: '- ', pattern: /^ {0,3}[-*+] /m, tag: /<li[\s>]/ },
  { sign: '1. ', pattern: /^ {0,3}\d+\. /m, tag: /<li[\s>]/ },
  { sign: '*', pattern: /(?<![*\w])[*_][^*_\n]+[*_](?![*\w])/, tag: /<(?:em|i)[\s>]/ },
  { sign: '[…](…)', pattern: /\[[^[\]\n]*\]\([^()\n]*\)/, tag: /<a[\s>]/ },
  { sign: '`', pattern: /`[^`\n]+`/, tag: /<code[\s>]/ },
];

/** The words of a text in Markdown or HTML, without signs and tags: what a reader of the page sees. */
export function visibleWords(text: string): string {
  return text
    .replace(/^ {0,3}(?:#{1,6}|[-*+\u2022]|\d+\.|>) /gm, '')
    .replace(/\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1')
    .replace(/<\/?[a-zA-Z][^<>]*>/g, ' ')
    .replace(/\*\*|__|[*_`]|\\(?=[#*_\-[\]().!])/g, '')
    .replace(/&(lt|gt|amp|quot|#0?39);/g, (_entity, name: string) =>
      name.startsWith('#') ? "'" : ({ lt: '<', gt: '>', amp: '&' }[name] ?? '"'),
    )
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,:;!?)])/g, '')
    .trim();
}

/** Markdown that came back as HTML, as plain text, escaped, or written with other signs. */
export const markdownRewritten: Rule = (state) => {
  const { text, target } = state;
  const used = signs.filter(({ pattern }) => pattern.test(text));
  if (used.length === 0) return [];
  const changes: Change[] = [...otherSigns(text, target)];
  const rendered = used.filter(
    ({ pattern, tag }) => !pattern.test(target) && tag.test(target) && !tag.test(text),
  );
  const tagOf = (tag: RegExp): string => `${target.match(tag)?.[0].slice(0, -1)}>`;
  if (rendered.length > 0) {
    const became = rendered.map(({ sign, tag }) => `${code(sign)} became ${code(tagOf(tag))}`);
    changes.push({
      code: 'markdown-html',
      sentence: `Markdown became HTML: ${listed(became)}`,
      apply: visibleWords,
      target: visibleWords(target),
    });
  }
  const gone = used.filter(({ pattern, tag }) => !pattern.test(target) && !tag.test(target));
  if (gone.length > 0) {
    changes.push({
      code: 'markdown-removed',
      sentence: `Markdown signs were removed: ${listed(gone.map(({ sign }) => code(sign)))}`,
      apply: visibleWords,
      target: visibleWords(target),
    });
  }
  const escaped = ['\\*', '\\#', '\\_', '\\-', '\\['].filter((candidate) => appeared(state, candidate));
  if (escaped.length > 0) {
    const shown = escaped.map((candidate) => `${code(candidate.charAt(1))} became ${code(candidate)}`);
    const characters = new Set(escaped.map((candidate) => candidate.charAt(1)));
    if (characters.has('[')) characters.add(']');
    changes.push({
      code: 'markdown-escaped',
      sentence: listed(shown),
      apply: (before) => before.replace(/[*#_\-[\]]/g, (sign) => (characters.has(sign) ? `\\${sign}` : sign)),
    });
  }
  return changes;
};

function otherSigns(text: string, target: string): Change[] {
  const changes: Change[] = [];
  const exchange = (from: string, to: string, pattern: RegExp, replacement: string): void => {
    if (text.search(pattern) === -1 || !target.includes(to)) return;
    changes.push({
      code: 'markdown-rewritten',
      sentence: `${code(from)} became ${code(to)}`,
      apply: (before) => before.replace(pattern, replacement),
    });
  };
  for (const from of ['-', '*', '+']) {
    for (const to of ['-', '*', '+', '\u2022'].filter((mark) => mark !== from))
      exchange(`${from} `, `${to} `, new RegExp(`^( {0,3})\\${from} `, 'gm'), `$1${to} `);
    exchange(`${from} `, `${from}   `, new RegExp(`^( {0,3})\\${from} (?! )`, 'gm'), `$1${from}   `);
  }
  exchange('**', '__', /\*\*([^*\n]+)\*\*/g, '__$1__');
  exchange('__', '**', /__([^_\n]+)__/g, '**$1**');
  exchange('*', '_', /(?<!\*)\*([^*\n]+)\*(?!\*)/g, '_$1_');
  exchange('_', '*', /(?<!_)_([^_\n]+)_(?!_)/g, '*$1*');
  return changes;
}
