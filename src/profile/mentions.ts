import type { OperationName, Profile } from './types.ts';

/** Whether a template of an operation reads one of these variables, such as `secondPhoneNumber` or `callLog.direction`. */
export function mentions({ operations }: Profile, operation: OperationName, ...variables: string[]): boolean {
  const described = JSON.stringify(operations[operation] ?? null);
  return variables.some((variable) => {
    const name = variable.replaceAll('.', '\\.');
    return new RegExp(`\\{[{%][^}]*(?<![\\w.])${name}\\b`).test(described);
  });
}
