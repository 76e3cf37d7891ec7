/**
 * The typed profile: what we were told about a CRM. Key names are App Connect's `proxyConfig` where it has one.
 * Everything here is plain data; `load.ts` makes it from YAML or JSON, and nothing later changes it.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** LiquidJS text in our own profiles; App Connect's `{{dot.path}}` text in a bare proxyConfig. */
type Template = string;

/** A value whose strings are templates. A string that is exactly one expression keeps the type of its value. */
export type TemplateValue = Json;

/**
 * Where a value stands in an answer. In our own profiles a JMESPath over `{ status, headers, body, captures }`
 * (header names in lower case), optionally narrowed by a regular expression whose first group is the value.
 * In a bare proxyConfig App Connect's dot path over `{ body }`.
 */
export type Expression = string | { path: string; regex: string };

/** App Connect's operations, then ours: reading messages back, a contact's activities, and clean-up. */
export const operationNames = [
  'getUserInfo',
  'findContact',
  'findContactWithName',
  'createContact',
  'createCallLog',
  'getCallLog',
  'updateCallLog',
  'upsertCallDisposition',
  'createMessageLog',
  'updateMessageLog',
  'getUserList',
  'getLicenseStatus',
  'unAuthorize',
  'getMessageLog',
  'listCallLogs',
  'deleteContact',
  'deleteCallLog',
  'deleteMessageLog',
] as const;
export type OperationName = (typeof operationNames)[number];

export type BodyType = 'json' | 'form' | 'xml' | 'raw' | 'none';

/** One HTTP request, to be rendered. */
export interface RequestTemplate {
  /** Upper case. Default GET. */
  method: string;
  /** Relative to the host's base URL, or absolute. Expressions are percent-encoded unless filtered by `raw`. */
  url: Template;
  /** A key of `hosts`; absent: `requestDefaults.baseUrl`. */
  host?: string;
  headers: Record<string, Template>;
  /** An array value repeats the key. */
  query: Record<string, TemplateValue>;
  body?: TemplateValue;
  bodyType?: BodyType;
  /** Drop query parameters, form fields and JSON keys whose value renders to null or ''. */
  omitEmpty: boolean;
  /** `none`; `client` (the OAuth client's own HTTP Basic); a key of `credentials`; absent: the profile's `auth`. */
  auth?: string;
  /** Holds (is truthy) when the CRM really did what was asked. Absent: any 2xx. Our profiles only. */
  success?: Expression;
  /** Searches only: holds when this answer means "nobody", though it is not a 2xx with an empty list. */
  empty?: Expression;
  /** Name → expression; read later as `{{ captures.name }}`. */
  captures: Record<string, Expression>;
}

/** A request in a sequence. */
export interface Step extends RequestTemplate {
  /** Renders to '', 'false', '0' or null: the step is left out. */
  when?: Template;
}

/** Mapping keys are App Connect's (`idPath`, `listPath`, `item` …), with ours added (`contactIdPath` …). */
export interface ResponseMapping {
  [key: string]: Expression | Record<string, Expression> | undefined;
  item?: Record<string, Expression>;
}

export type Operation =
  /** Declared as missing in this CRM: an answer, not a gap. */
  | { kind: 'notSupported'; reason: string }
  /** One or several requests in order. The mapping reads the last one that was sent, and every capture. */
  | { kind: 'sequence'; steps: Step[]; responseMapping: ResponseMapping }
  /**
   * Searches only: each request has its own mapping; the lists are merged, duplicates (by id) dropped. `steps` come
   * before them, in order, and give them captures: the id of a column, say.
   */
  | {
      kind: 'search';
      steps: Step[];
      requests: (Step & { responseMapping: ResponseMapping; type?: string })[];
    };

export type ClientAuthentication = 'basic' | 'body' | 'query';

export type AuthConfig =
  | { type: 'none' }
  | {
      type: 'apiKey';
      /** Word before the credential; '' for none. Default: `Basic` in `Authorization`, none in any other header. */
      scheme: string;
      headerName: string;
      /** Send as this query parameter instead of a header. */
      queryName?: string;
      credentialTemplate: Template;
      encode: 'base64' | 'none';
    }
  | { type: 'basic'; username: Template; password: Template }
  | { type: 'bearer'; token: Template }
  | { type: 'headers'; headers: Record<string, Template> }
  | {
      type: 'login';
      /** Their captures are the session's credential: `{{ auth.name }}`, redacted everywhere. */
      steps: Step[];
      /** Which captures are facts about the tenant (base URL, user id) and no secrets; still `{{ auth.name }}`. */
      discovers: string[];
      /** How the session signs each request. */
      headers: Record<string, Template>;
      query: Record<string, Template>;
    }
  | {
      type: 'oauth';
      grant: 'authorization_code' | 'client_credentials' | 'password' | 'refresh_token';
      authUrl?: Template;
      tokenUrl: Template;
      /** App Connect's redirect URI by default; a loopback URI lets the run listen there itself. */
      redirectUri: string;
      clientId: Template;
      clientSecret: Template;
      /** As configured in App Connect: a scope list, or a raw query fragment such as `scope=a+b&prompt=consent`. */
      scope: string;
      /** `state` is `platform=<customState or meta.name>`. */
      customState?: string;
      clientAuth: ClientAuthentication;
      /** Fields of the token response that tell of the tenant (`instance_url`, `api_domain`): `{{ auth.name }}`. */
      discovers: string[];
      /** Added to every token request. */
      tokenParams: Record<string, Template>;
      username?: Template;
      password?: Template;
      /** A refresh token that the user handed in. */
      refreshToken?: Template;
      /** An access token that the user handed in. */
      accessToken?: Template;
      /** Word before the access token. Default `Bearer`. */
      scheme: string;
      /** What a person would do between the authorization request and the redirect; empty: a person does it. */
      loginPages: LoginPage[];
      /** The login pages need scripts, hence a real browser. */
      loginScripts: boolean;
      /** Executable of the real browser; set by whoever runs the check, never by the profile. */
      browser?: string;
    };

/** One page with a form, on the way to an authorization code. */
export interface LoginPage {
  /** The form's id, name or action; absent: the first form that has the fields and the button. */
  form?: string;
  /** Values by the name of the field. */
  fill: Record<string, Template>;
  /** Name, value or text of the button; absent: the form's first. */
  submit?: string;
  /** Passed over where the page has no such form. */
  optional: boolean;
}

interface TestData {
  /** Variables for mandatory fields of the CRM, read in templates as `{{ testData.name }}`. */
  [name: string]: Json;
}

/** Records that already exist and that `--read-only` may look at. */
export interface Fixtures {
  contacts: { id: string; name?: string; phoneNumber: string; storedAs?: string }[];
  callLog?: { id: string; contactId?: string; subject?: string; body?: string };
  messageLog?: { id: string; body?: string };
}

export interface Limits {
  /** Requests under way at once. */
  concurrency: number;
  /** Requests started in one second; absent: no limit. */
  requestsPerSecond?: number;
  /** Requests in one run; absent: no limit. */
  maxRequests?: number;
}

export type LogFormat = 'text/plain' | 'text/html' | 'text/markdown';

export interface Profile {
  /** `crm-ready`: our language (`crmReady: 1`). `proxyConfig`: App Connect's own document, rendered by its rules. */
  language: 'crm-ready' | 'proxyConfig';
  /** The file's name without its folder, for titles. */
  file: string;
  /** SHA-256 of the document's bytes, in hexadecimal. */
  hash: string;
  meta: { name: string; displayName: string; logFormat?: LogFormat };
  /** Values of the environment variables that the profile lists. Never shown, never written. */
  secrets: Record<string, string>;
  vars: Record<string, Json>;
  auth: AuthConfig;
  credentials: Record<string, AuthConfig>;
  hosts: Record<string, string>;
  /** Host patterns (`*.example.com`) that captured URLs may point to, beside the hosts that the profile names. */
  allowHosts: string[];
  requestDefaults: {
    /** Rendered, without a trailing slash. */
    baseUrl: string;
    timeoutSeconds: number;
    defaultHeaders: Record<string, Template>;
  };
  operations: Partial<Record<OperationName, Operation>>;
  /** How long the CRM may need until what was written is found, in seconds. Absent: 60. */
  settleSeconds: number;
  limits: Limits;
  /** ISO 3166 country whose fictional numbers the probes use. */
  region: string;
  testData: TestData;
  fixtures: Fixtures;
  /** Requirement ids (or `item`) that must not be asked, with the reason. */
  optOut: Record<string, string>;
  /** Unknown keys of a bare proxyConfig and the like: no reason to refuse it. */
  notes: ProfileProblem[];
  /** The document itself, for the renderer of a bare proxyConfig. */
  document: Json;
  /** Where a key of the document stands. */
  locate(path: readonly (string | number)[]): Position;
}

export interface Position {
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

/** One thing that is wrong with a profile, for a person: where, what, what was expected, what to do. */
export interface ProfileProblem extends Position {
  file: string;
  message: string;
  expected?: string;
  /** The next step: a "did you mean", a key to add, a variable to set. */
  hint?: string;
}
