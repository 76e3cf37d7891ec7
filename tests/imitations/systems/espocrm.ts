import { byKey, type System, withoutCalls } from './system.ts';

const crm = {
  search: 'e164-only-stored',
  errors: 'header',
  createdStatus: 200,
  duplicates: 'conflict-409-unless-skipped',
  dates: 'utc-unsaid',
  callNeedsOwner: true,
} as const;

const operations = {
  createContact: { headers: { 'X-Skip-Duplicate-Check': 'true' } },
  createCallLog: { body: { ownerId: '{{ user.id }}' } },
};

const found = {
  ...byKey,
  // Nothing but E.164 can be stored.
  'lookup.any-format': 'not-applicable',
} as const;

export const espocrm: System[] = [
  {
    name: 'EspoCRM',
    odd: 'E.164 only; an empty 401; reasons in a header; creates with 200; times in UTC, unsaid',
    crm,
    profile: { changes: { operations } },
    but: found,
  },
  {
    name: 'EspoCRM, duplicates checked',
    odd: 'a contact that is there is a 409 with a list',
    crm,
    profile: { changes: { operations: { createCallLog: operations.createCallLog } } },
    but: { ...found, 'lookup.shared': 'not-applicable' },
  },
  {
    name: 'EspoCRM, calls without an owner',
    odd: 'assignedUserId is mandatory; the 400 has no body',
    crm,
    profile: { changes: { operations: { createContact: operations.createContact } } },
    but: { ...found, 'activity.create': 'fail', ...withoutCalls },
  },
];
