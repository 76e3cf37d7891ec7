import { compile, getRegisteredFunctions, tokenize } from '@jmespath-community/jmespath';
import { didYouMean } from './suggest.ts';

type Token = ReturnType<typeof tokenize>[number];

/** What is wrong with a JMESPath, in words with the position (from 1) and a hint; null when nothing is. */
export function expressionProblem(path: string): string | null {
  if (path.trim() === '') return 'the path is empty';
  let tokens: Token[];
  try {
    tokens = tokenize(path);
  } catch {
    const position = firstFailure(path, (part) => fails(() => tokenize(part)) !== null);
    return at(
      position,
      path,
      '"\'`'.includes(path[position] ?? '') ? 'a quotation mark is never closed' : undefined,
    );
  }
  return parseProblem(path, tokens) ?? meaningProblem(path, tokens);
}

function fails(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where the longest beginning that passes ends, blanks left out. */
function firstFailure(path: string, failing: (part: string) => boolean): number {
  let good = path.length;
  while (good > 0 && failing(path.slice(0, good))) good -= 1;
  return good + (path.slice(good).match(/^\s*/)?.[0].length ?? 0);
}

/**
 * The parser of the library names a token, but not where it is. So the expression is parsed again token by token:
 * the first beginning that fails, and not for want of more, ends in the token that does not belong.
 */
function parseProblem(path: string, tokens: Token[]): string | null {
  const message = fails(() => compile(path));
  if (message === null) return null;
  for (const [index, token] of tokens.entries()) {
    const beginning = path.slice(0, tokens[index + 1]?.start ?? path.length);
    const failure = fails(() => compile(beginning));
    if (failure !== null && !wantsMore(failure)) return at(token.start, path);
  }
  return `the path ends too early, after \`${path.trim().slice(-12)}\`; is a bracket open?`;
}

function wantsMore(failure: string): boolean {
  return /EOF|unexpected token: \(|undefined/.test(failure);
}

function at(position: number, path: string, message?: string): string {
  const text = path.slice(position, position + 1);
  return `${message ?? `\`${text}\` is not expected here`} (character ${position + 1})${hintAt(position, path)}`;
}

function hintAt(position: number, path: string): string {
  const before = path.slice(0, position);
  if (/\d/.test(path[position] ?? '') && before.endsWith('.')) {
    return `; elements of a list are written \`${before.slice(0, -1)}[${/^\d+/.exec(path.slice(position))?.[0]}]\``;
  }
  const bracketed = /^\[(['"])([^'"]*)\1/.exec(path.slice(Math.max(0, position - 1)));
  if (bracketed) return `; a key is written \`."${bracketed[2]}"\`, without brackets`;
  const key = oddKeyAt(position, path);
  return key === null ? '' : `; a key with such a character is quoted: \`"${key}"\``;
}

/** The run of characters round a position that was probably meant as one key. */
function oddKeyAt(position: number, path: string): string | null {
  const start = /[\w$@:#-]*$/.exec(path.slice(0, position))?.[0] ?? '';
  const rest = /^[\w$@:#-]+/.exec(path.slice(position))?.[0] ?? '';
  // OData's annotations have a dot inside: `@odata.id`.
  const annotation = rest.startsWith('@') ? (/^@\w+\.\w+/.exec(path.slice(position))?.[0] ?? rest) : rest;
  const key = start + annotation;
  return /\w/.test(key) && /[^\w]/.test(key) ? key : null;
}

/** What is correct JMESPath, and surely meant otherwise. */
function meaningProblem(path: string, tokens: Token[]): string | null {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    switch (typeOf(token)) {
      case 'Minus':
        if (isInsideWord(path, token.start)) {
          return `\`-\` subtracts (character ${token.start + 1})${hintAt(token.start, path)}`;
        }
        break;
      case 'Variable':
        if (!isBound(tokens, token)) {
          const key = oddKeyAt(token.start, path) ?? `$${token.value}`;
          return `\`${key}\` is a variable that nothing sets (character ${token.start + 1}); a key is quoted: \`"${key}"\``;
        }
        break;
      case 'Assign':
        if (typeOf(tokens[index - 1]) !== 'Variable') {
          return `\`=\` does not compare (character ${token.start + 1}); write \`==\``;
        }
        break;
      case 'Not':
        // By the grammar `!a.b` is `(!a).b`: nothing, whatever a holds.
        if (/Identifier$/.test(typeOf(next)) && typeOf(tokens[index + 2]) === 'Dot') {
          return `\`!\` takes only the next key (character ${token.start + 1}); write \`!(…)\` around the whole path`;
        }
        break;
      case 'UnquotedIdentifier':
        if (typeOf(next) === 'Lparen' && !getRegisteredFunctions().includes(String(token.value))) {
          const hint = didYouMean(String(token.value), getRegisteredFunctions());
          return `there is no function \`${token.value}\` (character ${token.start + 1})${hint ? `; ${hint}` : ''}`;
        }
        break;
      default:
    }
  }
  // The lexer takes 'text and `1 without their second mark.
  const last = tokens.at(-1);
  const mark = last ? path[last.start] : undefined;
  if (
    last &&
    (mark === "'" || mark === '`') &&
    !path
      .slice(last.start + 1)
      .trimEnd()
      .endsWith(mark)
  ) {
    return at(last.start, path, 'a quotation mark is never closed');
  }
  return null;
}

/** The library does not export its token types. */
function typeOf(token: Token | undefined): string {
  return token?.type ?? '';
}

function isInsideWord(path: string, position: number): boolean {
  return /\w/.test(path[position - 1] ?? '') && /\w/.test(path[position + 1] ?? '');
}

/** `let $name = … in …` sets a variable. */
function isBound(tokens: Token[], variable: Token): boolean {
  return tokens.some(
    (token, index) =>
      typeOf(token) === 'Assign' &&
      typeOf(tokens[index - 1]) === 'Variable' &&
      tokens[index - 1]?.value === variable.value,
  );
}
