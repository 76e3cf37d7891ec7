import type { CheckDefinition } from '../checks/define-check.ts';
import { catalogue } from '../checks/index.ts';
import type { NeedName } from '../checks/needs.ts';
import type { OperationName, Profile } from '../profile/types.ts';
import { itemIds } from '../report/types.ts';
import { canBeHad, costs, madeFrom, type PlanChoice, requestsForEach } from './costs.ts';
import { judgeUnasked, leftOut } from './described.ts';

/** What a run would do, before it does anything. */
export interface Plan {
  /** Every requirement that the report will have, in its order. */
  checks: CheckDefinition[];
  /** Those of them that nothing is asked for, and why. */
  leftOut: { check: CheckDefinition; reason: string }[];
  creates: { contacts: number; callLogs: number; messageLogs: number };
  /** Call records beside these, only where a long text is refused. */
  callLogsIfRefused: number;
  /** Requests where all goes well: what is not found at once, or refused, is asked for again. */
  requests: number;
  /** Delete operations that the profile lacks for what would be created. */
  undeletable: OperationName[];
}

/** What can be asked for by `--only`, or left out by `optOut`: every item, and every requirement by its id. */
export const selectable: readonly string[] = [...itemIds, ...catalogue.map(({ id }) => id)];

/** Ids of `--only` that a profile with this kind of credential never has; an item always has something. */
export function neverAskedOf(profile: Profile, only: readonly string[]): string[] {
  return catalogue.flatMap(({ id, asks }) => (only.includes(id) && asks?.(profile) === false ? [id] : []));
}

export function planRun(profile: Profile, choice: PlanChoice): Plan {
  const { only, readOnly } = choice;
  const checks = catalogue.filter(
    ({ id, item, asks }) =>
      (asks?.(profile) ?? true) && (only === null || only.includes(id) || only.includes(item)),
  );
  const had = (name: NeedName) => canBeHad(name, profile, readOnly);
  const left = checks.flatMap((check) => {
    const reason = leftOut(check, profile, readOnly) ?? (check.needs.every(had) ? null : noFixture);
    return reason === null ? [] : [{ check, reason }];
  });
  const needs = new Set<NeedName>();
  const add = (name: NeedName) => {
    if (needs.has(name)) return;
    needs.add(name);
    for (const inner of madeFrom[name] ?? []) add(inner);
  };
  // Whatever is asked, somebody must be signed in.
  const asked = checks.filter((check) => judgeUnasked(check, profile, readOnly) === null);
  for (const name of ['sign-in', 'current user', ...asked.flatMap((check) => check.needs)] as const)
    add(name);
  const creates = { contacts: 0, callLogs: 0, messageLogs: 0 };
  let callLogsIfRefused = 0;
  const observed = asked.filter((check) => check.needs.every(had));
  let requests = observed.reduce((sum, check) => sum + (check.requests ?? 0), 0);
  for (const name of [...needs].filter(had)) {
    const cost = costs[name] ?? {};
    const each = typeof cost === 'function' ? cost(profile, choice) : cost;
    requests += each.requests ?? 0;
    if (readOnly) continue;
    if (describes(profile, 'createCallLog')) callLogsIfRefused += each.callLogsIfRefused ?? 0;
    for (const [kind, creation] of creations) {
      if (!describes(profile, creation)) continue;
      const most = each[kind] ?? 0;
      creates[kind] += most;
      const usually = kind === 'contacts' ? (each.contactsUsually ?? most) : most;
      requests += usually * requestsForEach[kind];
    }
  }
  const deletions: [number, OperationName][] = [
    [creates.contacts, 'deleteContact'],
    [creates.callLogs, 'deleteCallLog'],
    [creates.messageLogs, 'deleteMessageLog'],
  ];
  const undeletable = deletions.flatMap(([count, operation]) =>
    count > 0 && !describes(profile, operation) ? [operation] : [],
  );
  return { checks, leftOut: left, creates, callLogsIfRefused, requests, undeletable };
}

const noFixture = 'read-only: the profile names no record for it under fixtures';

const creations = [
  ['contacts', 'createContact'],
  ['callLogs', 'createCallLog'],
  ['messageLogs', 'createMessageLog'],
] as const satisfies [keyof Plan['creates'], OperationName][];

function describes({ operations }: Profile, name: OperationName): boolean {
  const operation = operations[name];
  return operation !== undefined && operation.kind !== 'notSupported';
}
