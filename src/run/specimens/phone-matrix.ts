import type { CreatedContact } from '../../checks/needs.ts';
import { outcomeFacts } from '../../checks/outcome-facts.ts';
import { type FormatId, formats, queriedFormats, storedFormats } from '../../checks/phone-lookup/formats.ts';
import type { Cell, Matrix } from '../../checks/phone-lookup/matrix.ts';
import type { Crm } from '../../crm/crm.ts';
import { sideBySide } from '../../http/context.ts';
import { poll } from '../clock.ts';
import { cellOf, createContact, freeNumber, remaining } from './contacts.ts';
import { type Kit, type Makers, miss } from './kit.ts';

interface Row {
  format: FormatId;
  text: string;
  created: CreatedContact;
}

/**
 * The phone matrix. Every row is asked for by E.164 until the settle limit; only rows that E.164 misses, and the control
 * row, are asked for in the other formats: a hit by E.164 is all that App Connect needs.
 */
export const matrixMakers = {
  'phone matrix': async (kit): Promise<Matrix> => {
    const { get, clock, profile } = kit;
    const crm = await get('crm');
    const [rows, notStored] = await storedRows(kit, crm);
    const start = clock.now();
    // Where only a raw plus is understood, lookup.plus says so; the formats are compared all the same.
    const { foundBy } = await get('lookup by E.164');
    const byE164 = await sideBySide(rows, async (row): Promise<Cell> => {
      if (row.format === 'e164' && !row.created.fixture) {
        const lookup = await get('lookup by E.164');
        return lookup.found ? 'hit' : lookup.last.kind === 'ok' ? 'miss' : 'trouble';
      }
      const { phoneNumber } = row.created;
      const { answer } = await poll(
        clock,
        remaining(row.created, profile.settleSeconds, clock.now()),
        async () =>
          cellOf(
            await crm.findContact({ text: phoneNumber, e164: phoneNumber, rawPlus: foundBy === 'raw +' }),
            row.created,
          ),
        (cell) => cell === 'hit' || cell === 'refused',
      );
      return answer;
    });
    const waitedSeconds = (clock.now() - start) / 1000;
    const rawPlus = await get('raw plus');
    const cells = await sideBySide(rows, async (row, index): Promise<Cell[]> => {
      const first = byE164[index] ?? 'not-asked';
      const control = row.format === 'e164';
      const others = await sideBySide(queriedFormats, async (format): Promise<Cell> => {
        if (first === 'hit' && !control) return 'not-asked';
        return askTwice(crm, row, formats[format].write(row.created.phoneNumber, profile.region));
      });
      const raw = rawPlus === null ? [] : [control ? rawPlus : ('not-asked' as const)];
      return [first, ...raw, ...others];
    });
    if (!cells.flat().includes('hit')) {
      throw miss(
        'blocked',
        'lookup.e164',
        'no contact was found in any way, so the formats could not be compared',
      );
    }
    return {
      stored: rows.map(({ format, text }) => ({ format, text })),
      queried: [
        { format: 'e164', label: 'E.164' },
        ...(rawPlus === null ? [] : [{ format: 'raw +' as const, label: 'raw +' }]),
        ...queriedFormats.map((format) => ({ format, label: formats[format].name })),
      ],
      cells,
      notStored,
      waitedSeconds,
    };
  },
} satisfies Partial<Makers>;

/** One contact for each stored format, each with a number of its own; what the CRM refuses to store is a fact. */
async function storedRows(kit: Kit, crm: Crm): Promise<[Row[], Matrix['notStored']]> {
  const { get, settings, profile } = kit;
  if (settings.readOnly) return [fixtureRows(kit), []];
  const control = await get('created contact');
  if (control.outcome.kind !== 'ok') throw miss('blocked', 'contact.create', 'no contact could be created');
  const rows: Row[] = [{ format: 'e164', text: control.phoneNumber, created: control }];
  const notStored: Matrix['notStored'] = [];
  const created = await sideBySide(storedFormats.slice(1), async (format) => {
    const { phoneNumber } = await freeNumber(kit, crm);
    const text = formats[format].write(phoneNumber, profile.region);
    return { format, text, created: await createContact(kit, crm, phoneNumber, text) };
  });
  for (const row of created) {
    if (row.created.outcome.kind === 'ok') rows.push(row);
    else {
      const { status, message } = outcomeFacts(row.created.outcome);
      const reason = [status === null ? '' : `HTTP ${status}`, message].join(' ').trim();
      notStored.push({ format: row.format, text: row.text, reason });
    }
  }
  return [rows, notStored];
}

function fixtureRows({ profile, own, clock }: Kit): Row[] {
  const rows = profile.fixtures.contacts.flatMap(({ id, name, phoneNumber, storedAs }): Row[] => {
    const text = storedAs ?? phoneNumber;
    const format = storedFormats.find((one) => formats[one].write(phoneNumber, profile.region) === text);
    if (!format) return [];
    own.ids.add(id);
    const answer = { status: 200, headers: {}, body: null, captures: {}, exchange: 0, unmasked: false };
    const created: CreatedContact = {
      outcome: { kind: 'ok', value: { id, idFrom: 'body', name: name ?? null }, answer },
      name: name ?? '',
      phoneNumber,
      at: clock.now(),
      fixture: true,
    };
    return [{ format, text, created }];
  });
  if (rows.length === 0) {
    throw miss('inconclusive', null, 'read-only: name contacts with `storedAs` under fixtures.contacts');
  }
  return rows;
}

/** A miss is asked once more before it is believed. */
async function askTwice(crm: Crm, { created }: Row, text: string): Promise<Cell> {
  const ask = async () => cellOf(await crm.findContact({ text, e164: created.phoneNumber }), created);
  const first = await ask();
  return first === 'miss' ? ask() : first;
}
