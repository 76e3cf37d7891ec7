import type {
  BodyType,
  ClientAuthentication,
  Expression,
  Json,
  Limits,
  LogFormat,
  OperationName,
  ResponseMapping,
  TemplateValue,
} from './types.ts';

/**
 * The language as people write it, once `schema/profile.schema.json` has accepted it: defaults are still absent,
 * one request may stand where several could. `normalise.ts` turns it into the types of `types.ts`.
 */
export interface WrittenProfile {
  crmReady: 1;
  meta: { name: string; displayName?: string; logFormat?: LogFormat };
  secrets?: string[];
  vars?: Record<string, Json>;
  auth: WrittenAuth;
  credentials?: Record<string, WrittenAuth>;
  hosts?: Record<string, string>;
  allowHosts?: string[];
  requestDefaults: { baseUrl: string; timeoutSeconds?: number; defaultHeaders?: Texts };
  operations: Partial<Record<OperationName, WrittenOperation>>;
  settle?: number;
  limits?: Partial<Limits>;
  region?: string;
  testData?: Record<string, Json>;
  fixtures?: {
    contacts?: { id: string | number; name?: string; phoneNumber: string; storedAs?: string }[];
    callLog?: { id: string | number; contactId?: string | number; subject?: string; body?: string };
    messageLog?: { id: string | number; body?: string };
  };
  optOut?: Record<string, string>;
}

/** YAML reads `Version: 2` as a number; headers carry text. */
export type Texts = Record<string, string | number | boolean>;

export interface WrittenRequest {
  method?: string;
  url: string;
  host?: string;
  headers?: Texts;
  query?: Record<string, TemplateValue>;
  body?: TemplateValue;
  bodyType?: BodyType;
  omitEmpty?: boolean;
  auth?: string;
  success?: Expression;
  empty?: Expression;
  captures?: Record<string, Expression>;
  when?: string | boolean;
  type?: string;
  responseMapping?: ResponseMapping;
}

export type WrittenOperation =
  | { notSupported: string }
  | { steps: WrittenRequest[]; responseMapping?: ResponseMapping }
  | { steps?: WrittenRequest[]; requests: WrittenRequest[] }
  /** `steps` beside a request: searches only. */
  | (WrittenRequest & { steps?: WrittenRequest[] });

export type WrittenAuth =
  | { type: 'none' }
  | {
      type: 'apiKey';
      scheme?: string;
      headerName?: string;
      queryName?: string;
      credentialTemplate: string;
      encode?: 'base64' | 'none';
    }
  | { type: 'basic'; username: string; password: string }
  | { type: 'bearer'; token: string }
  | { type: 'headers'; headers: Texts }
  | { type: 'login'; steps: WrittenRequest[]; discovers?: string[]; headers?: Texts; query?: Texts }
  | {
      type: 'oauth';
      grant?: 'authorization_code' | 'client_credentials' | 'password' | 'refresh_token';
      authUrl?: string;
      tokenUrl: string;
      redirectUri?: string;
      clientId: string;
      clientSecret?: string;
      scope?: string;
      customState?: string;
      clientAuth?: ClientAuthentication;
      discovers?: string[];
      tokenParams?: Texts;
      username?: string;
      password?: string;
      refreshToken?: string;
      accessToken?: string;
      scheme?: string;
      loginPages?: WrittenLoginPage[];
      loginScripts?: boolean;
    };

interface WrittenLoginPage {
  form?: string;
  fill?: Texts;
  submit?: string;
  optional?: boolean;
}
