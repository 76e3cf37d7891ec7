import { randomUUID } from 'node:crypto';
import { isRateLimit } from '../http/retry.ts';
import { HttpTrouble } from '../http/trouble.ts';
import type { HttpAnswer, SendOptions, Transport } from '../http/types.ts';
import { evaluate } from '../profile/expression.ts';
import { dotted } from '../profile/locate.ts';
import { partOf, renderTemplate, TemplateError } from '../profile/template.ts';
import type { Expression, OperationName, Profile, Step } from '../profile/types.ts';
import { readBody, sayOf, speaksOfError } from './answer.ts';
import { tellingSecrets } from './derived-secrets.ts';
import { placeOf } from './place.ts';
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
  /** It is a refusal that is looked for: a redirect to a login page is one, and so is a 403 that says when to come back. */
  expectsRefusal?: boolean;
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

/** One request, unless its `when` leaves it out: rendered, signed, sent, and its answer told apart into yes, no and trouble. */
export async function runStep(
  context: OperationContext,
  name: OperationName | 'login',
  signer: Signer,
  step: Step,
  scope: Record<string, unknown>,
  options: OperationOptions,
): Promise<Outcome<null> | 'left out'> {
  const ready = located(context.profile, name, step, () => {
    const wanted =
      step.when === undefined || partOf('when', () => holds(renderTemplate(step.when ?? '', scope)));
    if (!wanted) return null;
    const what = name === 'login' ? 'login' : 'other';
    return tellingSecrets(context.profile, context.transport.redaction, what, () =>
      signed(context, name, signer, step, scope, options),
    );
  });
  if (!ready) return 'left out';
  const { request, credentialHeaders } = ready;
  const repeat = step.method === 'GET' || (name !== 'login' && reads.has(name)) ? 'read' : 'once';
  const url = options.rewrite ? options.rewrite(request.url) : request.url;
  const { expectsRefusal = name === 'login' } = context;
  // The last redirect that was followed, as App Connect's HTTP client does it: some answer a creation so. Not of the
  // current-user call: whom a login page would show is no user.
  let seeOther: HttpAnswer | null = null;
  try {
    const answer = await context.transport.send(
      { ...request, url },
      {
        intent: name,
        repeat,
        expectsRefusal,
        followRedirects:
          expectsRefusal || name === 'getUserInfo'
            ? 'moved'
            : (redirect) => {
                // What the profile takes for an answer is one.
                const isAnswer =
                  classify(viewOf(redirect, context), step, expectsRefusal, () => '').kind === 'ok';
                if (!isAnswer) seeOther = redirect;
                return !isAnswer;
              },
        credentialHeaders,
        ...(options.withhold && { withhold: options.withhold }),
        ...(options.secretsIn && { secretsIn: options.secretsIn }),
      },
    );
    const say = (body: unknown) => {
      const shown = options.withhold ? options.withhold(body, answer.status) : body;
      return sayOf(shown, answer.headers, context.transport.redaction);
    };
    const view = viewOf(answer, context);
    // A page for people says nothing of what was asked; but a logout may well end there.
    const isPage = typeof view.body === 'string' && /^\s*</.test(view.body) && name !== 'unAuthorize';
    const told = seeOther !== null && isPage ? viewOf(seeOther, context) : view;
    const outcome = unlessExpired(classify(told, step, expectsRefusal, say), signer.ended(step.auth));
    // The request that was answered with a redirect went through, whatever is said of the record behind it.
    const after = seeOther === null || isPage ? 0 : 1;
    if (outcome.kind === 'ok' && speaksOfError(told.body))
      return { ...outcome, answer: { ...outcome.answer, said: say(told.body) } };
    return outcome.kind === 'refused' || outcome.kind === 'trouble' ? { ...outcome, after } : outcome;
  } catch (error) {
    if (!(error instanceof HttpTrouble)) throw error;
    return {
      kind: 'trouble',
      code: error.code,
      status: null,
      message: error.message,
      exchange: error.exchange,
      after: seeOther === null ? 0 : 1,
    };
  }
}

function viewOf(answer: HttpAnswer, { profile }: OperationContext): OperationAnswer {
  return {
    status: answer.status,
    headers: answer.headers,
    // App Connect leaves XML as text.
    body: profile.language === 'proxyConfig' ? (answer.json ?? answer.text) : readBody(answer),
    captures: {},
    exchange: answer.exchange,
    unmasked: false,
  };
}

/**
 * A 2xx is a success where its predicate, if there is one, says so. Other statuses are none, unless the predicate names
 * `status` itself: `!(body.errors)` holds for the empty answer to a wrong password, too. A rate limit and a 5xx are trouble.
 */
function classify(
  answer: OperationAnswer,
  step: Step,
  expectsRefusal: boolean,
  say: (body: unknown) => string,
): Outcome<null> {
  const { status } = answer;
  const positive = status >= 200 && status < 300;
  const says = (predicate: Expression, usual: boolean) =>
    (usual || namesStatus(predicate)) && holds(evaluate(predicate, answer));
  const success = step.success === undefined ? positive : says(step.success, positive);
  const answered = status < 500 && ![401, 403, 429].includes(status);
  const empty = step.empty !== undefined && says(step.empty, answered);
  if (success || empty) return { kind: 'ok', value: null, answer };
  const message = say(answer.body);
  if (isRateLimit(answer, expectsRefusal) || status >= 500) {
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

/** A credential that is known to be dead is refused for that: no word about what was asked. */
function unlessExpired(outcome: Outcome<null>, ended: string | null): Outcome<null> {
  if (outcome.kind !== 'refused' || ended === null) return outcome;
  const { status, answer } = outcome;
  // A redirect leads to a login page, and an error in a 2xx may say the same.
  const ofCredential = status === 401 || status === 403 || (status >= 300 && status < 400) || answer.unmasked;
  if (!ofCredential) return outcome;
  const message = `${ended} (HTTP ${status})`;
  return { kind: 'trouble', code: 'expired', status, message, exchange: answer.exchange };
}

/** A template that fails says which one it is, and where it stands. */
function located<T>(profile: Profile, name: OperationName | 'login', step: Step, render: () => T): T {
  try {
    return render();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const place = placeOf(profile, step);
    const path = [...(place ?? [name]), ...(error.details.path ?? [])];
    const line = place ? ` (line ${profile.locate(path).line})` : '';
    throw new TemplateError(`${dotted(path)}${line}: ${error.message}`, { ...error.details, path });
  }
}

function namesStatus(predicate: Expression): boolean {
  return /(?<![\w."])status\b/.test(typeof predicate === 'string' ? predicate : predicate.path);
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
