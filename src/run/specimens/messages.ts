import type { CreatedMessageLog } from '../../checks/activity/specimens.ts';
import { settle } from './contacts.ts';
import type { Makers } from './kit.ts';

/** Message records that the run makes. */
export const messageMakers = {
  'created message log': async (kit): Promise<CreatedMessageLog> => {
    const { get, ledger, marker, clock, own } = kit;
    const crm = await get('crm');
    const contact = await get('contact');
    const text = `${marker} first message`;
    if (!crm.describes('createMessageLog')) {
      const operation = kit.profile.operations.createMessageLog;
      const outcome =
        operation?.kind === 'notSupported'
          ? ({ kind: 'not-supported', operation: 'createMessageLog', reason: operation.reason } as const)
          : ({
              kind: 'not-described',
              operation: 'createMessageLog',
              key: 'operations.createMessageLog',
            } as const);
      return { outcome, contact, text };
    }
    const entry = ledger.announce('message log', text, null, contact.id);
    const outcome = await crm.createMessageLog(contact, {
      text,
      direction: 'Inbound',
      from: contact.phoneNumber,
      to: contact.phoneNumber,
      time: new Date(clock.now()),
    });
    settle(ledger, crm, entry, outcome);
    if (outcome.kind === 'ok' && outcome.value.id !== null) own.logs.add(String(outcome.value.id));
    return { outcome, contact, text };
  },
} satisfies Partial<Makers>;
