// oidc-provider ships no types. This declares what the reference CRM uses of it, and no more.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface OAuthState {
    route: string;
    params?: Record<string, string | undefined>;
    entities: Record<string, unknown>;
    client: { clientId: string };
    account: { accountId: string };
    provider: Provider;
  }

  /** A Koa context. `oidc` appears once a route was found. */
  interface Context {
    path: string;
    querystring: string;
    status: number;
    body: unknown;
    type: string;
    req: IncomingMessage;
    oidc?: OAuthState;
    redirect(url: string): void;
    response: { get(header: string): string };
  }

  interface Stored {
    codeChallenge?: string | undefined;
  }

  interface Model {
    find(value: string, options?: object): Promise<Stored | undefined>;
  }

  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    static readonly ctx: Context | undefined;
    AccessToken: Model;
    RefreshToken: Model;
    AuthorizationCode: Model;
    Client: {
      prototype: {
        compareClientSecret(secret: string): boolean | Promise<boolean>;
        redirectUriAllowed(uri: string): boolean;
      };
    };
    Grant: new (fields: {
      accountId: string;
      clientId: string;
    }) => Grant;
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  }

  export interface Policy {
    get(prompt: string): { checks: { remove(reason: string): void } };
  }

  export const errors: { InvalidRequest: new (description: string) => Error };
  export const interactionPolicy: { base(): Policy };
}
