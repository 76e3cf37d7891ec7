import { walk } from '../app-connect/template.ts';
import { evaluate, namesake, nearestPaths } from '../profile/expression.ts';
import type { Expression, OperationName, Profile, ResponseMapping } from '../profile/types.ts';
import type { MappingGap, OperationAnswer } from './types.ts';

/** What a mapping must find to be of use. */
export type Wanted = 'id' | 'name' | 'text' | 'list' | 'value';

const fits = {
  id: (value) => (typeof value === 'string' && value !== '') || typeof value === 'number',
  name: (value) => typeof value === 'string' && value.trim() !== '',
  text: (value) => ['string', 'number', 'boolean'].includes(typeof value),
  list: Array.isArray,
  value: (value) => value !== null && value !== undefined,
} as const satisfies Record<Wanted, (value: unknown) => boolean>;

/**
 * Why the mapping of an operation gave nothing of use, for a person: where it stands in the profile, its path, what
 * stands there instead, and what in the answer comes nearest. Types and paths only, never values.
 * @param key of the mapping, without `Path`
 */
export function mappingGap(
  profile: Profile,
  name: OperationName,
  mapping: ResponseMapping,
  key: string,
  wanted: Wanted,
  answer: OperationAnswer,
): MappingGap {
  const place = `operations.${name}.responseMapping.${key}Path`;
  const expression = mapping[`${key}Path`];
  const defaults = profile.language === 'proxyConfig' && name !== 'createContact';
  const path = isExpression(expression) ? expression : defaults ? `body.${key}` : undefined;
  const misplaced = misplacedIn(profile, meant(path ?? '', answer), place, path ?? `body.${key}`, wanted);
  if (path !== undefined) return { why: gapInAnswer(profile, place, path, wanted, answer), misplaced };
  const near = nearest(profile, answerRoot(profile, answer), `body.${key}`, wanted);
  return { why: `the profile does not say where the ${wanted} stands: add ${place}${near}`, misplaced };
}

/** The same of an expression that looks at a whole answer. */
export function gapInAnswer(
  profile: Profile,
  place: string,
  expression: Expression,
  wanted: Wanted,
  answer: OperationAnswer,
): string {
  const { body, headers } = answer;
  const instead =
    body === ''
      ? ', which has no body'
      : typeof body === 'string'
        ? `, which is no JSON but ${headers['content-type']?.split(';')[0] || 'text'}`
        : insteadOf(valueAt(profile, expression, answer));
  const near = nearest(profile, answerRoot(profile, answer), pathOf(expression), wanted);
  return `${place}${place && ': '}\`${pathOf(expression)}\` finds no ${wanted} in the answer${instead}${near}`;
}

/** The same of an expression that looks at one record of a list. */
export function gapInRecord(
  profile: Profile,
  place: string,
  expression: Expression,
  wanted: Wanted,
  record: unknown,
): MappingGap {
  const instead = insteadOf(valueAt(profile, expression, record));
  const near = nearest(profile, record, pathOf(expression), wanted);
  return {
    why: `${place}: \`${pathOf(expression)}\` finds no ${wanted} in the record${instead}${near}`,
    misplaced: misplacedIn(profile, record, place, expression, wanted),
  };
}

/** A key of the very name that an expression ends in, elsewhere: the path to it may be what is wrong. */
function misplacedIn(
  profile: Profile,
  root: unknown,
  key: string,
  expression: Expression,
  wanted: Wanted,
): MappingGap['misplaced'] {
  const path = namesake(root, pathOf(expression), fits[wanted]);
  // It stands where the expression looks: a regular expression did not match it, say.
  if (path === null || path === pathOf(expression)) return null;
  return { key, path: profile.language === 'proxyConfig' ? withDots(path) : path };
}

/** App Connect reads nothing but bodies. */
function answerRoot({ language }: Profile, { body, headers }: OperationAnswer): unknown {
  return language === 'proxyConfig' ? { body } : { body, headers };
}

/** The half of an answer that an expression looks at; what is no JSON has no keys. */
function meant(expression: Expression, { body, headers }: OperationAnswer): unknown {
  if (/^\s*headers\b/.test(pathOf(expression))) return { headers };
  return typeof body === 'object' ? { body } : null;
}

function valueAt({ language }: Profile, expression: Expression, root: unknown): unknown {
  return language === 'proxyConfig' && typeof expression === 'string'
    ? walk(root, expression)
    : evaluate(expression, root);
}

function insteadOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value === '') return ', but an empty text';
  if (Array.isArray(value)) return ', but a list';
  if (typeof value === 'object') return ', but an object';
  return `, but a ${typeof value === 'string' ? 'text' : typeof value}`;
}

function nearest({ language }: Profile, root: unknown, path: string, wanted: Wanted): string {
  const found = nearestPaths(root, path, { fits: fits[wanted] });
  const written = language === 'proxyConfig' ? found.map(withDots) : found;
  return written.length > 0 ? `; nearest in the answer: ${written.join(', ')}` : '';
}

/** `body.items[0]."first-name"` as App Connect writes it: `body.items.0.first-name`. */
function withDots(path: string): string {
  return path.replace(/\[(\d+)\]/g, '.$1').replaceAll('"', '');
}

/** The path of an expression, without the regular expression that narrows it. */
function pathOf(expression: Expression): string {
  return typeof expression === 'string' ? expression : expression.path;
}

export function isExpression(value: unknown): value is Expression {
  return (
    typeof value === 'string' ||
    (typeof value === 'object' && value !== null && 'path' in value && 'regex' in value)
  );
}
