import { evaluate } from '../profile/expression.ts';
import { dotted } from '../profile/locate.ts';
import type { Expression, OperationName, Profile, ResponseMapping, Step } from '../profile/types.ts';
import { unreadable } from './mapping.ts';
import { placeOf } from './place.ts';
import { type OperationContext, type OperationOptions, runStep, scopeOf } from './step.ts';
import type { OperationAnswer, Outcome, Signer } from './types.ts';

/**
 * Carries out a sequence operation of the profile: its steps in order, up to the first that is refused.
 * @param variables the operation's own (App Connect's names); globals are added here
 * @returns the last answer with all captures, and the mapping to read it with; never throws for what the CRM does
 * @throws {TemplateError} when the profile's own templates cannot be rendered
 */
export async function runSequence(
  context: OperationContext,
  name: OperationName,
  signer: Signer,
  variables: Record<string, unknown>,
  options: OperationOptions = {},
): Promise<Outcome<ResponseMapping>> {
  const operation = context.profile.operations[name];
  if (!operation) return { kind: 'not-described', operation: name, key: `operations.${name}` };
  if (operation.kind === 'notSupported') {
    return { kind: 'not-supported', operation: name, reason: operation.reason };
  }
  if (operation.kind === 'search') throw new Error(`${name} is a search`);
  const { outcome } = await runSteps(context, name, signer, operation.steps, variables, options);
  if (!outcome) return leftOut(name, 'steps');
  return outcome.kind === 'ok' ? { ...outcome, value: operation.responseMapping } : outcome;
}

/** Every request of an operation was left out by its `when`: then nobody was asked. */
export function leftOut(name: OperationName, what: 'steps' | 'requests'): Outcome<never> {
  return {
    kind: 'not-described',
    operation: name,
    key: `operations.${name}.${what} (every one of them was left out by its \`when\`)`,
  };
}

/** What came of requests in order. */
export interface StepsResult {
  /** Of the last request that was sent, with all captures; undefined when `when` left every one out. */
  outcome: Outcome<null> | undefined;
  captures: Record<string, unknown>;
  /** Captures that found nothing, and where they looked. */
  missed: ReadonlyMap<string, Outcome<never>>;
}

/**
 * Steps in order, up to the first that is refused.
 * @param variables the operation's own; `captures` among them are those of earlier requests
 * @see runSequence
 */
export async function runSteps(
  context: OperationContext,
  name: OperationName | 'login',
  signer: Signer,
  steps: readonly Step[],
  variables: Record<string, unknown>,
  options: OperationOptions = {},
): Promise<StepsResult> {
  const captures: Record<string, unknown> = { ...asRecord(variables.captures) };
  const missed = new Map<string, Outcome<never>>();
  let outcome: Outcome<null> | undefined;
  let after = 0;
  for (const step of steps) {
    const gap = captureInPath(step).find((key) => missed.has(key));
    if (gap !== undefined) return { outcome: missed.get(gap), captures, missed };
    const scope = scopeOf(context, signer, { ...variables, captures });
    const sent = await runStep(context, name, signer, step, scope, options);
    if (sent === 'left out') continue;
    outcome = sent;
    if (sent.kind === 'refused')
      outcome = { ...sent, after: after + (sent.after ?? 0), answer: { ...sent.answer, captures } };
    if (sent.kind === 'trouble') outcome = { ...sent, after: after + (sent.after ?? 0) };
    if (outcome.kind !== 'ok') break;
    after += 1;
    const { answer } = outcome;
    const found = { ...answer, captures };
    for (const [key, expression] of Object.entries(step.captures)) {
      captures[key] = evaluate(expression, found);
      if (captures[key] === null)
        missed.set(key, missedCapture(context.profile, step, key, expression, answer));
      else missed.delete(key);
    }
    outcome = { ...outcome, answer: found };
  }
  return { outcome, captures, missed };
}

/**
 * Captures that stand in the path of a URL. Where one of them found nothing the request is not sent: `/contacts/`
 * without its id is another resource, and a DELETE of it another disaster.
 */
function captureInPath({ url }: Step): string[] {
  if (url.includes('{%')) return [];
  const outputs = (url.split('?')[0] ?? '').matchAll(/\{\{-?\s*captures\.([\w-]+)\s*(.*?)-?\}\}/g);
  return [...outputs].flatMap(([, key, filters]) => (key && !/\bdefault\b/.test(filters ?? '') ? [key] : []));
}

function missedCapture(
  profile: Profile,
  step: Step,
  key: string,
  expression: Expression,
  answer: OperationAnswer,
): Outcome<never> {
  const place = placeOf(profile, step);
  return unreadable(
    profile,
    expression,
    answer,
    `${place ? `${dotted(place)}.` : ''}captures.${key}`,
    'value',
  );
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
