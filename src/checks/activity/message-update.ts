import { isAnothersLog } from '../../crm/another.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, missFrom, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { contains } from './text.ts';

interface Facts {
  update: OutcomeFacts;
  /** How the reading afterwards ended; null: not read. Absent in older reports. */
  reading?: OutcomeFacts | null;
  firstFound: boolean;
  secondFound: boolean;
}

export default defineCheck({
  id: 'activity.message-update',
  item: 'activity',
  level: 'must',
  title: 'takes the second message of a conversation into the same record',
  why: 'App Connect keeps one record for each conversation and day; a second message that replaces the first loses it.',
  remedy: {
    vendor: 'Let a message record be changed or added to by its id.',
    integrator: 'Log each message as a record of its own, in a connector with code.',
  },
  judged: {
    asks: '`updateMessageLog` with a second message, then the record is read.',
    pass: 'both messages are in one record',
    fail: 'refused, one of the two is not there, or the record cannot be read afterwards',
    notDescribed: 'the message cannot be read back: add `getMessageLog`',
  },
  links: [links.loggingMessages],
  operations: ['updateMessageLog', 'createMessageLog'],
  needs: ['crm', 'created message log'],
  writes: true,
  requests: 4,
  async observe({ marker, clock, settled }, have): Promise<Facts> {
    const {
      crm,
      'created message log': { outcome, contact, text },
    } = have;
    const id = outcome.kind === 'ok' ? outcome.value.id : null;
    if (id === null) throw new Unanswerable(missFrom(outcomeFacts(outcome), 'activity.message'));
    const read = () =>
      crm.describes('getMessageLog') ? crm.getMessageLog(id, contact.id) : crm.getCallLog(id, contact.id);
    const until = async (...texts: string[]) => {
      const { answer } = await settled(
        read,
        (one) => one.kind === 'ok' && texts.every((part) => contains(one.value.raw, part)),
      );
      return answer;
    };
    const before = await until(text);
    // Without getMessageLog the calls' read may serve, if it shows this very message.
    if (before.kind === 'trouble')
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: before.message });
    if (before.kind !== 'ok' || (!crm.describes('getMessageLog') && !contains(before.value.raw, text))) {
      if (crm.describes('getMessageLog'))
        throw new Unanswerable(missFrom(outcomeFacts(before), 'activity.message'));
      throw new Unanswerable({
        verdict: 'not-described',
        by: null,
        reason: 'the message cannot be read back: add operations.getMessageLog',
      });
    }
    if (isAnothersLog(before.value, contact.id, crm.isOwnText)) {
      const reason = 'the id that its creation gave is that of another record, to which nothing is added';
      throw new Unanswerable({ verdict: 'blocked', by: 'activity.message', reason });
    }
    const second = `${marker} second message`;
    const message = {
      text: second,
      direction: 'Outbound' as const,
      from: contact.phoneNumber,
      to: contact.phoneNumber,
      time: new Date(clock.now()),
    };
    const existing = before.value.fullBody ?? before.value.note ?? '';
    const update = await crm.updateMessageLog(id, contact, message, existing);
    const after = update.kind === 'ok' ? await until(text, second) : null;
    const raw = after?.kind === 'ok' ? after.value.raw : null;
    return {
      update: outcomeFacts(update),
      reading: after && outcomeFacts(after),
      firstFound: contains(raw, text),
      secondFound: contains(raw, second),
    };
  },
  judge({ update, reading, firstFound, secondFound }) {
    const expected = 'both messages in one record';
    if (update.kind !== 'ok') return judgeFailure(update, 'the second message', expected);
    if (reading && reading.kind !== 'ok') {
      const remedy = { vendor: 'Keep the record of a message under its id when it is changed.' };
      return { ...judgeFailure(reading, 'reading the record after the second message', expected), remedy };
    }
    if (firstFound && secondFound) return { verdict: 'pass', summary: 'both messages in one record' };
    const lost = secondFound ? 'first' : firstFound ? 'second' : 'first and the second';
    return {
      verdict: 'fail',
      summary: `the ${lost} message is not in the record`,
      expected,
      observed: `without the ${lost}`,
      ...(lost === 'first' && {
        remedy: {
          integrator:
            'Read the record first and write both texts (`steps` in the profile, a connector with code).',
        },
      }),
      ...(lost === 'second' && {
        remedy: {
          vendor: 'Store the second message, or refuse it: never answer with success to what is dropped.',
          integrator: 'Look for the field name or the method (PUT, PATCH, POST) that the CRM really takes.',
        },
      }),
    };
  },
});
