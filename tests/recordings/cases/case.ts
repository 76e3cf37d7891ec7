import type { Crm } from '../../../src/crm/crm.ts';
import type { Call, CallLogDraft, ContactInfo, Message } from '../../../src/crm/types.ts';
import { runSequence } from '../../../src/operation/run.ts';
import { mapOutcome, type Outcome } from '../../../src/operation/types.ts';
import { evaluate } from '../../../src/profile/expression.ts';
import type { OperationName } from '../../../src/profile/types.ts';
import type { Turn } from '../replay-server.ts';
import type { Setting } from '../replayed-crm.ts';

/** One thing that is asked of a recorded CRM through its profile, and what must come of it. */
export interface Case {
  title: string;
  operation: OperationName;
  turns: Turn[];
  /** Ids of other exchanges whose keys the request may have as well. */
  also?: string[];
  texts?: string[];
  unrecorded?: Record<string, string>;
  /** Another credential: the one that was sent when it was recorded. */
  env?: Record<string, string>;
  ask: (crm: Crm) => Promise<Outcome<unknown>>;
  /** The value, as the crm room gives it; and what the mapping reads beyond it. */
  gives?: { value?: unknown; mapped?: Record<string, unknown> };
  refused?: { status: number; says: RegExp; unmasked?: boolean };
}

export interface Cases {
  setting: Setting;
  cases: Case[];
  /** Operations that the recording does not show, each with what the profile goes by. */
  notRecorded: Partial<Record<OperationName, string>>;
  /** Faults put into the profile's text: each must be noticed by the case of that title. */
  faults: { fault: string; from: string; to: string; title: string }[];
}

/** The call that was recorded everywhere: five minutes from ten o'clock on. */
export const call: Call = {
  direction: 'Outbound',
  durationSeconds: 300,
  result: 'Call connected',
  from: '+14155550100',
  to: '+14155550123',
  startTime: new Date('2026-11-23T10:00:00Z'),
  sessionId: 'recorded',
};

export const message: Message = {
  text: 'hi',
  direction: 'Outbound',
  from: '+14155550100',
  to: '+14155550123',
  time: new Date('2026-11-23T10:00:00Z'),
};

export function person(id: string | number, name = 'Ann rec1'): ContactInfo {
  return { id, name, type: null, phoneNumber: '+14155550123' };
}

export function draft(contact: ContactInfo, subject: string, details: string): CallLogDraft {
  return { contact, call, subject, note: details, details };
}

/** A change of the text alone. */
export function change(contact: ContactInfo, subject: string, details: string) {
  return { subject, note: details, details, existing: '', call, contactId: contact.id };
}

/** Searches by a number in some writing. */
export function find(text: string, options: { rawPlus?: boolean } = {}) {
  return (crm: Crm) => crm.findContact({ text, e164: text, ...options });
}

/** What a search gives, by the contacts' ids, names and numbers. */
export function contacts(...found: [id: string, name: string, phone: string][]) {
  return { contacts: found.map(([id, name, phone]) => ({ id, name, phone })) };
}

/** The users that `getUserList` gives, by the mapping of its items. */
export async function users(crm: Crm): Promise<Outcome<unknown>> {
  const outcome = await runSequence(crm.context, 'getUserList', crm.session, {});
  return mapOutcome(outcome, ({ listPath, item = {} }, answer) => {
    const list: unknown = evaluate(String(listPath), answer);
    if (!Array.isArray(list)) return null;
    return list.map((user: unknown) =>
      Object.fromEntries(Object.entries(item).map(([key, path]) => [key, evaluate(path, user)])),
    );
  });
}
