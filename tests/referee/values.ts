import { mapOf } from '../../src/app-connect/document.ts';
import { readProxyAnswer } from '../../src/app-connect/read.ts';
import type { ProxyInputs } from '../../src/app-connect/render.ts';
import type { Json, OperationName } from '../../src/profile/types.ts';
import type { RefereeCase } from './types.ts';

type Values = Record<string, unknown>;

/** What App Connect's connector returned, under the names that we give the same values. */
export function engineValues(operation: OperationName, result: Values | Values[] | undefined): Values {
  const values = mapOf(result);
  switch (operation) {
    case 'getUserInfo': {
      const { id, name, timezoneName, overridingApiKey, platformAdditionalInfo } = mapOf(
        values.platformUserInfo,
      );
      const { message } = mapOf(values.returnMessage);
      return withNulls({ id, name, timezoneName, overridingApiKey, message, platformAdditionalInfo });
    }
    case 'findContact':
    case 'findContactWithName':
      return { list: records(values.matchedContactInfo) };
    case 'getUserList':
      return { list: records(result) };
    case 'createContact':
      return withNulls({ id: null, name: null, type: null, ...mapOf(values.contactInfo) });
    case 'createCallLog':
    case 'createMessageLog':
      return withNulls({ id: values.logId });
    case 'getCallLog': {
      const { subject, note, fullBody } = mapOf(values.callLogInfo);
      return withNulls({ subject, note, fullBody });
    }
    case 'getLicenseStatus':
      return withNulls(values);
    default:
      return {};
  }
}

/** What we read, in the form in which App Connect hands it on. */
export function ourValues(given: RefereeCase, config: Json, text: string, inputs: ProxyInputs): Values {
  const form =
    given.auth?.type === 'oauth'
      ? undefined
      : { ...mapOf(inputs.variables.additionalInfo), apiKey: inputs.apiKey };
  const login = {
    additionalInfo: form,
    apiKey: inputs.apiKey,
    hostname: inputs.user.hostname,
    platform: 'crm',
  };
  const values = readProxyAnswer(config, given.operation, parsed(text), login);
  if (given.operation !== 'getUserInfo') {
    return 'list' in values ? { list: values.list === null ? null : records(values.list) } : values;
  }
  const { password: _, ...kept } = mapOf(form);
  const info = { ...kept, ...mapOf(values.platformAdditionalInfo) };
  return {
    ...values,
    id: `${values.id ?? 'undefined'}-crm`,
    message: values.message ?? 'Connected to crm.',
    platformAdditionalInfo: Object.keys(info).length > 0 ? withNulls(info) : null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function records(list: unknown): Values[] {
  if (!Array.isArray(list)) return [];
  return list.map((each: unknown) => {
    const { raw: _, ...values } = mapOf(each);
    return withNulls(values);
  });
}

function withNulls(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      key === 'platformAdditionalInfo' && value ? withNulls(mapOf(value)) : (value ?? null),
    ]),
  );
}
