import { readProxyAnswer } from '../app-connect/read.ts';
import { evaluate, nearestPaths } from '../profile/expression.ts';
import { dotted } from '../profile/locate.ts';
import type { Expression, OperationName, Profile, ResponseMapping, Step } from '../profile/types.ts';
import { isXml } from './answer.ts';
import { placeOf } from './place.ts';
import { holds } from './predicate.ts';
import type { MappedItem, OperationAnswer, Outcome } from './types.ts';

/**
 * The values of an answer by the operation's mapping: `idPath` gives `id`, `fullBodyPath` gives `fullBody`.
 * What the mapping does not find is null.
 */
export function mappedValues(
  profile: Profile,
  name: OperationName,
  mapping: ResponseMapping,
  answer: OperationAnswer,
): Record<string, unknown> {
  if (profile.language === 'proxyConfig') {
    return { ...readProxyAnswer(profile.document, name, answer.body) };
  }
  return mapEach(mapping, answer);
}

function mapEach(
  mapping: Record<string, Expression | object | undefined>,
  root: unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping).flatMap(([key, expression]): [string, unknown][] =>
      isExpression(expression) ? [[key.replace(/Path$/, ''), evaluate(expression, root)]] : [],
    ),
  );
}

function isExpression(value: unknown): value is Expression {
  return (
    typeof value === 'string' ||
    (typeof value === 'object' && value !== null && 'path' in value && 'regex' in value)
  );
}

/** The records of a list by `listPath` and `item`. */
export function mappedList(
  profile: Profile,
  name: OperationName,
  request: Step & { responseMapping: ResponseMapping; type?: string },
  answer: OperationAnswer,
): Outcome<MappedItem[]> {
  if (request.empty !== undefined && holds(evaluate(request.empty, answer)))
    return { kind: 'ok', value: [], answer };
  const mapping = request.responseMapping;
  const place = dotted([...(placeOf(profile, request) ?? ['operations', name]), 'responseMapping']);
  if (profile.language === 'proxyConfig') {
    const { list } = readProxyAnswer(profile.document, name, answer.body);
    if (!Array.isArray(list)) return unreadable(mapping.listPath ?? 'body', answer, `${place}.listPath`);
    return {
      kind: 'ok',
      value: list.map((item) => ({ ...asRecord(item), raw: asRecord(item).raw ?? item })),
      answer,
    };
  }
  const list = evaluate(asExpression(mapping.listPath) ?? 'body', answer);
  // 204, and an empty body with a success status: nobody, said without a list.
  if (list === null && (answer.status === 204 || answer.body === ''))
    return { kind: 'ok', value: [], answer };
  // XML has no lists: one element is a record.
  const records: unknown = isXml(answer) && isRecord(list) ? [list] : list;
  if (!Array.isArray(records)) return unreadable(mapping.listPath ?? 'body', answer, `${place}.listPath`);
  const itemMapping = mapping.item ?? {};
  const value = records.map((raw: unknown) => ({
    ...(request.type !== undefined && { type: request.type }),
    ...mapEach(itemMapping, raw),
    raw,
  }));
  return { kind: 'ok', answer, value };
}

function asExpression(value: unknown): Expression | undefined {
  return isExpression(value) ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/**
 * A mapping that found nothing: where it stands, its path, and what in the answer comes nearest to it.
 * @param place of the mapping in the profile: `operations.findContact.responseMapping.listPath`
 */
export function unreadable(
  expression: unknown,
  answer: OperationAnswer,
  place = '',
  expected: 'list' | 'value' = 'list',
): Outcome<never> {
  const path = pathOf(expression);
  const near = nearestPaths({ body: answer.body, headers: answer.headers }, path);
  const hint = near.length > 0 ? `; nearest in the answer: ${near.join(', ')}` : '';
  const empty = answer.body === '' ? ', which has no body' : '';
  return {
    kind: 'unreadable',
    reason: `${place}${place && ': '}\`${path}\` finds no ${expected} in the answer${empty}${hint}`,
    answer,
  };
}

/** The path of an expression, without the regular expression that narrows it. */
function pathOf(expression: unknown): string {
  if (typeof expression === 'string') return expression;
  const narrowed = typeof expression === 'object' && expression !== null && 'path' in expression;
  return narrowed ? String(expression.path) : JSON.stringify(expression);
}
