import { composeCallLog, type LogParts } from '../../app-connect/compose.ts';
import type { CreatedCallLog } from '../../checks/activity/specimens.ts';
import { type Call, type CallLogDraft, type ContactInfo, defaultLogFormat } from '../../crm/types.ts';
import { settle } from './contacts.ts';
import type { Kit } from './kit.ts';

/** What is special about a call: a text in place of the usual note, other figures, further parts of the log. */
export interface Special {
  text?: string;
  call?: Partial<Call>;
  parts?: LogParts;
}

/**
 * A call of a minute and a half that ended a while ago, as App Connect would log it.
 * @param title says in the CRM which record this is; no word of it is one that a requirement looks for
 */
export function draftCall(
  { marker, clock, profile, operations }: Kit,
  contact: ContactInfo,
  title: string,
  { text, call: change, parts }: Special = {},
): CallLogDraft {
  const call: Call = {
    direction: 'Inbound',
    durationSeconds: 95,
    result: 'Call connected',
    from: contact.phoneNumber,
    to: contact.phoneNumber,
    startTime: new Date(Math.floor(clock.now() / 1000) * 1000 - 600_000),
    sessionId: `${operations.runId}-${title.replaceAll(' ', '-')}`,
    ...change,
  };
  const note = `${marker} ${text ?? `note of the ${title}`}`;
  const format = profile.meta.logFormat ?? defaultLogFormat;
  // Short, so that a small limit on the length of texts is found by activity.long alone.
  const details = composeCallLog(format, { note, ...(parts ?? { durationSeconds: call.durationSeconds }) });
  return { contact, call, subject: `${marker} ${title}`, note, details };
}

/** Creates a call record, in the ledger first. */
export async function createCallLog(kit: Kit, draft: CallLogDraft): Promise<CreatedCallLog> {
  const { get, ledger, own, clock, profile } = kit;
  const crm = await get('crm');
  if (!crm.describes('createCallLog')) {
    const operation = profile.operations.createCallLog;
    const outcome =
      operation?.kind === 'notSupported'
        ? ({ kind: 'not-supported', operation: 'createCallLog', reason: operation.reason } as const)
        : ({ kind: 'not-described', operation: 'createCallLog', key: 'operations.createCallLog' } as const);
    return { outcome, draft, at: clock.now() };
  }
  const entry = ledger.announce('call log', draft.subject, null, draft.contact.id);
  const outcome = await crm.createCallLog(draft);
  settle(ledger, crm, entry, outcome);
  if (outcome.kind === 'ok' && outcome.value.id !== null) own.logs.add(String(outcome.value.id));
  return { outcome, draft, at: clock.now() };
}
