import type { CreatedContact } from '../../checks/contact-create/specimens.ts';
import { missFrom, outcomeFacts } from '../../checks/outcome-facts.ts';
import type { SecondPhone, SharedNumber } from '../../checks/phone-lookup/specimens.ts';
import { Unanswerable } from '../../checks/unanswerable.ts';
import { mentions } from '../../profile/mentions.ts';
import { poll, sparingly } from '../clock.ts';
import { createContact, freeNumber } from './contacts.ts';
import { type Kit, type Makers, miss } from './kit.ts';
import { cellOf, isHit, match, remaining } from './match.ts';

/** Contacts that are made to be told apart, or not: two with one number, and one with two. */
export const pairMakers = {
  'shared number': async (kit): Promise<SharedNumber> => {
    const { get, clock, profile } = kit;
    const crm = await get('crm');
    // Numbers of their own: whoever asks for the control must find one contact.
    const rawPlus = await searchWorks(kit);
    const { phoneNumber } = await freeNumber(kit, crm);
    const first = await createContact(kit, crm, phoneNumber);
    if (first.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(first.outcome), 'contact.create'));
    const second = await createContact(kit, crm, phoneNumber);
    const query = { text: phoneNumber, e164: phoneNumber, rawPlus };
    const same = idOf(first) !== null && idOf(first) === idOf(second);
    const isPair = second.outcome.kind === 'ok' && !same;
    const { answer, seconds } = await poll(
      clock,
      isPair ? remaining(second, profile.settleSeconds, clock.now()) : 0,
      async () => {
        const outcome = await crm.findContact(query);
        const found = [first, second].filter((contact) => match(outcome, contact) !== undefined).length;
        return { outcome, found };
      },
      ({ found }) => found === 2,
      sparingly,
    );
    return {
      phoneNumber,
      first,
      second,
      found: isPair && answer.outcome.kind === 'ok' ? answer.found : null,
      last: outcomeFacts(answer.outcome),
      waitedSeconds: seconds,
    };
  },

  'second phone': async (kit): Promise<SecondPhone> => {
    const { get, clock, profile } = kit;
    if (!mentions(profile, 'createContact', 'secondPhoneNumber')) {
      const reason = 'write {{ secondPhoneNumber }} into the second phone field of operations.createContact';
      throw miss('not-described', null, reason);
    }
    const crm = await get('crm');
    const rawPlus = await searchWorks(kit);
    const [{ phoneNumber }, { phoneNumber: secondPhoneNumber }] = await Promise.all([
      freeNumber(kit, crm),
      freeNumber(kit, crm),
    ]);
    const contact = await createContact(kit, crm, phoneNumber, { secondPhoneNumber });
    const facts = outcomeFacts(contact.outcome);
    if (contact.outcome.kind !== 'ok') {
      return { created: facts, bySecond: 'not-asked', byFirst: 'not-asked', waitedSeconds: 0 };
    }
    const ask = async (number: string) =>
      cellOf(await crm.findContact({ text: number, e164: number, rawPlus }), contact);
    const { answer: bySecond, seconds } = await poll(
      clock,
      remaining(contact, profile.settleSeconds, clock.now()),
      () => ask(secondPhoneNumber),
      isHit,
      sparingly,
    );
    // Found by neither: then the second field is not what is wrong.
    const byFirst = bySecond === 'hit' ? 'not-asked' : await ask(phoneNumber);
    return { created: facts, bySecond, byFirst, waitedSeconds: seconds };
  },
} satisfies Partial<Makers>;

/**
 * Nothing can be said of special contacts where an ordinary one is not found, or everybody is.
 * @returns whether only a raw plus is understood
 */
async function searchWorks({ get, settings }: Kit): Promise<boolean> {
  if (settings.readOnly)
    throw miss('inconclusive', null, 'read-only: nothing is written, so this is not measured');
  const { found, foundBy, last } = await get('lookup by E.164');
  if (!found) throw miss('blocked', 'lookup.e164', last.message || 'a contact is not found by its number');
  await get('search that tells');
  return foundBy === 'raw +';
}

function idOf({ outcome }: CreatedContact): string | null {
  return outcome.kind === 'ok' && outcome.value.id !== null ? String(outcome.value.id) : null;
}
