import type { CheckDefinition } from '../checks/define-check.ts';
import { catalogue } from '../checks/index.ts';
import type { NeedName } from '../checks/needs.ts';
import { storedFormats } from '../checks/phone-lookup/formats.ts';
import type { OperationName, Profile } from '../profile/types.ts';
import { itemIds } from '../report/types.ts';

/** What a run would do, before it does anything. */
export interface Plan {
  checks: CheckDefinition[];
  creates: { contacts: number; callLogs: number; messageLogs: number };
  /** Delete operations that the profile lacks for what would be created. */
  undeletable: OperationName[];
}

/** What each need is made from. The makers know it too; a plan must know it without making anything. */
const madeFrom: Partial<Record<NeedName, NeedName[]>> = {
  contact: ['created contact'],
  'lookup by E.164': ['created contact'],
  'raw plus': ['created contact'],
  'phone matrix': ['created contact'],
  'created call log': ['contact'],
  'call log': ['created call log', 'contact'],
  'second call log': ['contact'],
  'long call log': ['contact'],
  'read call log': ['call log'],
  'updated call log': ['read call log'],
  'created message log': ['contact'],
};

const created: Partial<Record<NeedName, Partial<Plan['creates']>>> = {
  'created contact': { contacts: 1 },
  'phone matrix': { contacts: storedFormats.length - 1 },
  'created call log': { callLogs: 1 },
  'second call log': { callLogs: 1 },
  'long call log': { callLogs: 1 },
  'created message log': { messageLogs: 1 },
};

/** Unknown words of `--only`, to be refused before anything is sent. */
export function unknownSelections(only: readonly string[]): string[] {
  const known = new Set<string>([...itemIds, ...catalogue.map(({ id }) => id)]);
  return only.filter((word) => !known.has(word));
}

/** @param only items or requirement ids; null: all */
export function planRun(profile: Profile, only: readonly string[] | null, readOnly: boolean): Plan {
  const checks = catalogue.filter(
    ({ id, item, asks }) =>
      (asks?.(profile) ?? true) && (only === null || only.includes(id) || only.includes(item)),
  );
  const needs = new Set<NeedName>();
  const add = (name: NeedName) => {
    if (needs.has(name)) return;
    needs.add(name);
    for (const inner of madeFrom[name] ?? []) add(inner);
  };
  for (const name of checks.flatMap((check) => check.needs)) add(name);
  const creates = { contacts: 0, callLogs: 0, messageLogs: 0 };
  if (!readOnly) {
    for (const name of needs) {
      creates.contacts += describes(profile, 'createContact') ? (created[name]?.contacts ?? 0) : 0;
      creates.callLogs += describes(profile, 'createCallLog') ? (created[name]?.callLogs ?? 0) : 0;
      creates.messageLogs += describes(profile, 'createMessageLog') ? (created[name]?.messageLogs ?? 0) : 0;
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
  return { checks, creates, undeletable };
}

function describes({ operations }: Profile, name: OperationName): boolean {
  const operation = operations[name];
  return operation !== undefined && operation.kind !== 'notSupported';
}
