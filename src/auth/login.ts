import { type OperationContext, runSteps } from '../operation/run.ts';
import type { Outcome } from '../operation/types.ts';
import { evaluate } from '../profile/expression.ts';
import { renderTemplate } from '../profile/template.ts';
import type { AuthConfig } from '../profile/types.ts';
import { type Credential, createSession } from './session.ts';

type LoginAuth = Extract<AuthConfig, { type: 'login' }>;

/** A login call (or several) that returns a session; its captures are the credential, but for what it `discovers`. */
export async function logIn(context: OperationContext, auth: LoginAuth): Promise<Outcome<Credential>> {
  const { profile } = context;
  const { redaction } = context.transport;
  const nobody = createSession(
    {
      values: {},
      carry: () => ({ headers: {}, query: {} }),
      variables: () => ({ auth: {}, user: {} }),
      proxy: () => ({ authType: 'apiKey' }),
      obtained: false,
      tokens: null,
    },
    redaction,
  );
  const secretCaptures = auth.steps.flatMap(({ captures }) =>
    Object.entries(captures).flatMap(([name, expression]) =>
      auth.discovers.includes(name) ? [] : [expression],
    ),
  );
  const outcome = await runSteps(
    context,
    'login',
    nobody,
    auth.steps,
    {},
    { auth: {} },
    {
      emptyBody: false,
      secretsIn: ({ status, headers, text }) =>
        secretCaptures.flatMap((expression) => {
          const value = evaluate(expression, { status, headers, body: parsed(text), captures: {} });
          return typeof value === 'string' ? [value] : [];
        }),
    },
  );
  if (outcome.kind !== 'ok') return outcome;
  const captures = outcome.answer.captures;
  const missing = Object.keys(captures).find(
    (name) => captures[name] === null || captures[name] === undefined,
  );
  if (missing !== undefined) {
    return {
      kind: 'unreadable',
      reason: `the login answered, but its capture ${missing} finds nothing`,
      answer: outcome.answer,
    };
  }
  const discovered = Object.fromEntries(auth.discovers.map((name) => [name, captures[name]]));
  const values = Object.fromEntries(
    Object.entries(captures).flatMap(([name, value]) =>
      auth.discovers.includes(name) ? [] : [[name, String(value)]],
    ),
  );
  const variablesOf = (credential: Record<string, string>) => ({
    auth: { ...discovered, ...credential },
    user: { id: null, accessToken: null, refreshToken: null, hostname: null },
  });
  const rendered = (templates: Record<string, string>, credential: Record<string, string>) =>
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
    );
  return {
    kind: 'ok',
    answer: outcome.answer,
    value: {
      obtained: true,
      tokens: null,
      values,
      variables: variablesOf,
      carry: (credential) => ({
        headers: lowerCase(rendered(auth.headers, credential)),
        query: rendered(auth.query, credential),
      }),
      proxy: () => ({ authType: 'apiKey' }),
    },
  };
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
