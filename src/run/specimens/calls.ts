import { composeCallLog } from '../../app-connect/compose.ts';
import type {
  CallLogPair,
  CallLogSpecimen,
  ReadCallLog,
  UpdatedCallLog,
} from '../../checks/activity/specimens.ts';
import { bodyIn, contains } from '../../checks/activity/text.ts';
import { missFrom, outcomeFacts } from '../../checks/outcome-facts.ts';
import { Unanswerable } from '../../checks/unanswerable.ts';
import {
  type Call,
  type CallLogDraft,
  type ContactInfo,
  defaultLogFormat,
  type LogRecord,
} from '../../crm/types.ts';
import { sideBySide } from '../../http/context.ts';
import type { Outcome } from '../../operation/types.ts';
import { poll } from '../clock.ts';
import { createCallLog, draftCall } from './call-log.ts';
import { type Kit, type Makers, miss } from './kit.ts';

/** The two calls that the requirements look at in common, and what becomes of them. */
export const callMakers = {
  'created call log': async (kit) =>
    createCallLog(kit, draftCall(kit, await kit.get('contact'), 'first call')),

  'call log pair': async (kit): Promise<CallLogPair> => {
    const crm = await kit.get('crm');
    const first = await kit.get('call log');
    const read = await kit.get('read call log');
    if (read.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(read.outcome), 'activity.read'));
    const { outcome, draft } = await createCallLog(kit, draftCall(kit, first.contact, 'second call'));
    if (outcome.kind !== 'ok') throw new Unanswerable(missFrom(outcomeFacts(outcome), 'activity.create'));
    if (outcome.value.id === null)
      throw miss('blocked', 'activity.create', 'no id was found in the answer to its creation');
    const second = { id: outcome.value.id, contact: first.contact, draft, fixture: false };
    // What came back of the first at first must come back of both.
    const holds = (raw: unknown, { subject, note }: CallLogDraft) => {
      const parts = [...(read.subjectFound ? [subject] : []), ...(read.bodyFound ? [note] : [])];
      if (parts.length > 0) return parts.every((part) => contains(raw, part));
      return contains(raw, subject) || contains(raw, note);
    };
    // The first is read again only now: an overwritten one shows here.
    const keeps = async (log: CallLogSpecimen) => {
      const { answer } = await poll(
        kit.clock,
        kit.profile.settleSeconds,
        () => crm.getCallLog(log.id, log.contact.id),
        (again) => again.kind === 'ok' && holds(again.value.raw, log.draft),
      );
      return { kept: answer.kind === 'ok' && holds(answer.value.raw, log.draft), answer };
    };
    const [one, two] = await sideBySide([first, second], keeps);
    if (!one || !two) throw new Error('both were asked');
    return {
      ids: [String(first.id), String(second.id)],
      firstAgain: one.answer,
      firstKept: one.kept,
      secondKept: two.kept,
      trouble:
        [one, two].flatMap(({ answer }) => (answer.kind === 'trouble' ? [answer.message] : []))[0] ?? null,
      second,
    };
  },

  'second call log': async ({ get }): Promise<CallLogSpecimen> => {
    const { ids, firstKept, secondKept, second } = await get('call log pair');
    if (ids[0] === ids[1] || !firstKept || !secondKept) {
      throw miss(
        'blocked',
        'activity.separate',
        'two calls are not kept apart, so a change of one may be one of the other',
      );
    }
    return second;
  },

  'call log': async (kit): Promise<CallLogSpecimen> => {
    const { get, settings } = kit;
    const contact = await get('contact');
    if (settings.readOnly) return fixtureCallLog(kit, contact);
    const { outcome, draft } = await get('created call log');
    if (outcome.kind !== 'ok') throw new Unanswerable(missFrom(outcomeFacts(outcome), 'activity.create'));
    if (outcome.value.id === null)
      throw miss('blocked', 'activity.create', 'no id was found in the answer to its creation');
    return { id: outcome.value.id, contact, draft, fixture: false };
  },

  'read call log': async ({ get, peek, clock, profile }): Promise<ReadCallLog> => {
    const crm = await get('crm');
    const specimen = await get('call log');
    const { draft, fixture } = specimen;
    const writtenAt = fixture ? null : ((await peek('created call log'))?.at ?? null);
    const { answer, asked } = await poll(
      clock,
      fixture ? 0 : profile.settleSeconds,
      async () => {
        const outcome = await crm.getCallLog(specimen.id, specimen.contact.id);
        if (outcome.kind !== 'ok') return { outcome, subjectFound: false, bodyFound: false };
        const { subject, fullBody, note, raw, gaps } = outcome.value;
        // What a mapping does not find App Connect does not see, wherever else it may stand.
        return {
          outcome,
          subjectFound: gaps.subject === undefined && contains(subject ?? raw, draft.subject),
          bodyFound: gaps.body === undefined && contains(fullBody ?? note ?? raw, draft.note),
        };
      },
      ({ outcome, subjectFound, bodyFound }) =>
        (subjectFound && bodyFound) || outcome.kind === 'not-described' || outcome.kind === 'not-supported',
    );
    const found = answer.subjectFound && answer.bodyFound && writtenAt !== null;
    // Found at the first question it was there before, however long that question had to wait.
    const afterSeconds = found ? (asked === 1 ? 0 : (clock.now() - writtenAt) / 1000) : null;
    return { specimen, ...answer, afterSeconds };
  },

  'updated call log': async ({ get, clock, profile, marker }): Promise<UpdatedCallLog> => {
    const crm = await get('crm');
    const read = await get('read call log');
    if (read.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(read.outcome), 'activity.read'));
    // Once both calls are known to be kept apart.
    await get('second call log');
    const { firstAgain } = await get('call log pair');
    const { id, contact, draft } = read.specimen;
    const written = `${marker} changed note`;
    const format = profile.meta.logFormat ?? defaultLogFormat;
    const update = await crm.updateCallLog(id, {
      subject: draft.subject,
      note: written,
      details: composeCallLog(format, { note: written }, draft.details),
      existing: draft.details,
      call: draft.call,
      contactId: contact.id,
    });
    const before = firstAgain.kind === 'ok' ? firstAgain.value : read.outcome.value;
    const shows = (after: Outcome<LogRecord>) =>
      after.kind === 'ok' && contains(bodyIn(after.value, before), written);
    const { answer } = await poll(
      clock,
      update.kind === 'ok' ? profile.settleSeconds : 0,
      () => crm.getCallLog(id, contact.id),
      shows,
    );
    return {
      earlier: read.outcome.value,
      before,
      update: outcomeFacts(update),
      copy: update.kind === 'ok' && update.value.copy !== null,
      after: answer.kind === 'ok' ? answer.value : null,
      found: shows(answer),
      reading: outcomeFacts(answer),
      written,
      subject: draft.subject,
    };
  },
} satisfies Partial<Makers>;

function fixtureCallLog({ profile }: Kit, contact: ContactInfo): CallLogSpecimen {
  const fixture = profile.fixtures.callLog;
  if (!fixture) throw miss('inconclusive', null, 'read-only: name a record under fixtures.callLog');
  const call: Call = {
    direction: 'Inbound',
    durationSeconds: 0,
    result: '',
    from: contact.phoneNumber,
    to: contact.phoneNumber,
    startTime: new Date(0),
    sessionId: '',
  };
  const { id, contactId = contact.id, subject = '', body = '' } = fixture;
  const owner = { ...contact, id: contactId };
  return {
    id,
    contact: owner,
    draft: { contact: owner, call, subject, note: body, details: body },
    fixture: true,
  };
}
