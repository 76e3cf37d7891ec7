import { saysWhatIsWrong } from '../../checks/contact-create/says-what.ts';
import type {
  BadPhone,
  CreatedContact,
  DuplicateContact,
  KeptName,
  KeptNumber,
} from '../../checks/contact-create/specimens.ts';
import type { NeedName } from '../../checks/needs.ts';
import { askWithBadInput, missFrom, outcomeFacts } from '../../checks/outcome-facts.ts';
import { Unanswerable } from '../../checks/unanswerable.ts';
import type { Crm } from '../../crm/crm.ts';
import { isSameId } from '../../crm/ids.ts';
import { mayBe } from '../../crm/names.ts';
import { sideBySide } from '../../http/context.ts';
import { poll } from '../clock.ts';
import { createContact, freeNumber, settle } from './contacts.ts';
import type { Kit, Makers } from './kit.ts';
import { match, remaining } from './match.ts';

/** No word of it speaks of phones: a refusal that only repeats it has not said what is wrong. */
const nonsense = 'crm-ready nonsense';

/** What looks for the control contact by its number, and expects one. */
const lookedUpBefore = [
  'lookup by E.164',
  'raw plus',
  'everybody',
  'negative controls',
  'phone matrix',
  'kept names',
] as const satisfies NeedName[];

/** Contacts that are out of the ordinary: odd names, a number that is none, the same person twice. */
export const probeMakers = {
  'kept names': async (kit): Promise<KeptName[]> => {
    const crm = await kit.get('crm');
    const control = await controlContact(kit);
    const { marker } = kit;
    const { runId } = kit.operations;
    const odd = await sideBySide(
      [
        ['one word', `crm-ready-${runId}`],
        ['not Latin', `Проверка 测试 ${runId}`],
        ['an apostrophe', `${marker} O'Ready`],
      ] as const,
      async ([kind, name]) => {
        const { phoneNumber } = await freeNumber(kit, crm);
        return keptName(kit, crm, kind, await createContact(kit, crm, phoneNumber, { name }));
      },
    );
    return [await keptName(kit, crm, 'three words', control), ...odd];
  },

  'bad phone': async (kit): Promise<BadPhone> => {
    const crm = await kit.get('crm');
    await controlContact(kit);
    const name = `${kit.marker} nonsense`;
    const attempts: CreatedContact[] = [];
    const { outcome, facts } = await askWithBadInput(
      async () => {
        // Each attempt is a creation of its own: what a 5xx left behind must be found by clean-up, too.
        const attempt = await createContact(kit, crm, nonsense, { name });
        attempts.push(attempt);
        return attempt.outcome;
      },
      () => crm.getUserInfo(),
    );
    const last = attempts.at(-1);
    return {
      written: nonsense,
      answer: facts,
      saysWhat:
        outcome.kind === 'refused' &&
        saysWhatIsWrong(outcome.message, outcome.answer.body, { name, phoneNumber: nonsense }),
      kept: last && outcome.kind === 'ok' ? await keptPhone(crm, last) : 'unseen',
    };
  },

  'duplicate contact': async (kit): Promise<DuplicateContact> => {
    const { get, peek, ledger, own } = kit;
    const crm = await get('crm');
    const control = await controlContact(kit);
    // Two with the same number: whoever looks for the first one by it must have done so before.
    for (const name of lookedUpBefore) if ((await peek(name)) !== null) await get(name);
    const { name, phoneNumber } = control;
    const entry = ledger.announce('contact', name, phoneNumber, null);
    const outcome = await crm.createContact({ name, phoneNumber });
    const answer = outcomeFacts(outcome);
    const id = outcome.kind === 'ok' ? outcome.value.id : null;
    if (id !== null && isSameId(id, await idOf(kit, control))) {
      // Nothing new: the control contact has its own line in the ledger.
      ledger.update(entry, { state: 'refused' });
      return { answer, became: 'same record' };
    }
    settle(ledger, crm, entry, outcome);
    if (id !== null) own.ids.add(String(id));
    return { answer, became: outcome.kind === 'refused' ? null : id === null ? 'unclear' : 'copy' };
  },

  'kept numbers': async (kit): Promise<KeptNumber[]> => {
    const { get } = kit;
    const { phoneNumber, outcome } = await controlContact(kit);
    const lookup = await get('lookup by E.164');
    const answered = outcome.kind === 'ok' ? outcome.value.phone : null;
    const control = {
      written: phoneNumber,
      e164: phoneNumber,
      kept: lookup.contact?.phone ?? answered,
    };
    const matrix = await orNothing(get('phone matrix'));
    const others = (matrix?.stored ?? []).flatMap(({ format, text, e164, kept }): KeptNumber[] =>
      format === 'e164' || kept === null ? [] : [{ written: text, e164, kept }],
    );
    return [control, ...others];
  },
} satisfies Partial<Makers>;

/** @throws {Unanswerable} blocked by contact.create, where even the plainest contact could not be created */
async function controlContact({ get }: Kit): Promise<CreatedContact> {
  const control = await get('created contact');
  if (control.outcome.kind !== 'ok')
    throw new Unanswerable(missFrom(outcomeFacts(control.outcome), 'contact.create'));
  return control;
}

/** The name of a created contact as it came back. One that has no word of the written name is somebody else's. */
async function keptName(kit: Kit, crm: Crm, kind: string, created: CreatedContact): Promise<KeptName> {
  const { outcome, name: written, phoneNumber } = created;
  const unread = { kind, written, answer: outcomeFacts(outcome), found: false, read: null };
  if (outcome.kind !== 'ok') return unread;
  const lookup = await kit.get('lookup by E.164');
  const answered = mayBe(outcome.value.name, written) ? outcome.value.name : null;
  // Where the plainest contact is not found by its number, another one need not be waited for.
  if (!lookup.found) return { ...unread, read: answered };
  const { answer: found } = await poll(
    kit.clock,
    remaining(created, kit.profile.settleSeconds, kit.clock.now()),
    async () => {
      const rawPlus = lookup.foundBy === 'raw +';
      return match(await crm.findContact({ text: phoneNumber, e164: phoneNumber, rawPlus }), created);
    },
    (contact) => contact !== undefined,
  );
  return { ...unread, found: found !== undefined, read: found?.name ?? answered };
}

/** What became of the nonsense: by the contact's name, by the nonsense itself, else by what the creation answered. */
async function keptPhone(crm: Crm, created: CreatedContact): Promise<BadPhone['kept']> {
  if (created.outcome.kind === 'ok' && created.outcome.value.another) return 'another contact';
  const byName = match(await crm.findContactWithName(created.name), created);
  const found = byName ?? match(await crm.findContact({ text: nonsense, e164: nonsense }), created);
  if (found && found.phone !== null) return { text: found.phone };
  const operation = crm.context.profile.operations.createContact;
  const shows = operation?.kind === 'sequence' && 'phonePath' in operation.responseMapping;
  if (shows && created.outcome.kind === 'ok') return { text: created.outcome.value.phone };
  return byName ? { text: null } : found ? { text: nonsense } : 'unseen';
}

async function idOf({ get }: Kit, { outcome }: CreatedContact): Promise<string | null> {
  const answered = outcome.kind === 'ok' ? outcome.value.id : null;
  const id = answered ?? (await get('lookup by E.164')).contact?.id ?? null;
  return id === null ? null : String(id);
}

/** A fact that could not be had: then something else must do. */
async function orNothing<T>(fact: Promise<T>): Promise<T | null> {
  try {
    return await fact;
  } catch (error) {
    if (error instanceof Unanswerable) return null;
    throw error;
  }
}
