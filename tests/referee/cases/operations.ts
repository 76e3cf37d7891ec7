import type { RefereeCase } from '../types.ts';

/** What each operation's templates can see, and how each signs. */
export const operationCases: readonly RefereeCase[] = [
  {
    name: 'getUserInfo with an API key sees the key, the form and the host name',
    operation: 'getUserInfo',
    given: { additionalInfo: { login: 'ana', password: 'p' } },
    config: {
      method: 'POST',
      url: '/login/{{hostname}}',
      headers: { 'x-key': '{{apiKey}}', 'x-header': '{{authHeader}}', 'x-platform': '{{platform}}' },
      body: {
        ...{ login: '{{additionalInfo.login}}', password: '{{additionalInfo.password}}' },
        key: '{{additionalInfo.apiKey}}',
        token: '{{user.accessToken}}',
        id: '{{user.id}}',
        host: '{{user.hostname}}',
      },
    },
  },
  {
    name: 'getUserInfo with OAuth has the token only in the prepared header',
    operation: 'getUserInfo',
    auth: { type: 'oauth' },
    config: {
      url: '/me',
      query: {
        key: '{{apiKey}}',
        token: '{{user.accessToken}}',
        info: '{{additionalInfo}}',
        mail: '{{userEmail}}',
        host: '{{hostname}}',
      },
    },
  },
  {
    name: 'getUserInfo with OAuth and a credentialTemplate sends an empty Bearer',
    operation: 'getUserInfo',
    auth: { type: 'oauth', scheme: 'Bearer', credentialTemplate: '{{user.accessToken}}', encode: 'none' },
    config: { url: '/me' },
  },
  {
    name: 'the user id is cut at the first hyphen; the rest of the user is there',
    operation: 'getCallLog',
    user: { id: '5f2b-77aa-crm' },
    config: {
      url: '/logs/{{user.id}}',
      query: {
        host: '{{user.hostname}}',
        info: '{{user.platformAdditionalInfo.region}}',
        zone: '{{user.timezoneName}}',
        refresh: '{{user.refreshToken}}',
        key: '{{apiKey}}',
        other: '{{hostname}}',
        log: '{{thirdPartyLogId}}',
        contact: '{{contactId}}',
      },
    },
  },
  {
    name: 'createCallLog sees the composed text, subject and times',
    operation: 'createCallLog',
    config: {
      method: 'POST',
      url: '/logs',
      body: {
        subject: '{{subject}}',
        start: '{{startTime}}',
        end: '{{endTime}}',
        raw: '{{callLog.startTime}}',
        seconds: '{{callLog.duration}}',
        text: '{{composedLogDetails}}',
        note: 'N: {{note}}',
        ai: '{{aiNote}}',
        transcript: '{{transcript}}',
        owner: '{{additionalSubmission.owner}}',
        from: '{{callLog.from.phoneNumber}}',
        type: '{{contactInfo.type}}',
        whole: '{{contactInfo}}',
        session: '{{callLog.sessionId}}',
        foreign: '{{thirdPartyLogId}}',
      },
    },
  },
  {
    name: 'updateCallLog sees the existing answer, the recording and the times',
    operation: 'updateCallLog',
    config: {
      method: 'PATCH',
      url: '/logs/{{thirdPartyLogId}}',
      headers: { 'If-Match': '{{existingCallLogDetails.etag}}' },
      body: {
        version: '{{existingCallLogDetails.version}}',
        subject: '{{subject}}',
        link: '{{recordingLink}}',
        start: '{{startTime}}',
        end: '{{endTime}}',
        d: '{{duration}}',
        r: '{{result}}',
        text: '{{composedLogDetails}}',
        contact: '{{contactInfo.id}}',
      },
    },
  },
  {
    name: 'upsertCallDisposition sees the dispositions',
    operation: 'upsertCallDisposition',
    config: {
      method: 'PUT',
      url: '/logs/{{thirdPartyLogId}}/d',
      body: { all: '{{dispositions}}', tag: '{{dispositions.tags.1}}' },
    },
  },
  {
    name: 'updateMessageLog sees the existing record',
    operation: 'updateMessageLog',
    config: {
      method: 'PUT',
      url: '/m/{{thirdPartyLogId}}/{{existingMessageLog.thirdPartyLogId}}',
      body: { text: '{{message.subject}}', at: '{{creationTime}}' },
    },
  },
  { name: 'getUserList', operation: 'getUserList', config: { url: '/users', query: { id: '{{user.id}}' } } },
  {
    name: 'getLicenseStatus has no prepared header',
    operation: 'getLicenseStatus',
    given: { userId: 'u-1', platform: 'crm' },
    config: { url: '/license/{{userId}}/{{platform}}' },
  },
  {
    name: 'unAuthorize with an API key goes out unauthenticated',
    operation: 'unAuthorize',
    config: { method: 'POST', url: '/logout', body: { header: '{{authHeader}}', key: '{{apiKey}}' } },
  },
  {
    name: 'unAuthorize with OAuth uses the scheme',
    operation: 'unAuthorize',
    auth: { type: 'oauth', scheme: 'Token' },
    config: { method: 'DELETE', url: '/session' },
  },
  {
    name: 'unAuthorize with a credentialTemplate is signed',
    operation: 'unAuthorize',
    auth: { type: 'apiKey', scheme: 'Basic', credentialTemplate: '{{apiKey}}:x' },
    config: { method: 'POST', url: '/logout', query: { token: '{{user.refreshToken}}' } },
  },
];
