import { parseJson } from '../http/read-answer.ts';
import { readBody } from '../operation/answer.ts';
import { leavesOf, tellingSecrets } from '../operation/derived-secrets.ts';
import { runSteps } from '../operation/run.ts';
import type { OperationContext } from '../operation/step.ts';
import type { Outcome } from '../operation/types.ts';
import { evaluate } from '../profile/expression.ts';
import { renderTemplate } from '../profile/template.ts';
import type { AuthConfig, Profile } from '../profile/types.ts';
import { nothing, type Obtained, type SignInFailure } from './obtained.ts';
import { type Credential, createSession, type Session } from './session.ts';
import { staticCredential } from './static.ts';

type LoginAuth = Extract<AuthConfig, { type: 'login' }>;

/** A login call (or several) that returns a session; its captures are the credential, but for what it `discovers`. */
export async function obtainByLogin(context: OperationContext, auth: LoginAuth): Promise<Obtained> {
  const outcome = await logIn(context, auth);
  if (outcome.kind === 'ok') return { ...nothing, credential: outcome.value };
  const failure = { requirement: 'auth.accepted', ...failureOf(outcome) } as const;
  return { ...nothing, credential: null, failure };
}

function failureOf(
  outcome: Exclude<Outcome<Credential>, { kind: 'ok' }>,
): Pick<SignInFailure, 'kind' | 'reason'> {
  switch (outcome.kind) {
    case 'trouble':
      return { kind: 'trouble', reason: outcome.message };
    case 'refused': {
      const reason = `the login was refused: HTTP ${outcome.status} ${outcome.message}`.trim();
      return { kind: 'refused', reason };
    }
    case 'unreadable':
      return { kind: 'refused', reason: outcome.reason };
    default:
      return { kind: 'refused', reason: 'no login step was sent' };
  }
}

async function logIn(context: OperationContext, auth: LoginAuth): Promise<Outcome<Credential>> {
  const { profile } = context;
  const secretCaptures = auth.steps.flatMap(({ captures }) =>
    Object.entries(captures).flatMap(([name, expression]) =>
      auth.discovers.includes(name) ? [] : [expression],
    ),
  );
  const { outcome, captures, missed } = await runSteps(
    context,
    'login',
    nobody(context),
    auth.steps,
    { auth: {} },
    {
      emptyBody: false,
      secretsIn: ({ status, headers, text }) => {
        const body = readBody({ json: parseJson(text), headers, text });
        return secretCaptures.flatMap((expression) => {
          // Of a record where a text should be any part may be the session.
          return leavesOf(evaluate(expression, { status, headers, body, captures: {} }));
        });
      },
    },
  );
  if (!outcome) return { kind: 'not-described', operation: 'login', key: 'auth.steps' };
  if (outcome.kind !== 'ok') return outcome;
  const [gap] = missed.values();
  if (gap) return gap;
  const secret = Object.entries(captures).filter(([name]) => !auth.discovers.includes(name));
  for (const [name, value] of secret) {
    if (!isSession(value) && isReadAs(`auth.${name}`, profile, auth)) {
      const reason = `the login gave no \`${name}\`: the answer has ${nounOf(value)} there`;
      return { kind: 'unreadable', reason, answer: outcome.answer };
    }
  }
  const discovered = Object.fromEntries(auth.discovers.map((name) => [name, captures[name]]));
  const values = Object.fromEntries(
    secret.flatMap(([name, value]) => (isSession(value) ? [[name, String(value)]] : [])),
  );
  // A login that only discovers leaves the credential where it is: in the operations, as `{{ secrets.NAME }}`.
  const standing = Object.keys(values).length === 0;
  const variablesOf = (credential: Record<string, string>) => ({
    auth: { ...discovered, ...(!standing && credential) },
    ...(standing && { secrets: credential }),
    user: { id: null, accessToken: null, refreshToken: null, hostname: null },
  });
  const rendered = (templates: Record<string, string>, credential: Record<string, string>) =>
    tellingSecrets(profile, context.transport.redaction, 'login', () =>
      Object.fromEntries(
        Object.entries(templates).map(([name, template]) => [
          name,
          String(
            renderTemplate(template, {
              secrets: profile.secrets,
              vars: profile.vars,
              ...variablesOf(credential),
            }) ?? '',
          ),
        ]),
      ),
    );
  return {
    kind: 'ok',
    answer: outcome.answer,
    value: {
      obtained: !standing,
      tokens: null,
      values: standing ? { ...profile.secrets } : values,
      variables: variablesOf,
      carry: (credential) => ({
        headers: lowerCase(rendered(auth.headers, credential)),
        query: rendered(auth.query, credential),
      }),
      proxy: () => ({ authType: 'apiKey' }),
    },
  };
}

/** Whether the credential reads a capture; another may be but a step's: a record of which a later step reads a part. */
function isReadAs(variable: string, { operations }: Profile, { headers, query }: LoginAuth): boolean {
  const name = variable.replaceAll('.', '\\.');
  return new RegExp(`(?<![\\w.])${name}(?![\\w-])`).test(JSON.stringify([headers, query, operations]));
}

function isSession(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function nounOf(value: unknown): string {
  if (value === '') return 'an empty text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'a record' : `\`${String(value)}\``;
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Whoever is not logged in yet: signs nothing, but for steps that name a credential which the user handed in. */
function nobody({ profile, transport: { redaction } }: OperationContext): Session {
  return createSession(
    {
      values: {},
      carry: () => ({ headers: {}, query: {} }),
      variables: () => ({ auth: {}, user: {} }),
      proxy: () => ({ authType: 'apiKey' }),
      obtained: false,
      tokens: null,
    },
    redaction,
    {
      signerOf(which) {
        const auth = profile.credentials[which];
        if (!auth || auth.type === 'login' || auth.type === 'oauth') return null;
        const credential = tellingSecrets(profile, redaction, 'other', () => staticCredential(profile, auth));
        const session = createSession(credential, redaction);
        return (request) => session.sign(request);
      },
      endedOf: () => null,
      renew: async () => {},
    },
  );
}
