import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderRequest } from '../../src/operation/render.ts';
import { evaluate } from '../../src/profile/expression.ts';
import { loadProfile } from '../../src/profile/load.ts';
import type { OperationName, Profile, ResponseMapping, Step } from '../../src/profile/types.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { TestClient } from './client.ts';

let crm: TestClient;
beforeAll(async () => {
  crm = new TestClient(await startSandbox());
});
afterAll(() => crm.sandbox.close());

describe.each(['reference.yaml', 'reference-api-key.yaml'])('profiles/%s', (file) => {
  let profile: Profile;
  beforeAll(async () => {
    const { clientId, clientSecret, apiKey } = crm.sandbox.credentials;
    profile = await loadProfile(`profiles/${file}`, {
      env: {
        REFERENCE_CLIENT_ID: clientId,
        REFERENCE_CLIENT_SECRET: clientSecret,
        REFERENCE_API_KEY: apiKey,
      },
      vars: { port: String(crm.sandbox.port) },
    });
  });

  /** One operation of the profile, sent as it is rendered: its status, and the values that its mapping finds. */
  async function perform(name: OperationName, variables: object = {}): Promise<Record<string, unknown>> {
    const { step, mapping } = requestOf(profile, name);
    const { url, method, headers, body } = renderRequest(
      profile,
      step,
      { vars: profile.vars, ...variables },
      false,
    );
    const response = await fetch(url, {
      method,
      headers: { ...headers, authorization: `Bearer ${crm.sandbox.credentials.apiKey}` },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const view = {
      status: response.status,
      headers: {},
      body: text === '' ? '' : JSON.parse(text),
      captures: {},
    };
    const values = Object.entries(mapping).flatMap(([key, path]) =>
      typeof path === 'string' ? [[key, evaluate(path, view)]] : [],
    );
    return { status: response.status, ...Object.fromEntries(values) };
  }

  it('loads without a remark, with every operation that this CRM can do', () => {
    expect(profile.notes).toEqual([]);
    expect(profile.settleSeconds).toBe(2);
    expect(Object.keys(profile.operations)).toEqual(
      expect.arrayContaining(['findContact', 'getMessageLog', 'listCallLogs', 'deleteMessageLog']),
    );
    expect('unAuthorize' in profile.operations).toBe(file === 'reference.yaml');
  });

  it('finds, creates, reads, changes and deletes what App Connect would', async () => {
    expect(await perform('getUserInfo')).toMatchObject({ idPath: '1001', namePath: 'Rowan Okafor' });

    const phoneNumber = '+14155550177';
    const person = {
      newContactName: 'Test Person',
      newContactType: 'Lead',
      phoneNumber,
      secondPhoneNumber: null,
    };
    const { idPath: id, typePath } = await perform('createContact', person);
    expect(typePath).toBe('Lead');
    expect((await perform('findContact', { phoneNumber })).listPath).toEqual([
      expect.objectContaining({ id, name: 'Test Person', type: 'Lead' }),
    ]);

    const log = await perform('createCallLog', {
      contactInfo: { id },
      subject: 'Subject',
      composedLogDetails: '- Note: "one"\n- two\n',
      callLog: { direction: 'Inbound', result: 'Missed' },
      startTime: '2026-03-01T14:30:00.000Z',
      endTime: '2026-03-01T14:30:00.000Z',
    });
    const thirdPartyLogId = log.idPath;
    expect(await perform('getCallLog', { thirdPartyLogId })).toMatchObject({
      subjectPath: 'Subject',
      fullBodyPath: '- Note: "one"\n- two\n',
      contactIdPath: id,
    });
    await perform('updateCallLog', { thirdPartyLogId, subject: 'Subject', composedLogDetails: 'three' });
    expect((await perform('getCallLog', { thirdPartyLogId })).fullBodyPath).toBe('three');
    expect((await perform('listCallLogs', { contactId: id })).listPath).toHaveLength(1);

    const message = {
      contactInfo: { id },
      message: {
        subject: 'first',
        direction: 'Inbound',
        from: { phoneNumber },
        to: [{ phoneNumber: '+14155550100' }],
      },
      creationTime: '2026-03-01T14:30:00.000Z',
    };
    const { idPath: messageId } = await perform('createMessageLog', message);
    await perform('updateMessageLog', {
      ...message,
      thirdPartyLogId: messageId,
      message: { ...message.message, subject: 'second' },
    });
    expect(await perform('getMessageLog', { thirdPartyLogId: messageId })).toMatchObject({
      fullBodyPath: 'first\nsecond',
      contactIdPath: id,
    });

    expect((await perform('deleteMessageLog', { thirdPartyLogId: messageId })).status).toBe(204);
    expect((await perform('deleteCallLog', { thirdPartyLogId })).status).toBe(204);
    expect((await perform('deleteContact', { contactId: id })).status).toBe(204);
    expect((await perform('findContact', { phoneNumber })).listPath).toEqual([]);
  });
});

describe('tests/cli/bare-proxy-config.json', () => {
  it('is taken for a bare proxyConfig, and all its keys are known', async () => {
    const profile = await loadProfile('tests/cli/bare-proxy-config.json', {
      env: { CRM_READY_API_KEY: crm.sandbox.credentials.apiKey },
    });
    expect([profile.language, profile.auth.type, profile.notes]).toEqual(['proxyConfig', 'apiKey', []]);
  });
});

function requestOf(profile: Profile, name: OperationName): { step: Step; mapping: ResponseMapping } {
  const operation = profile.operations[name];
  if (operation?.kind === 'sequence') {
    const [step] = operation.steps;
    if (step) return { step, mapping: operation.responseMapping };
  }
  if (operation?.kind === 'search') {
    const [step] = operation.requests;
    if (step) return { step, mapping: step.responseMapping };
  }
  throw new Error(`the profile does not describe ${name}`);
}
