import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Json } from '../../src/profile/types.ts';

type Call = (params: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** The published proxy connector of App Connect, by its own names. */
export interface Engine {
  connector: Record<string, Call> & {
    getAuthType(params: { proxyConfig: Json }): Promise<string>;
    getBasicAuth(params: { apiKey: string }): string;
  };
  composeCallLog(params: Record<string, unknown>): string;
  /** Answers what the engine would read from its databases. */
  serve(config: Json, user: Record<string, unknown>): void;
}

const require = createRequire(import.meta.url);

export function isInstalled(): boolean {
  return existsSync(new URL('node_modules/@app-connect/core/package.json', import.meta.url));
}

/** Loads the engine. Nothing is connected: its database address leads nowhere, and is never used. */
export function loadEngine(): Engine {
  process.env.DATABASE_URL ??= 'postgres://127.0.0.1:1/none';
  // Its notice about Node's version would stand in the middle of the test report.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const connector: Engine['connector'] = require('@app-connect/core/connector/proxy/index');
  const composer: Pick<Engine, 'composeCallLog'> = require('@app-connect/core/lib/callLogComposer');
  const { Connector } = require('@app-connect/core/models/dynamo/connectorSchema');
  const { UserModel } = require('@app-connect/core/models/userModel');
  return {
    connector,
    composeCallLog: composer.composeCallLog,
    serve(config, user) {
      Connector.getProxyConfig = async () => config;
      UserModel.findByPk = async () => user;
    },
  };
}
