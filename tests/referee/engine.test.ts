import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProxyInputs } from '../../src/app-connect/render.ts';
import { renderProxyRequest } from '../../src/app-connect/render.ts';
import type { Json } from '../../src/profile/types.ts';
import { answerCases } from './cases/answers.ts';
import { bodyCases } from './cases/bodies.ts';
import { credentialCases } from './cases/credentials.ts';
import { operationCases } from './cases/operations.ts';
import { requestCases } from './cases/requests.ts';
import { type Engine, isInstalled, loadEngine } from './engine.ts';
import { callOf } from './operations.ts';
import { type Recorder, send, startRecorder } from './recorder.ts';
import type { RefereeCase } from './types.ts';
import { engineValues, ourValues } from './values.ts';
import { withoutReferee } from './without-referee.ts';

const cases = [...requestCases, ...bodyCases, ...credentialCases, ...operationCases, ...answerCases];
const credential = { apiKey: 'k3y', oauth: 'acc355' };

describe("our renderer and App Connect's engine", () => {
  if (!isInstalled()) return withoutReferee();

  let engine: Engine;
  let server: Recorder;
  let equal = 0;
  beforeAll(async () => {
    engine = loadEngine();
    server = await startRecorder();
  });
  afterAll(async () => {
    await server.close();
    console.log(`App Connect's engine and our renderer: ${equal} of ${cases.length} equal`);
  });

  test.each(cases.map((given) => [`${given.operation}: ${given.name}`, given] as const))(
    '%s',
    async (_, given) => {
      const config = configOf(given, server.url);
      server.answer = given.answer ?? { body: '{}' };
      const theirs = await outcomeOf(() => askEngine(engine, given, config, server.url));
      const sentByThem = server.take();
      const ours = await outcomeOf(() => askOurs(given, config, server.url));
      const sentByUs = server.take();

      expect(sentByUs).toEqual(sentByThem);
      expect(sentByUs).toHaveLength(given.refused ? 0 : 1);
      expect('error' in theirs, JSON.stringify(theirs)).toBe(
        given.refused === true || given.unreadable === true,
      );
      expect('error' in ours, JSON.stringify(ours)).toBe(given.refused === true);
      if ('value' in ours) {
        const read = ourValues(given, config, ours.value, inputsOf(given, server.url));
        expect(read).toEqual(
          'value' in theirs ? engineValues(given.operation, theirs.value) : { list: null },
        );
      }
      equal += 1;
    },
  );

  test('are held against each other in at least 30 odd configs', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(30);
  });
});

function configOf(
  { operation, auth, secretKey, defaultHeaders, baseUrl, config }: RefereeCase,
  server: string,
): Json {
  return {
    meta: { name: 'crm' },
    auth: auth ?? { type: 'apiKey' },
    requestDefaults: {
      baseUrl: baseUrl ? baseUrl(server) : server,
      ...(defaultHeaders && { defaultHeaders }),
    },
    operations: { [operation]: config },
    ...(secretKey !== undefined && { secretKey }),
  };
}

function userOf({ auth, user }: RefereeCase, server: string): ProxyInputs['user'] {
  return {
    id: 'u1-crm',
    hostname: new URL(server).host,
    accessToken: auth?.type === 'oauth' ? credential.oauth : credential.apiKey,
    refreshToken: 'r3fresh',
    timezoneName: 'Europe/Paris',
    platform: 'crm',
    platformAdditionalInfo: { region: 'eu', proxyId: 'p' },
    ...user,
  };
}

function inputsOf(given: RefereeCase, server: string): ProxyInputs {
  const isOAuth = given.auth?.type === 'oauth';
  return {
    user: userOf(given, server),
    ...(isOAuth ? { accessToken: credential.oauth } : { apiKey: credential.apiKey }),
    variables: callOf(given).variables,
  };
}

/** The call as App Connect's handlers make it. */
async function askEngine(
  { connector, serve }: Engine,
  given: RefereeCase,
  proxyConfig: Json,
  server: string,
) {
  const user = { ...userOf(given, server), save: async () => {} };
  const { engine: params } = callOf(given);
  serve(proxyConfig, user);
  const isOAuth = (await connector.getAuthType({ proxyConfig })) === 'oauth';
  const apiKey = credential.apiKey;
  const authHeader = isOAuth ? `Bearer ${credential.oauth}` : `Basic ${connector.getBasicAuth({ apiKey })}`;
  const call = connector[given.operation];
  if (!call) throw new Error(`App Connect has no ${given.operation}`);
  if (given.operation !== 'getUserInfo') return call({ user, authHeader, proxyConfig, ...params });
  const login = { authHeader, hostname: user.hostname, platform: user.platform, proxyConfig, ...params };
  if (isOAuth) return call(login);
  const form = typeof params.additionalInfo === 'object' ? params.additionalInfo : {};
  return call({ ...login, apiKey, additionalInfo: { ...form, apiKey } });
}

async function askOurs(given: RefereeCase, config: Json, server: string): Promise<string> {
  return send(renderProxyRequest(config, given.operation, inputsOf(given, server)));
}

async function outcomeOf<T>(ask: () => Promise<T>): Promise<{ value: T } | { error: string }> {
  try {
    return { value: await ask() };
  } catch (error) {
    return { error: String(error) };
  }
}
