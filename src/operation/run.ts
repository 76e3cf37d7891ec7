import { randomUUID } from 'node:crypto';
import { HttpTrouble } from '../http/trouble.ts';
import type { SendOptions, Transport } from '../http/types.ts';
import { evaluate } from '../profile/expression.ts';
import { renderTemplate } from '../profile/template.ts';
import type { OperationName, Profile, ResponseMapping, Step } from '../profile/types.ts';
import { readBody, sayOf } from './answer.ts';
import { holds } from './predicate.ts';
import { renderProxy } from './proxy.ts';
import { renderRequest } from './render.ts';
import type { OperationAnswer, Outcome, SignedRequest, Signer } from './types.ts';

/** What every operation of a run shares. */
export interface OperationContext {
  profile: Profile;
  transport: Transport;
  runId: string;
  /** Put App Connect's `{}` into GETs and DELETEs that have no body. */
  emptyBody: boolean;
}

export interface OperationOptions {
  /** See `SendOptions.withhold`. */
  withhold?: SendOptions['withhold'];
  /** See `SendOptions.secretsIn`. */
  secretsIn?: SendOptions['secretsIn'];
  /** Change the request after it was rendered, before it is signed: a raw plus in the URL, say. */
  rewrite?: (url: string) => string;
  /** Overrides the context's `emptyBody` for this call. */
  emptyBody?: boolean;
}

const reads: ReadonlySet<OperationName> = new Set([
  'getUserInfo',
  'findContact',
  'findContactWithName',
  'getCallLog',
  'getMessageLog',
  'listCallLogs',
  'getUserList',
  'getLicenseStatus',
]);

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
  return runSteps(context, name, signer, operation.steps, operation.responseMapping, variables, options);
}

/** Steps in order, up to the first that is refused. @see runSequence */
export async function runSteps(
  context: OperationContext,
  name: OperationName | 'login',
  signer: Signer,
  steps: readonly Step[],
  mapping: ResponseMapping,
  variables: Record<string, unknown>,
  options: OperationOptions = {},
): Promise<Outcome<ResponseMapping>> {
  const captures: Record<string, unknown> = {};
  let last: Outcome<ResponseMapping> | undefined;
  for (const step of steps) {
    const scope = scopeOf(context, signer, { ...variables, captures });
    if (step.when !== undefined && !holds(renderTemplate(step.when, scope))) continue;
    last = await runStep(context, name, signer, step, scope, options);
    if (last.kind !== 'ok') return last;
    for (const [key, expression] of Object.entries(step.captures)) {
      captures[key] = evaluate(expression, last.answer);
    }
    last = { ...last, value: mapping, answer: { ...last.answer, captures } };
  }
  if (!last) {
    return {
      kind: 'not-described',
      operation: name,
      key: `operations.${name}.steps (every step was left out by its \`when\`)`,
    };
  }
  return last;
}

/** One request: rendered, signed, sent, and its answer told apart into yes, no and trouble. */
async function runStep(
  context: OperationContext,
  name: OperationName | 'login',
  signer: Signer,
  step: Step,
  scope: Record<string, unknown>,
  options: OperationOptions,
): Promise<Outcome<ResponseMapping>> {
  const { request, credentialHeaders } = signed(context, name, signer, step, scope, options);
  const repeat = step.method === 'GET' || (name !== 'login' && reads.has(name)) ? 'read' : 'once';
  const url = options.rewrite ? options.rewrite(request.url) : request.url;
  try {
    const answer = await context.transport.send(
      { ...request, url },
      {
        intent: name,
        repeat,
        followRedirects: 'moved',
        credentialHeaders,
        ...(options.withhold && { withhold: options.withhold }),
        ...(options.secretsIn && { secretsIn: options.secretsIn }),
      },
    );
    const view: OperationAnswer = {
      status: answer.status,
      headers: answer.headers,
      // App Connect leaves XML as text.
      body:
        context.profile.language === 'proxyConfig' ? (answer.json ?? answer.text) : await readBody(answer),
      captures: {},
      exchange: answer.exchange,
      unmasked: false,
    };
    return classify(view, step, (body) => sayOf(body, answer.headers, context.transport.redaction));
  } catch (error) {
    if (!(error instanceof HttpTrouble)) throw error;
    return {
      kind: 'trouble',
      code: error.code,
      status: null,
      message: error.message,
      exchange: error.exchange,
    };
  }
}

/** A 429 and a 5xx are trouble; else the success predicate decides where there is one, else the status. */
function classify(
  answer: OperationAnswer,
  step: Step,
  say: (body: unknown) => string,
): Outcome<ResponseMapping> {
  const { status } = answer;
  const positive = status >= 200 && status < 300;
  const success = step.success === undefined ? positive : holds(evaluate(step.success, answer));
  const empty = step.empty !== undefined && holds(evaluate(step.empty, answer));
  if (success || empty) return { kind: 'ok', value: {}, answer };
  const message = say(answer.body);
  if (status === 429 || status >= 500) {
    return {
      kind: 'trouble',
      code: 'status',
      status,
      message: `HTTP ${status} ${message}`.trim(),
      exchange: answer.exchange,
    };
  }
  return { kind: 'refused', status, message, answer: { ...answer, unmasked: positive } };
}

function signed(
  context: OperationContext,
  name: OperationName | 'login',
  signer: Signer,
  step: Step,
  scope: Record<string, unknown>,
  options: OperationOptions,
): SignedRequest {
  if (context.profile.language === 'proxyConfig' && name !== 'login') {
    return renderProxy(context.profile, name, signer, scope, options.emptyBody ?? context.emptyBody);
  }
  const request = renderRequest(context.profile, step, scope, options.emptyBody ?? context.emptyBody);
  return signer.sign(request, step.auth);
}

/** The variables that every template of a run may read, with the operation's own on top. */
export function scopeOf(
  context: OperationContext,
  signer: Signer,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const { profile, runId } = context;
  return {
    vars: profile.vars,
    secrets: profile.secrets,
    testData: profile.testData,
    region: profile.region,
    runId,
    now: new Date().toISOString(),
    uuid: randomUUID(),
    ...signer.variables,
    ...variables,
  };
}
