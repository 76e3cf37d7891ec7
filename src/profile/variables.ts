import { type OperationName, operationNames } from './types.ts';

/** A variable that templates may read. A path that ends in `.*` stands for whatever lies beneath it. */
export interface Variable {
  path: string;
  /** What it holds, with the format. */
  meaning: string;
}

/** Known in every template of an operation, beside `secrets`, `vars`, `auth`, `testData` and `captures`. */
export const globalVariables: readonly Variable[] = [
  { path: 'user.id', meaning: "id of the logged-in user, by getUserInfo's `idPath`" },
  { path: 'user.accessToken', meaning: 'OAuth access token' },
  { path: 'user.refreshToken', meaning: 'OAuth refresh token' },
  { path: 'user.hostname', meaning: "the tenant's host name" },
  { path: 'region', meaning: "the profile's region, such as `US`" },
  { path: 'runId', meaning: 'id of this run, part of all test data' },
  { path: 'now', meaning: 'time of the request, ISO 8601 in UTC' },
  { path: 'uuid', meaning: 'a new random UUID for each request' },
];

const contactInfo: Variable[] = [
  { path: 'contactInfo.id', meaning: "the contact's id" },
  { path: 'contactInfo.name', meaning: "the contact's name" },
  { path: 'contactInfo.type', meaning: "the contact's type" },
  { path: 'contactInfo.phoneNumber', meaning: "the contact's number in E.164" },
];
const contactId: Variable = { path: 'contactId', meaning: "the contact's id" };
const logId: Variable = { path: 'thirdPartyLogId', meaning: "the record's id in the CRM" };
const additionalSubmission: Variable = {
  path: 'additionalSubmission.*',
  meaning: 'fields that the user filled in',
};
const phoneNumber: Variable = {
  path: 'phoneNumber',
  meaning: 'the number, in E.164 unless another format is asked for',
};

const search: Variable[] = [
  phoneNumber,
  { path: 'parsedPhoneNumber.number.e164', meaning: '`+14155550100`' },
  { path: 'parsedPhoneNumber.number.international', meaning: '`+1 415-555-0100`' },
  { path: 'parsedPhoneNumber.number.national', meaning: '`(415) 555-0100`' },
  { path: 'parsedPhoneNumber.number.significant', meaning: '`4155550100`' },
  { path: 'parsedPhoneNumber.number.rfc3966', meaning: '`tel:+14155550100`' },
  { path: 'parsedPhoneNumber.countryCode', meaning: '`1`' },
  { path: 'overridingFormat', meaning: "the user's own formats, separated by commas" },
  { path: 'isExtension', meaning: '`true` or `false`, as text' },
];

const callText: Variable[] = [
  { path: 'subject', meaning: "the call's subject" },
  { path: 'note', meaning: "the user's note" },
  { path: 'startTime', meaning: 'start of the call, ISO 8601 in UTC' },
  { path: 'endTime', meaning: 'end of the call, ISO 8601 in UTC' },
  { path: 'composedLogDetails', meaning: "the whole text of the log, in the profile's log format" },
  { path: 'aiNote', meaning: "the AI assistant's note" },
  { path: 'transcript', meaning: "the call's transcript" },
  additionalSubmission,
];

const message: Variable[] = [
  ...contactInfo,
  contactId,
  { path: 'message.subject', meaning: 'text of the message' },
  { path: 'message.direction', meaning: '`Inbound` or `Outbound`' },
  { path: 'message.from.*', meaning: 'the sender: `message.from.phoneNumber`' },
  { path: 'message.to.*', meaning: 'the receivers, a list: `message.to[0].phoneNumber`' },
  { path: 'creationTime', meaning: 'time of the message, ISO 8601 in UTC' },
  additionalSubmission,
];

/** What each operation's templates may read beside the globals. The names are App Connect's, where it has them. */
export const operationVariables = {
  getUserInfo: [],
  findContact: search,
  findContactWithName: [{ path: 'name', meaning: 'the name to look for' }],
  createContact: [
    phoneNumber,
    { path: 'newContactName', meaning: "the new contact's name" },
    { path: 'newContactType', meaning: "the new contact's type" },
    {
      path: 'secondPhoneNumber',
      meaning: 'for the second phone field, in E.164; mostly nothing',
    },
  ],
  createCallLog: [
    ...contactInfo,
    { path: 'callLog.direction', meaning: '`Inbound` or `Outbound`' },
    { path: 'callLog.duration', meaning: 'length of the call in seconds' },
    { path: 'callLog.result', meaning: 'how the call ended, such as `Call connected` or `Missed`' },
    { path: 'callLog.from.*', meaning: 'the caller: `callLog.from.phoneNumber`' },
    { path: 'callLog.to.*', meaning: 'the called: `callLog.to.phoneNumber`' },
    { path: 'callLog.startTime', meaning: 'start of the call in Unix milliseconds' },
    { path: 'callLog.sessionId', meaning: "the call's id in RingCentral" },
    ...callText,
  ],
  getCallLog: [logId, contactId],
  updateCallLog: [
    logId,
    contactId,
    ...callText,
    { path: 'duration', meaning: 'length of the call in seconds' },
    { path: 'result', meaning: 'how the call ended' },
    { path: 'recordingLink', meaning: "link to the call's recording" },
    { path: 'existingCallLogDetails', meaning: 'the text that getCallLog read before' },
  ],
  upsertCallDisposition: [logId, { path: 'dispositions.*', meaning: 'the dispositions that the user chose' }],
  createMessageLog: message,
  updateMessageLog: [
    logId,
    ...message,
    { path: 'existingMessageLog', meaning: 'the text that getMessageLog read before' },
  ],
  getUserList: [],
  getLicenseStatus: [],
  unAuthorize: [],
  getMessageLog: [logId, contactId],
  listCallLogs: [contactId],
  deleteContact: [contactId],
  deleteCallLog: [logId, contactId],
  deleteMessageLog: [logId, contactId],
} satisfies Record<OperationName, readonly Variable[]>;

/** The operations in which a variable is known, for "it is known in …". */
export function operationsThatKnow(path: readonly (string | null)[]): OperationName[] {
  return operationNames.filter((name) =>
    isKnown(
      path,
      operationVariables[name].map((variable) => variable.path),
    ),
  );
}

/**
 * Whether a template may read `path`: a known variable, an object that holds one (`contactInfo`), or something beneath
 * a known `x.*`. A segment that is only known at run time (null, as in `list[index]`) matches any.
 */
export function isKnown(path: readonly (string | null)[], known: readonly string[]): boolean {
  return known.some((each) => {
    const open = each.endsWith('.*');
    const segments = (open ? each.slice(0, -2) : each).split('.');
    if (path.length > segments.length && !open) {
      // Liquid's own properties of a text or a list.
      return path.length === segments.length + 1 && path.at(-1) === 'size' && matches(path, segments);
    }
    return matches(path, segments);
  });
}

function matches(path: readonly (string | null)[], segments: readonly string[]): boolean {
  return segments.every(
    (segment, index) => index >= path.length || path[index] === null || path[index] === segment,
  );
}
