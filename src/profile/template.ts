import {
  type FilterImplOptions,
  Liquid,
  LiquidError,
  Output,
  type Template,
  TypeGuards,
  toValue,
  UndefinedVariableError,
  Variable,
} from 'liquidjs';
import { castFilters, OMIT } from './filters/cast.ts';
import { escapeFilters, percentEncode } from './filters/escape.ts';
import { Instant } from './filters/instant.ts';
import { phoneFilters } from './filters/phone.ts';
import { partOf, TemplateError } from './filters/template-error.ts';
import { isEmpty, textOf } from './filters/text.ts';
import { timeFilters } from './filters/time.ts';
import {
  expressionAt,
  filterPosition,
  removedTags,
  type TemplateProblem,
  undefinedVariable,
  withoutPosition,
  wordSyntaxError,
} from './template-problem.ts';
import { watchable } from './template-watch.ts';
import type { Json } from './types.ts';

export { partOf, TemplateError, type TemplateProblem };

const ourFilters: Record<string, FilterImplOptions> = {
  ...phoneFilters,
  ...timeFilters,
  ...escapeFilters,
  ...castFilters,
};

function createEngine(options: {
  keepOutputType?: boolean;
  outputEscape?: (value: unknown) => string;
}): Liquid {
  const engine = new Liquid({
    ...options,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // Without it `default` could not stand in for an undefined variable.
    lenientIf: true,
    // The same text on every machine.
    locale: 'en-US',
    timezoneOffset: 0,
    // A profile may come from a stranger: one rendering gets a million characters, a second, ten million units of memory.
    parseLimit: 1_000_000,
    renderLimit: 1_000,
    memoryLimit: 10_000_000,
  });
  for (const [name, filter] of Object.entries(ourFilters)) engine.registerFilter(name, filter);
  for (const tag of removedTags) delete engine.tags[tag];
  return engine;
}

// Escaping is decided when a template is parsed, so each way of output has an engine of its own.
const engines = {
  typed: createEngine({ keepOutputType: true }),
  text: createEngine({ outputEscape: (value) => textOf(value) }),
  url: createEngine({ outputEscape: (value) => percentEncode(textOf(value)) }),
};
type Mode = keyof typeof engines;

/** Names of all filters that a template may use, in alphabetical order. */
export const filterNames: readonly string[] = Object.keys(engines.typed.filters).sort();

const parsed = new Map<string, Template[]>();

function parse(mode: Mode, text: string): Template[] {
  const key = `${mode} ${text}`;
  let templates = parsed.get(key);
  if (!templates) {
    templates = watchable(engines[mode].parse(text));
    // Templates come from one profile; a thousand of them would be a strange one.
    if (parsed.size >= 1_000) parsed.clear();
    parsed.set(key, templates);
  }
  return templates;
}

function isOneExpression(templates: Template[]): boolean {
  return templates.length === 1 && templates[0] instanceof Output;
}

/**
 * Renders a template of one of our own profiles.
 * A text that is exactly one `{{ … }}` gives the value with its type (undefined is an error, `omit_empty` of nothing
 * gives null); anything else gives text, in which nothing is ''.
 * @param options.escape `url`: every output is percent-encoded unless it ends in the filter `raw`; always gives text
 * @throws {TemplateError} in words for the author: syntax, an undefined variable, a filter that was given nonsense
 */
export function renderTemplate(
  text: string,
  variables: Record<string, unknown>,
  options: { escape?: 'none' | 'url' } = {},
): unknown {
  const value =
    options.escape === 'url' ? render('url', text, variables) : renderKeepingOmit(text, variables);
  return value === OMIT ? null : value;
}

function renderKeepingOmit(text: string, variables: Record<string, unknown>): unknown {
  return text.includes('{{') || text.includes('{%') ? render('typed', text, variables) : text;
}

function render(mode: Mode, text: string, variables: Record<string, unknown>): unknown {
  try {
    const templates = parse(mode, text);
    if (mode !== 'typed') return String(engines[mode].renderSync(templates, variables));
    if (!isOneExpression(templates)) return render('text', text, variables);
    return plainValue(engines.typed.renderSync(templates, variables));
  } catch (error) {
    throw error instanceof TemplateError && error.details.expression !== undefined
      ? error
      : explain(error, text, variables);
  }
}

function plainValue(output: unknown): unknown {
  const value: unknown = toValue(output);
  return value instanceof Instant || value instanceof Date ? textOf(value) : (value ?? null);
}

/**
 * Renders every string of a JSON value, keys too.
 * Keys and list elements to which the filter `omit_empty` gave nothing are left out, and objects that lose all their
 * keys by it.
 * @param options.omitEmpty leave out every key whose value renders to null or ''
 * @throws {TemplateError} as {@link renderTemplate}
 */
export function renderValue(
  value: Json,
  variables: Record<string, unknown>,
  options: { omitEmpty?: boolean } = {},
): unknown {
  const rendered = renderNode(value, variables, options.omitEmpty ?? false);
  if (rendered !== OMIT) return rendered;
  return typeof value === 'object' ? {} : null;
}

function renderNode(value: Json, variables: Record<string, unknown>, omitEmpty: boolean): unknown {
  if (typeof value === 'string') return renderKeepingOmit(value, variables);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value
      .map((element, index) => partOf(index, () => renderNode(element, variables, omitEmpty)))
      .filter((element) => element !== OMIT);
  }
  const written = Object.entries(value);
  const kept = written
    .map(([key, entry]): [string, unknown] => [
      partOf(key, () => textOf(renderKeepingOmit(key, variables))),
      partOf(key, () => renderNode(entry, variables, omitEmpty)),
    ])
    .filter(([, entry]) => entry !== OMIT && !(omitEmpty && isEmpty(entry)));
  // `{ matter: { id: … } }` without an id is meant to say nothing of a matter.
  return kept.length === 0 && written.length > 0 ? OMIT : Object.fromEntries(kept);
}

/** A variable that a template reads. */
export interface TemplateVariable {
  /** From the outermost name inwards; null where the name is computed. */
  path: (string | null)[];
  line: number;
  column: number;
}

/**
 * The variables that a template expects from outside, each place by itself, in the order of the text.
 * Variables that the template assigns are not among them; a template with a syntax problem has none.
 */
export function variablesOf(text: string): TemplateVariable[] {
  if (checkTemplate(text)) return [];
  const { globals } = engines.typed.analyzeSync(parse('typed', text));
  return Object.values(globals)
    .flat()
    .map(({ segments, location }) => ({
      path: segments.map((segment) => (segment instanceof Variable ? null : String(segment))),
      line: location.row,
      column: location.col,
    }))
    .sort((one, other) => one.line - other.line || one.column - other.column);
}

/** What is wrong with the syntax of a template, the first problem only; null when nothing is. */
export function checkTemplate(text: string): TemplateProblem | null {
  try {
    return checkOutputs(parse('typed', text));
  } catch (error) {
    return syntaxProblem(error);
  }
}

function syntaxProblem(error: unknown): TemplateProblem {
  const message = error instanceof Error ? error.message : String(error);
  const wording = wordSyntaxError(message, [...filterNames], Object.keys(engines.typed.tags));
  if (!(error instanceof LiquidError)) return { ...wording, line: 1, column: 1 };
  const [line = 1, column = 1] = error.token.getPosition();
  return { ...wording, ...filterPosition(message, error.token.getText(), line, column) };
}

/** LiquidJS takes `{{ first last }}` and prints the last value only. */
function checkOutputs(templates: Template[]): TemplateProblem | null {
  for (const template of templates) {
    if (!(template instanceof Output)) continue;
    const operators = template.value.initial.postfix.filter(TypeGuards.isOperatorToken);
    const binary = operators.filter((operator) => operator.operator !== 'not').length;
    const second = template.value.initial.postfix.filter((token) => !TypeGuards.isOperatorToken(token))[
      binary + 1
    ];
    if (!second) continue;
    const [line = 1, column = 1] = second.getPosition();
    return {
      message: 'two values stand side by side',
      hint: 'put each into braces of its own',
      line,
      column,
    };
  }
  return null;
}

/** A failure of LiquidJS or of a filter, in words. */
function explain(error: unknown, text: string, variables: Record<string, unknown>): TemplateError {
  if (!(error instanceof LiquidError))
    return new TemplateError(syntaxProblem(error).message, { expression: text });
  const [line = 1, column = 1] = error.token.getPosition();
  const expression = expressionAt(error.token.input, error.token.begin);
  const place = { expression, line, column };
  if (error instanceof UndefinedVariableError) {
    const variable = error.token.getText();
    return new TemplateError(`${expression}: ${undefinedVariable(nameOf(error) ?? variable, variables)}`, {
      ...place,
      variable,
    });
  }
  if (error.originalError instanceof TemplateError) {
    return new TemplateError(`${expression}: ${error.originalError.message}`, place);
  }
  if (error.name !== 'RenderError') {
    const { message, hint } = syntaxProblem(error);
    return new TemplateError(`${expression}: ${message}${hint === undefined ? '' : `; ${hint}`}`, place);
  }
  const message = withoutPosition(error.message);
  return new TemplateError(
    `${expression}: ${/limit exceeded/.test(message) ? 'this is too much work for one template; is a loop too long?' : message}`,
    place,
  );
}

/** With computed keys worked out: `captures[type]` fails as `captures.lead`. */
function nameOf(error: UndefinedVariableError): string | undefined {
  const { originalError } = error;
  return originalError && 'variableName' in originalError ? String(originalError.variableName) : undefined;
}
