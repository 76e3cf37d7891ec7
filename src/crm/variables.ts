import { Instant, offsetText } from '../profile/filters/instant.ts';
import type { Call, ContactInfo, Message } from './types.ts';

/** App Connect's names for what a call and a message are, as templates read them. */

/** Start and end as App Connect sends them: ISO 8601 in UTC, or with the offset that the call asks for. */
export function times(call: Call): { startTime: string; endTime: string } {
  const start = call.startTime.getTime();
  const text = (ms: number): string =>
    call.utcOffsetMinutes === undefined
      ? new Date(ms).toISOString()
      : new Instant(ms, offsetText(call.utcOffsetMinutes, ':')).toString();
  return { startTime: text(start), endTime: text(start + call.durationSeconds * 1000) };
}

export function callVariables(call: Call): Record<string, unknown> {
  return {
    direction: call.direction,
    duration: call.durationSeconds,
    result: call.result,
    from: { phoneNumber: call.from },
    to: { phoneNumber: call.to },
    startTime: call.startTime.getTime(),
    sessionId: call.sessionId,
  };
}

export function messageVariables(contact: ContactInfo, message: Message): Record<string, unknown> {
  return {
    contactInfo: contact,
    contactId: contact.id,
    message: {
      subject: message.text,
      direction: message.direction,
      from: { phoneNumber: message.from },
      to: [{ phoneNumber: message.to }],
    },
    creationTime: message.time.toISOString(),
    additionalSubmission: {},
  };
}
