import { mapOf, type OperationDocument } from './document.ts';

/** The signed-in user as App Connect stores it. */
interface ProxyUser {
  /** By getUserInfo's `idPath`, with or without `-<platform>`: templates see it up to the first hyphen. */
  id?: unknown;
  hostname?: string | undefined;
  /** The OAuth access token, or the API key. */
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  tokenExpiry?: unknown;
  timezoneName?: unknown;
  timezoneOffset?: unknown;
  platform?: string | undefined;
  /** What getUserInfo's `platformAdditionalInfoPaths` found, and what the user filled in at the login. */
  platformAdditionalInfo?: unknown;
}

/** Everything that the templates of a bare proxyConfig can see. */
export interface ProxyInputs {
  user: ProxyUser;
  /** As the user typed it at the login. */
  apiKey?: string | undefined;
  /** The stored credential: an OAuth access token, or a key that replaced the typed one (`overridingApiKeyPath`). */
  accessToken?: string | undefined;
  /** Replaces the header that App Connect prepares from the credential. */
  authHeader?: string | undefined;
  /** The connector's secret. */
  secretKey?: string | undefined;
  hostname?: string | undefined;
  /** The operation's own. What App Connect does not hand to this operation is left out. */
  variables: Readonly<Record<string, unknown>>;
}

const contactAndMessage = [
  'contactInfo',
  'message',
  'additionalSubmission',
  'imageLink',
  'videoLink',
  'creationTime',
];
const callText = [
  ...[
    'subject',
    'note',
    'startTime',
    'endTime',
    'composedLogDetails',
    'aiNote',
    'transcript',
    'additionalSubmission',
  ],
  ...[
    'voicemailLink',
    'voicemailMessageId',
    'hashedAccountId',
    'isFromSSCL',
    'ringSenseTranscript',
    'ringSenseSummary',
  ],
  ...['ringSenseAIScore', 'ringSenseBulletedSummary', 'ringSenseLink'],
];

/** What App Connect 1.7 hands to the templates of each operation, beside the credential and the user. */
const variablesOf: Readonly<Record<string, readonly string[]>> = {
  getUserInfo: ['additionalInfo', 'hostname', 'platform', 'userEmail'],
  findContact: ['phoneNumber', 'parsedPhoneNumber', 'overridingFormat', 'isExtension'],
  findContactWithName: ['name'],
  createContact: ['phoneNumber', 'newContactName', 'newContactType', 'additionalSubmission'],
  createCallLog: ['contactInfo', 'callLog', ...callText],
  getCallLog: ['thirdPartyLogId', 'contactId'],
  updateCallLog: [
    ...['thirdPartyLogId', 'existingCallLog', 'existingCallLogDetails', 'duration', 'result', 'legs'],
    ...['recordingLink', 'recordingDownloadLink', ...callText],
  ],
  upsertCallDisposition: ['thirdPartyLogId', 'existingCallLog', 'dispositions'],
  createMessageLog: [...contactAndMessage, 'recordingLink', 'faxDocLink', 'faxDownloadLink'],
  updateMessageLog: [...contactAndMessage, 'thirdPartyLogId', 'existingMessageLog'],
  getUserList: [],
  getLicenseStatus: ['userId', 'platform'],
  unAuthorize: [],
};

/** App Connect prepares no Authorization header for these, and refreshes no token before them. */
const unprepared: ReadonlySet<string> = new Set(['unAuthorize', 'getLicenseStatus']);

/**
 * What the operation's templates can see.
 * @returns the scope, and the Authorization header that App Connect has prepared, if any
 */
export function proxyScope(
  document: OperationDocument,
  name: string,
  inputs: ProxyInputs,
): { scope: Record<string, unknown>; authHeader: string | undefined } {
  const type = document.auth.type || 'apiKey';
  const isLogin = name === 'getUserInfo';
  const stored = inputs.accessToken ?? inputs.user.accessToken ?? inputs.apiKey ?? '';
  const typed = inputs.apiKey ?? stored;
  const prepared = type === 'oauth' ? `Bearer ${stored}` : basicHeader(type, isLogin ? typed : stored);
  const authHeader = unprepared.has(name) ? undefined : (inputs.authHeader ?? prepared);
  // At the login there is no user yet: an OAuth token is only in the prepared header.
  const credential = isLogin ? (type === 'oauth' ? '' : typed) : stored;
  const scope = {
    ...(isLogin
      ? loginVariables(inputs, type === 'oauth', credential)
      : ownVariables(name, inputs.variables)),
    user: isLogin ? { accessToken: credential } : storedUser(inputs, credential),
    authHeader,
    apiKey: credential,
    secretKey: inputs.secretKey ?? document.secretKey,
  };
  return { scope, authHeader };
}

function basicHeader(type: unknown, key: string): string {
  return type === 'apiKey' ? `Basic ${Buffer.from(`${key}:`).toString('base64')}` : '';
}

function ownVariables(name: string, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = variablesOf[name];
  if (!known) return { ...variables };
  return Object.fromEntries(known.map((key) => [key, variables[key]]));
}

function loginVariables(inputs: ProxyInputs, isOAuth: boolean, apiKey: string): Record<string, unknown> {
  const own = ownVariables('getUserInfo', inputs.variables);
  const form = mapOf(own.additionalInfo);
  return {
    ...own,
    hostname: own.hostname ?? inputs.hostname ?? inputs.user.hostname,
    platform: own.platform ?? inputs.user.platform,
    // The form of an API-key login hands its fields on, the key among them. An OAuth login has no form.
    additionalInfo: isOAuth ? undefined : { ...form, apiKey: form.apiKey ?? apiKey },
  };
}

function storedUser({ user, hostname }: ProxyInputs, accessToken: string): Record<string, unknown> {
  return {
    ...user,
    accessToken,
    id: user.id === undefined || user.id === null ? undefined : String(user.id).split('-')[0],
    hostname: user.hostname ?? hostname,
  };
}
