import type { CallLogDraft } from '../../crm/types.ts';
import type { OperationName, Profile } from '../../profile/types.ts';

/** Whether a template of the operation reads one of these variables (`callLog.direction`, `note`). */
export function mentions({ operations }: Profile, operation: OperationName, ...variables: string[]): boolean {
  const expressions = JSON.stringify(operations[operation] ?? null).match(/\{[{%].*?[}%]\}/g) ?? [];
  return variables.some((variable) => {
    const whole = new RegExp(`(?<![\\w.])${variable.replaceAll('.', '\\.')}(?!\\w)`);
    return expressions.some((expression) => whole.test(expression));
  });
}

/** What the profile puts into the text of a new record: the composed log, or the note alone. */
export function writtenText(profile: Profile, { details, note }: CallLogDraft): string {
  return mentions(profile, 'createCallLog', 'composedLogDetails') ? details : note;
}
