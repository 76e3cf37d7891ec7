import { parsedPhoneNumber } from './phone-number.ts';
import type { RefereeCase } from './types.ts';

/** What App Connect's handlers hand to the connector, and what our callers hand to the renderer: the same call. */
export interface OperationCall {
  /** By the parameters of App Connect's connector. */
  engine: Record<string, unknown>;
  /** By the names that templates use. */
  variables: Record<string, unknown>;
}

const contactInfo = { id: 'c-17', name: 'Ana Ruiz', type: 'Contact', phoneNumber: '+14155550100' };
const callLog = {
  direction: 'Outbound',
  duration: 61,
  result: 'Call connected',
  from: { phoneNumber: '+14155550199', name: 'Agent' },
  to: { phoneNumber: '+14155550100' },
  startTime: Date.UTC(2026, 2, 1, 9, 5, 7),
  sessionId: 's-1',
};
const startTime = '2026-03-01T09:05:07.000Z';
const endTime = '2026-03-01T09:06:08.000Z';
const texts = {
  note: 'He said "yes" & left',
  aiNote: 'AI',
  transcript: 'T\n2',
  composedLogDetails: '- Note: x\n',
};
const message = {
  subject: 'Hello',
  direction: 'Inbound',
  from: { phoneNumber: '+14155550100' },
  to: [{ phoneNumber: '+14155550199' }],
  creationTime: startTime,
};

/** The fixtures of each operation, with a case's own variables on top. */
export function callOf({ operation, given = {} }: RefereeCase): OperationCall {
  const { engine, variables } = fixtureOf(operation);
  return { engine: { ...engine, ...given }, variables: { ...variables, ...given } };
}

function fixtureOf(operation: RefereeCase['operation']): OperationCall {
  switch (operation) {
    case 'findContact': {
      const search = {
        phoneNumber: '+14155550100',
        overridingFormat: '(###) ###-####',
        isExtension: 'false',
      };
      return { engine: search, variables: { ...search, parsedPhoneNumber } };
    }
    case 'findContactWithName':
      return same({ name: 'Ana Ruiz' });
    case 'createContact':
      return same({ phoneNumber: '+14155550100', newContactName: 'Ana Ruiz', newContactType: 'Lead' });
    case 'createCallLog': {
      const given = { contactInfo, callLog, additionalSubmission: { owner: 7 }, ...texts };
      return {
        engine: given,
        variables: { ...given, subject: 'Outbound Call to Ana Ruiz', startTime, endTime },
      };
    }
    case 'getCallLog':
      return {
        engine: { callLogId: 'log/1', contactId: 'c-17' },
        variables: { thirdPartyLogId: 'log/1', contactId: 'c-17' },
      };
    case 'updateCallLog': {
      const shared = {
        subject: 'New',
        duration: 61,
        result: 'Missed',
        recordingLink: 'https://r.example/1',
        ...texts,
      };
      const existingCallLogDetails = { etag: 'W/"1"', version: 3 };
      return {
        engine: {
          ...shared,
          existingCallLog: { thirdPartyLogId: 'log/1' },
          startTime: callLog.startTime,
          existingCallLogDetails,
        },
        variables: { ...shared, thirdPartyLogId: 'log/1', startTime, endTime, existingCallLogDetails },
      };
    }
    case 'upsertCallDisposition': {
      const dispositions = { outcome: 'sold', tags: ['a', 'b'] };
      return {
        engine: { existingCallLog: { thirdPartyLogId: 'log/1' }, dispositions },
        variables: { thirdPartyLogId: 'log/1', dispositions },
      };
    }
    case 'createMessageLog': {
      const given = { contactInfo, message };
      return { engine: given, variables: { ...given, creationTime: startTime } };
    }
    case 'updateMessageLog': {
      const given = { contactInfo, message, existingMessageLog: { thirdPartyLogId: 'm-1' } };
      return { engine: given, variables: { ...given, thirdPartyLogId: 'm-1', creationTime: startTime } };
    }
    default:
      return { engine: {}, variables: {} };
  }
}

function same(variables: Record<string, unknown>): OperationCall {
  return { engine: variables, variables };
}
