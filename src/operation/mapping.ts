import { readProxyAnswer } from '../app-connect/read.ts';
import { evaluate, nearestPaths } from '../profile/expression.ts';
import type { Expression, Json, OperationName, Profile, ResponseMapping, Step } from '../profile/types.ts';
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
  language: Profile['language'],
  name: OperationName,
  request: Step & { responseMapping: ResponseMapping; type?: string },
  document: Json,
  answer: OperationAnswer,
): Outcome<MappedItem[]> {
  if (request.empty !== undefined && holds(evaluate(request.empty, answer)))
    return { kind: 'ok', value: [], answer };
  const mapping = request.responseMapping;
  if (language === 'proxyConfig') {
    const { list } = readProxyAnswer(document, name, answer.body);
    if (!Array.isArray(list)) return unreadable(mapping.listPath ?? 'body', answer);
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
  const items = Array.isArray(list) ? list : null;
  if (!items) return unreadable(mapping.listPath ?? 'body', answer);
  const itemMapping = mapping.item ?? {};
  return {
    kind: 'ok',
    answer,
    value: items.map((raw: unknown) => ({
      ...(request.type !== undefined && { type: request.type }),
      ...mapEach(itemMapping, raw),
      raw,
    })),
  };
}

function asExpression(value: unknown): Expression | undefined {
  return isExpression(value) ? value : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A mapping that found nothing: the path, and what in the answer comes nearest to it. */
export function unreadable(
  expression: unknown,
  answer: OperationAnswer,
  expected = 'a list',
): Outcome<never> {
  const path = typeof expression === 'string' ? expression : JSON.stringify(expression);
  const near = nearestPaths({ body: answer.body, headers: answer.headers }, path);
  const hint = near.length > 0 ? `; nearest in the answer: ${near.join(', ')}` : '';
  return {
    kind: 'unreadable',
    reason: `${path} finds no ${expected.replace(/^an? /, '')} in the answer${hint}`,
    answer,
  };
}
