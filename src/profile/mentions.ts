import { asObject } from './json.ts';
import type { OperationName, Profile } from './types.ts';

/** Whether a template of an operation reads a variable, such as `secondPhoneNumber` or `callLog.direction`. */
export function mentions({ document }: Profile, operation: OperationName, variable: string): boolean {
  const described = asObject(asObject(document).operations)[operation];
  const name = variable.replaceAll('.', '\\.');
  return new RegExp(`\\{[{%][^}]*(?<![\\w.])${name}\\b`).test(JSON.stringify(described ?? null));
}
