import { dotted } from '../profile/locate.ts';
import type { OperationName } from '../profile/types.ts';
import { mappedList } from './mapping.ts';
import { placeOf } from './place.ts';
import { leftOut, runSteps } from './run.ts';
import type { OperationContext, OperationOptions } from './step.ts';
import type { MappedItem, OperationAnswer, Outcome, Signer } from './types.ts';

export interface SearchResult {
  items: MappedItem[];
  /** Every request's answer, in the profile's order. */
  answers: OperationAnswer[];
}

/**
 * Carries out a search: its steps in order, then every request side by side, the lists merged, duplicates (the same
 * type and id) dropped. One step or request that is refused makes the whole search refused: half a result would be read
 * as "not found". So does a step's capture that finds nothing: a search without it would be another search.
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
  const before = await runSteps(context, name, signer, operation.steps, variables, options);
  if (before.outcome && before.outcome.kind !== 'ok') return before.outcome;
  const [gap] = before.missed.values();
  if (gap) return gap;
  const outcomes = await Promise.all(
    operation.requests.map(async (request): Promise<Outcome<MappedItem[]> | undefined> => {
      const known = { ...variables, captures: before.captures };
      const { outcome } = await runSteps(context, name, signer, [request], known, options);
      if (outcome?.kind !== 'ok') return outcome;
      const place = dotted([
        ...(placeOf(context.profile, request) ?? ['operations', name]),
        'responseMapping',
      ]);
      return mappedList(context.profile, name, request, outcome.answer, place);
    }),
  );
  const asked = outcomes.filter((outcome) => outcome !== undefined);
  const bad = asked.find((outcome) => outcome.kind !== 'ok');
  if (bad) return bad;
  const good = asked.flatMap((outcome) => (outcome.kind === 'ok' ? [outcome] : []));
  const first = good[0];
  if (!first) return leftOut(name, 'requests');
  return {
    kind: 'ok',
    answer: first.answer,
    value: { items: distinct(good.flatMap(({ value }) => value)), answers: good.map(({ answer }) => answer) },
  };
}

/** A record that several requests find is one; a lead may have the id of a contact. */
function distinct(items: MappedItem[]): MappedItem[] {
  const seen = new Set<string>();
  return items.filter(({ id, type, name }) => {
    if (id === null || id === undefined) return true;
    const key = JSON.stringify([type ?? null, id, name ?? null]);
    return !seen.has(key) && seen.add(key);
  });
}
