import { readProxyAnswer } from '../app-connect/read.ts';
import { evaluate } from '../profile/expression.ts';
import type { Expression, OperationName, Profile, ResponseMapping } from '../profile/types.ts';
import { isXml } from './answer.ts';
import { gapInAnswer, gapInRecord, isExpression, type Wanted } from './gap.ts';
import { holds } from './predicate.ts';
import type { MappedItem, MappingGap, OperationAnswer, Outcome } from './types.ts';

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

/** Where a list of records comes from. */
export interface ListSource {
  responseMapping: ResponseMapping;
  /** Of every record. */
  type?: string;
  /** Holds when the answer means "nobody". */
  empty?: Expression;
}

/**
 * The records of a list by `listPath` and `item`.
 * @param place of the mapping in the profile: `operations.findContact.responseMapping`
 */
export function mappedList(
  profile: Profile,
  name: OperationName,
  { responseMapping: mapping, type, empty }: ListSource,
  answer: OperationAnswer,
  place = `operations.${name}.responseMapping`,
): Outcome<MappedItem[]> {
  if (empty !== undefined && holds(evaluate(empty, answer))) return { kind: 'ok', value: [], answer };
  const listPath = isExpression(mapping.listPath) ? mapping.listPath : 'body';
  const noList = () => unreadable(profile, listPath, answer, `${place}.listPath`);
  if (profile.language === 'proxyConfig') {
    const { list } = readProxyAnswer(profile.document, name, answer.body);
    if (!Array.isArray(list)) return noList();
    const value = list.map((item) => {
      const values = asRecord(item);
      const raw = values.raw ?? item;
      return { ...values, raw, ...gapsOf(profile, mapping.item ?? {}, values, raw, `${place}.item`) };
    });
    return { kind: 'ok', value, answer };
  }
  const list = evaluate(listPath, answer);
  // 204, and an empty body with a success status: nobody, said without a list.
  if (list === null && (answer.status === 204 || answer.body === ''))
    return { kind: 'ok', value: [], answer };
  // XML has no lists: one element is a record.
  const records: unknown = isXml(answer) && isRecord(list) ? [list] : list;
  if (!Array.isArray(records)) return noList();
  // The paths of getUserList stand in App Connect's place, beside `listPath`, or under `item`.
  const { listPath: _, item = {}, ...beside } = mapping;
  const itemMapping = name === 'getUserList' ? { ...beside, ...item } : item;
  const value = records.map((raw: unknown) => {
    const values = mapEach(itemMapping, raw);
    return {
      ...(type !== undefined && { type }),
      ...values,
      raw,
      ...gapsOf(profile, itemMapping, values, raw, `${place}.item`),
    };
  });
  return { kind: 'ok', answer, value };
}

/** Why a record has no id or no name, where that is so. */
function gapsOf(
  profile: Profile,
  mapping: Record<string, unknown>,
  { id, name }: Record<string, unknown>,
  record: unknown,
  place: string,
): Pick<MappedItem, 'gaps'> {
  const gap = (key: 'id' | 'name'): MappingGap => {
    const expression = mapping[`${key}Path`];
    const path = isExpression(expression) ? expression : profile.language === 'proxyConfig' ? key : undefined;
    return path === undefined
      ? {
          why: `the profile does not say where the ${key} stands: add ${place}.${key}Path`,
          misplaced: null,
        }
      : gapInRecord(profile, `${place}.${key}Path`, path, key, record);
  };
  const lacksId = typeof id !== 'number' && (typeof id !== 'string' || id === '');
  const lacksName = typeof name !== 'string' || name.trim() === '';
  if (!lacksId && !lacksName) return {};
  return { gaps: { ...(lacksId && { id: gap('id') }), ...(lacksName && { name: gap('name') }) } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/**
 * A mapping that found nothing of use.
 * @param place of the mapping in the profile: `operations.findContact.responseMapping.listPath`
 */
export function unreadable(
  profile: Profile,
  expression: Expression,
  answer: OperationAnswer,
  place: string,
  wanted: Wanted = 'list',
): Outcome<never> {
  return { kind: 'unreadable', reason: gapInAnswer(profile, place, expression, wanted, answer), answer };
}
