/** Four whole reports, each a kind that a person will meet. */

import type { Report } from '../../src/report/types.ts';
import { allIds, check, checks, exchange, report, type Said, unanswered } from './sample.ts';

const matrix = {
  stored: [
    { format: 'e164', text: '+14155550123' },
    { format: 'digits', text: '14155550124' },
    { format: 'significant', text: '4155550125' },
    { format: 'national', text: '(415) 555-0126' },
    { format: 'dashes', text: '415-555-0127' },
    { format: 'dots', text: '415.555.0128' },
  ],
  queried: [
    { format: 'e164', label: '+1415…' },
    { format: 'e164-raw', label: 'raw +' },
    { format: 'digits', label: '1415…' },
    { format: 'significant', label: '415…' },
    { format: 'national', label: '(415) …' },
    { format: 'international', label: '+1 415 …' },
  ],
  cells: [
    ['hit', 'miss', 'miss', 'miss', 'miss', 'not-asked'],
    ['hit', 'miss', 'hit', 'miss', 'miss', 'not-asked'],
    ['miss', 'miss', 'miss', 'hit', 'miss', 'not-asked'],
    ['miss', 'miss', 'miss', 'miss', 'hit', 'not-asked'],
    ['miss', 'miss', 'miss', 'miss', 'miss', 'trouble'],
    ['miss', 'miss', 'miss', 'miss', 'miss', null],
  ],
};

export const good: Report = report(checks());

/** Every verdict occurs, at every level. */
export const bad: Report = report(
  checks({
    'oauth.code-exchange': {
      verdict: 'fail',
      summary: 'the token endpoint wants PKCE',
      why: 'App Connect exchanges the code with HTTP Basic and no code_verifier.',
      expected: '200 with an access token',
      observed: '400 invalid_request "code_verifier is required"',
      remedy: {
        vendor: 'make PKCE optional for confidential clients (RFC 7636 section 4.4.1)',
        integrator: 'a code connector that overrides the token request',
      },
      links: [
        { title: 'RFC 7636 section 4.4.1', url: 'https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1' },
      ],
      exchanges: [14],
    },
    'oauth.refresh': {
      verdict: 'blocked',
      blockedBy: 'oauth.code-exchange',
      summary: 'needs an access token',
    },
    'oauth.pkce': {
      verdict: 'waived',
      summary: 'not offered to partners before June; until 2026-06-30',
      waiver: {
        reason: 'not offered to partners before June',
        expires: '2026-06-30',
        verdict: 'warn',
        summary: 'S256 is refused',
        earned: 0,
      },
    },
    'auth.tls': { verdict: 'not-applicable', summary: 'the CRM is on this machine' },
    'user.validates': {
      verdict: 'fail',
      summary: 'a wrong credential gets a 200',
      why: 'App Connect does not notice a 200: everybody is logged in as "undefined".',
      expected: 'no 2xx for a wrong credential',
      observed: '200 {"user":null}',
      exchanges: [21, 22, 25, 26, 31],
    },
    'lookup.any-format': {
      verdict: 'warn',
      share: 2 / 6,
      summary: 'finds 2 of 6 stored formats by E.164',
      why: 'Contacts that people typed in by hand are found only if the search looks past punctuation.',
      expected: 'all 6 formats that the CRM accepts',
      observed: '+14155550123 and 14155550124 are found, four others are not',
      facts: { share: 2 / 6, extraFormats: ['(###) ###-####', '###-###-####'], matrix },
      exchanges: [40, 41, 42, 43],
    },
    'lookup.e164': { facts: { matrix } },
    'lookup.settle': {
      verdict: 'inconclusive',
      summary: '429 after 40 s; asked the CRM to slow down twice. Not counted',
    },
    'activity.message': {
      verdict: 'not-described',
      summary: 'add operations.createMessageLog to the profile',
    },
    'activity.message-update': {
      verdict: 'not-described',
      summary: 'add operations.createMessageLog to the profile',
    },
    'activity.create': {
      verdict: 'warn',
      adapterCode: true,
      summary: 'the id comes only in the Location header',
      observed: '201, Location: /activities/8812, no body',
      cautions: ['the record is created even when the answer is lost'],
      exchanges: [52],
    },
    'activity.long': {
      verdict: 'warn',
      summary: 'cut at 255 characters without a word',
      exchanges: [60, 61],
    },
    'logout.endpoint': {
      verdict: 'blocked',
      blockedBy: 'oauth.code-exchange',
      summary: 'needs an access token of this run',
    },
    'logout.access-dead': {
      verdict: 'blocked',
      blockedBy: 'oauth.code-exchange',
      summary: 'needs an access token of this run',
    },
    'logout.refresh-dead': {
      verdict: 'blocked',
      blockedBy: 'oauth.code-exchange',
      summary: 'needs a refresh token',
    },
  }),
  {
    exchanges: [exchange, unanswered],
    leftovers: [
      {
        kind: 'contact',
        id: '7731',
        name: 'crm-ready k3f9 Anna',
        reason: 'the CRM answered 403 to the deletion',
      },
      { kind: 'call log', id: null, name: 'crm-ready k3f9 call 2', reason: 'its id never arrived' },
    ],
    notes: [
      'acme.yaml:41: the template of findContact drops an empty number, so that an empty search asks for everybody.',
    ],
  },
);
bad.run.deleted = 13;

/** Ctrl-C while the lookups were under way. */
export const interrupted: Report = report(
  allIds.map((id) => {
    if (!/^(lookup|contact|logout)\./.test(id)) return check(id);
    return check(id, { verdict: 'inconclusive', summary: 'the run was interrupted before this was asked' });
  }),
);
interrupted.run.ended = 'interrupted';

/** The credential was not accepted: nothing else could be asked. */
export const unmeasured: Report = report(
  allIds.map((id) => {
    const said: Said =
      id === 'auth.accepted'
        ? { verdict: 'inconclusive', summary: 'no answer within 30 s' }
        : { verdict: 'blocked', blockedBy: 'auth.accepted', summary: 'needs a session' };
    return check(id, said);
  }),
);
unmeasured.run = { ...unmeasured.run, user: null, created: 0, deleted: 0, requests: 1, durationMs: 30_050 };
