import { operationNames, type Profile } from '../profile/types.ts';
import type { Place } from '../report/types.ts';

/** Where a profile describes its operations, its credential, and operations at all: for reports that point at lines. */
export function locationsIn({ locate, operations }: Profile): Record<string, Place> {
  const described = operationNames.filter((name) => operations[name] !== undefined);
  return {
    auth: locate(['auth']),
    operations: locate(['operations']),
    ...Object.fromEntries(described.map((name) => [name, locate(['operations', name])])),
  };
}
