import { didYouMean, oneOf } from './suggest.ts';

/** What is wrong with the syntax of a template. Line and column count from 1 within the template. */
export interface TemplateProblem {
  message: string;
  /** What to do about it. */
  hint?: string;
  line: number;
  column: number;
}

type Wording = Pick<TemplateProblem, 'message' | 'hint'>;

/** Tags of LiquidJS that read other files, or change the variables they are given. */
export const removedTags = ['include', 'render', 'layout', 'block', 'increment', 'decrement'] as const;

const wordings: [pattern: RegExp, word: (part: string, filters: string[], tags: string[]) => Wording][] = [
  [
    /^undefined filter: (.+)$/,
    (name, filters) => withHint(`there is no filter \`${name}\``, didYouMean(name, filters)),
  ],
  [/^tag "(.*)" not found$/, (name, _filters, tags) => unknownTag(name, tags)],
  [
    /^output [\s\S]* not closed$/,
    () => ({ message: '`{{` is never closed by `}}`, or a quotation mark is missing' }),
  ],
  [
    /^(?:tag|raw) [\s\S]*?\{%-?\s*(\w+)[\s\S]*%\}"? not closed$/,
    (name) => ({ message: `\`{% ${name} %}\` is never closed by \`{% end${name} %}\`` }),
  ],
  [/^tag [\s\S]* not closed$/, () => ({ message: '`{%` is never closed by `%}`' })],
  [
    /^(?:invalid value expression|.*value expected)/,
    () => ({ message: "a value is missing: a variable, a number or a 'text'" }),
  ],
  [
    /^expected "\|" before filter/,
    () => ({
      message: 'this is no operator',
      hint: 'values go through filters after `|`; conditions know ==, !=, <, >, <=, >=, contains, and, or, not',
    }),
  ],
  [/^expected filter name/, () => ({ message: 'the name of a filter is missing after `|`' })],
  [
    /^expected ":" after filter name/,
    () => ({ message: "a colon is missing between a filter and its argument, as in `| split: ','`" }),
  ],
  [
    /^unexpected character/,
    () => ({ message: 'a comma is missing between two arguments, or a `|` before a filter' }),
  ],
  [/^\[ not closed/, () => ({ message: '`[` is never closed by `]`' })],
  [
    /^illegal tag: \{%-?\s*(?:for|tablerow)/,
    () => ({ message: 'a loop is written `{% for item in list %}`' }),
  ],
  [
    /^expected (?:variable name|"=")/,
    () => ({ message: 'an assignment is written `{% assign name = value %}`' }),
  ],
  [/^parse length limit exceeded/, () => ({ message: 'the template is too long' })],
];

function withHint(message: string, hint: string | undefined): Wording {
  return hint === undefined ? { message } : { message, hint };
}

function unknownTag(name: string, tags: string[]): Wording {
  if (removedTags.some((tag) => tag === name)) {
    return {
      message: `\`{% ${name} %}\` is not available here`,
      hint: 'a template stands alone: it reads no other file and changes no variable of the profile',
    };
  }
  if (/^(?:end|else|elsif|when)/.test(name)) return { message: `\`{% ${name} %}\` belongs to no open tag` };
  return withHint(`there is no tag \`{% ${name} %}\``, didYouMean(name, tags));
}

/**
 * Words for a syntax error of LiquidJS.
 * @param raw the library's message
 * @param filters names of all filters
 * @param tags names of all tags
 */
export function wordSyntaxError(raw: string, filters: string[], tags: string[]): Wording {
  const text = withoutPosition(raw);
  for (const [pattern, word] of wordings) {
    const match = pattern.exec(text);
    if (match) return word(match[1] ?? '', filters, tags);
  }
  return { message: `this is no valid Liquid (${text})` };
}

/** LiquidJS ends its messages with the position, which we give ourselves. */
export function withoutPosition(message: string): string {
  return message.replace(/(?:, file:.*)?, line:\d+, col:\d+$/, '');
}

/** LiquidJS says in which output an unknown filter is; we say where in it. */
export function filterPosition(
  message: string,
  expression: string,
  line: number,
  column: number,
): { line: number; column: number } {
  const name = /^undefined filter: ([\w-]+)/.exec(message)?.[1];
  const match = name === undefined ? null : new RegExp(`\\|\\s*(?=${name}(?![\\w-]))`).exec(expression);
  if (!match) return { line, column };
  const lines = expression.slice(0, match.index + match[0].length).split('\n');
  const last = lines.at(-1) ?? '';
  return { line: line + lines.length - 1, column: lines.length > 1 ? last.length + 1 : column + last.length };
}

/** The output or tag round a position, with its braces. */
export function expressionAt(input: string, position: number): string {
  const start = Math.max(input.lastIndexOf('{{', position), input.lastIndexOf('{%', position), 0);
  const end = /[}%]\}/g;
  end.lastIndex = position;
  const match = end.exec(input);
  return input.slice(start, match ? match.index + 2 : input.length);
}

/**
 * Which part of a variable's name is not there, and what is. Names are shown, values never.
 * @param name up to the part that is missing, joined by dots
 */
export function undefinedVariable(name: string, variables: Record<string, unknown>): string {
  const parts = name.split('.');
  const missing = parts.pop() ?? '';
  const owner = parts.join('.');
  const message = owner === '' ? `there is no variable \`${missing}\`` : `\`${owner}\` has no \`${missing}\``;
  let scope: unknown = variables;
  for (const part of parts) {
    // What a loop or assignment of the template made is not among the variables.
    if (typeof scope !== 'object' || scope === null || !Object.hasOwn(scope, part)) return message;
    scope = Reflect.get(scope, part);
  }
  const names = typeof scope === 'object' && scope !== null ? Object.keys(scope) : [];
  return `${message}; ${didYouMean(missing, names) ?? `expected ${oneOf(names, 12)}`}`;
}
