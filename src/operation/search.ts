import type { OperationName } from '../profile/types.ts';
import { mappedList } from './mapping.ts';
import { type OperationContext, type OperationOptions, runSteps } from './run.ts';
import type { MappedItem, OperationAnswer, Outcome, Signer } from './types.ts';

export interface SearchResult {
  items: MappedItem[];
  /** Every request's answer, in the profile's order. */
  answers: OperationAnswer[];
}

/**
 * Carries out a search: every request side by side, the lists merged, duplicates (the same type and id) dropped.
 * One request that is refused makes the whole search refused: half a result would be read as "not found".
 */
export async function runSearch(
  context: OperationContext,
  name: OperationName,
  signer: Signer,
  variables: Record<string, unknown>,
  options: OperationOptions = {},
): Promise<Outcome<SearchResult>> {
  const operation = context.profile.operations[name];
  if (!operation) return { kind: 'not-described', operation: name, key: `operations.${name}` };
  if (operation.kind === 'notSupported') {
    return { kind: 'not-supported', operation: name, reason: operation.reason };
  }
  if (operation.kind !== 'search') throw new Error(`${name} is not a search`);
  const { language } = context.profile;
  const outcomes = await Promise.all(
    operation.requests.map(async (request): Promise<Outcome<MappedItem[]>> => {
      const outcome = await runSteps(
        context,
        name,
        signer,
        [request],
        request.responseMapping,
        variables,
        options,
      );
      if (outcome.kind !== 'ok') return outcome;
      return mappedList(language, name, request, context.profile.document, outcome.answer);
    }),
  );
  const bad = outcomes.find((outcome) => outcome.kind !== 'ok');
  if (bad) return bad;
  const good = outcomes.flatMap((outcome) => (outcome.kind === 'ok' ? [outcome] : []));
  const first = good[0];
  if (!first) return { kind: 'not-described', operation: name, key: `operations.${name}.requests` };
  return {
    kind: 'ok',
    answer: first.answer,
    value: { items: distinct(good.flatMap(({ value }) => value)), answers: good.map(({ answer }) => answer) },
  };
}

function distinct(items: MappedItem[]): MappedItem[] {
  const seen = new Set<string>();
  return items.filter(({ id, type }) => {
    if (id === null || id === undefined) return true;
    const key = JSON.stringify([type ?? null, id]);
    return !seen.has(key) && seen.add(key);
  });
}
