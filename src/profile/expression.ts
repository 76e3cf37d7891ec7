import { compile, TreeInterpreter } from '@jmespath-community/jmespath';
import { expressionProblem } from './expression-problem.ts';
import type { Expression } from './types.ts';

export { namesake, nearestPaths } from './nearest-paths.ts';

type Ast = ReturnType<typeof compile>;
type JmesValue = Parameters<typeof TreeInterpreter.search>[1];

/** A JMESPath, ready to run. */
interface Compiled {
  ast: Ast;
  /** It names a key such as `constructor`, which every JavaScript object seems to have. */
  readsInherited: boolean;
}

const compiled = new Map<string, Compiled>();
const regexes = new Map<string, RegExp>();

function compiledOf(path: string): Compiled {
  let found = compiled.get(path);
  if (!found) {
    const ast = compile(path);
    found = { ast, readsInherited: readsInherited(ast) };
    compiled.set(path, found);
  }
  return found;
}

function readsInherited(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('type' in node && node.type === 'Field' && 'name' in node && String(node.name) in Object.prototype)
    return true;
  return Object.values(node).some(readsInherited);
}

/** The same data in objects that inherit nothing: the library reads `value[key]` without asking whose it is. */
function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of Object.entries(value)) copy[key] = withoutPrototypes(entry);
  return copy;
}

/**
 * What stands at an expression, or why that could not be worked out.
 * @returns `value`, null when nothing is there; or `problem`, when a function of the expression was given the wrong
 *   type, a regular expression something other than text, or the expression does not compile
 */
export function evaluateStrict(
  expression: Expression,
  root: unknown,
): { value: unknown } | { problem: string } {
  try {
    if (typeof expression === 'string') return { value: search(expression, root) };
    return narrow(search(expression.path, root), expression.regex);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `${pathOf(expression)} could not be worked out: ${reason}` };
  }
}

/**
 * What stands at an expression: JMESPath by the grammar of the JMESPath Community.
 * `{ path, regex }` narrows a text or number to the first group of the match, or to the whole match without groups.
 * @param root what paths start from, usually `{ status, headers, body, captures }`
 * @returns null when nothing is there, and when a function of the expression cannot deal with what is there
 */
export function evaluate(expression: Expression, root: unknown): unknown {
  const result = evaluateStrict(expression, root);
  return 'value' in result ? result.value : null;
}

function search(path: string, root: unknown): unknown {
  const { ast, readsInherited } = compiledOf(path);
  const value: unknown = TreeInterpreter.search(
    ast,
    (readsInherited ? withoutPrototypes(root) : root) as JmesValue,
  );
  return value ?? null;
}

function narrow(value: unknown, regex: string): { value: unknown } | { problem: string } {
  if (value === null) return { value: null };
  if (typeof value !== 'string' && typeof value !== 'number') {
    const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a record' : String(value);
    return { problem: `the regular expression needs text, and the path gives ${kind}` };
  }
  const match = regexOf(regex).exec(String(value));
  return { value: match ? (match.length > 1 ? (match[1] ?? null) : match[0]) : null };
}

function regexOf(source: string): RegExp {
  let regex = regexes.get(source);
  if (!regex) {
    regex = new RegExp(source);
    regexes.set(source, regex);
  }
  return regex;
}

function pathOf(expression: Expression): string {
  return `\`${typeof expression === 'string' ? expression : expression.path}\``;
}

/**
 * What is wrong with an expression, in words, with the position within it; null when nothing is.
 * Also refuses what JMESPath takes but nobody means: `first-name` is a subtraction there, and `a = b` an assignment.
 */
export function checkExpression(expression: Expression): string | null {
  const path = typeof expression === 'string' ? expression : expression.path;
  const problem = expressionProblem(path);
  if (problem !== null || typeof expression === 'string') return problem;
  try {
    regexOf(expression.regex);
    return null;
  } catch (error) {
    // V8 says `Invalid regular expression: /(/: Unterminated group`.
    const reason = error instanceof Error ? error.message.replace(/^.*\/\w*: /s, '') : String(error);
    return `\`${expression.regex}\` is no regular expression: ${reason.toLowerCase()}`;
  }
}
