import type { LookupDepth } from '../../checks/define-check.ts';
import type { CreatedContact } from '../../checks/needs.ts';
import { outcomeFacts } from '../../checks/outcome-facts.ts';
import {
  essentialStoredFormats,
  type FormatId,
  formats,
  otherRegions,
  queriedFormats,
  storedFormats,
} from '../../checks/phone-lookup/formats.ts';
import type { Cell, Matrix } from '../../checks/phone-lookup/matrix.ts';
import type { Crm } from '../../crm/crm.ts';
import { sideBySide } from '../../http/context.ts';
import type { Profile } from '../../profile/types.ts';
import { poll, sparingly } from '../clock.ts';
import { exampleNumber } from '../numbers.ts';
import { asCreated, createContact, freeNumber } from './contacts.ts';
import { type Kit, type Makers, miss } from './kit.ts';
import { cellOf, match, remaining } from './lookups.ts';

interface Row {
  format: FormatId;
  region: string;
  text: string;
  created: CreatedContact;
}

/** Which columns of a row are asked once E.164 has been. */
type Asking = (row: Row, byE164: Cell) => readonly FormatId[];

/**
 * Phone matrices. Every row is asked for by E.164, what is missed again until the settle limit; only then, and of what
 * was missed alone, are other formats asked: a hit by E.164 is all that App Connect needs.
 */
export const matrixMakers = {
  'phone matrix': async (kit): Promise<Matrix> => {
    const { get, settings, profile } = kit;
    const crm = await get('crm');
    const essential = settings.lookup === 'essential';
    const [rows, notStored] = settings.readOnly
      ? [fixtureRows(kit), []]
      : await createRows(kit, crm, formatsToStore(profile, settings.lookup));
    return fill(kit, crm, { rows, notStored }, distinct(queriedFormats, profile.region), (row, byE164) => {
      const control = row.format === 'e164';
      if (essential) return control || byE164 !== 'hit' ? ['significant', row.format] : [];
      return control || byE164 !== 'hit' ? queriedFormats : [];
    });
  },

  'country matrix': async (kit): Promise<Matrix> => {
    const { get, settings, profile } = kit;
    if (settings.readOnly)
      throw miss('inconclusive', null, 'read-only: no numbers of other countries are written');
    if (settings.lookup === 'essential')
      throw miss('inconclusive', null, 'left out by --lookup essential: --lookup full asks it');
    const crm = await get('crm');
    const { found, last } = await get('lookup by E.164');
    if (!found)
      throw miss('blocked', 'lookup.e164', last.message || 'numbers of the own country are not found either');
    const wanted = otherRegions(profile.region).flatMap((region) =>
      (['e164', 'national'] as const).map((format) => ({ format, region })),
    );
    const made = await create(kit, crm, wanted);
    return fill(kit, crm, made, ['significant', 'national'], (_row, byE164) =>
      byE164 === 'hit' ? [] : ['significant', 'national'],
    );
  },
} satisfies Partial<Makers>;

/** What is written into the CRM, one contact each. */
export function formatsToStore({ region }: Profile, lookup: LookupDepth): FormatId[] {
  return distinct(lookup === 'essential' ? essentialStoredFormats : storedFormats, region);
}

/** Formats that are not written alike in this country: in many, the national writing is the one with spaces. */
function distinct(wanted: readonly FormatId[], region: string): FormatId[] {
  const example = exampleNumber(region);
  const written = wanted.map((format) => formats[format].write(example));
  return wanted.filter((_, index) => written.indexOf(written[index] ?? '') === index);
}

type Made = { rows: Row[]; notStored: Matrix['notStored'] };

/** The control row, and one contact for each further format. */
async function createRows(
  kit: Kit,
  crm: Crm,
  wanted: readonly FormatId[],
): Promise<[Row[], Matrix['notStored']]> {
  const { region } = kit.profile;
  const control = await kit.get('created contact');
  if (control.outcome.kind !== 'ok') throw miss('blocked', 'contact.create', 'no contact could be created');
  const further = wanted.filter((format) => format !== 'e164').map((format) => ({ format, region }));
  const { rows, notStored } = await create(kit, crm, further);
  return [[{ format: 'e164', region, text: control.phoneNumber, created: control }, ...rows], notStored];
}

/** One contact for each, with a number of its own; what the CRM refuses to store is a fact. */
async function create(kit: Kit, crm: Crm, wanted: readonly Pick<Row, 'format' | 'region'>[]): Promise<Made> {
  const created = await sideBySide(wanted, async ({ format, region }): Promise<Row> => {
    const { phoneNumber } = await freeNumber(kit, crm, region);
    const text = formats[format].write(phoneNumber);
    return { format, region, text, created: await createContact(kit, crm, phoneNumber, { written: text }) };
  });
  const made: Made = { rows: [], notStored: [] };
  for (const row of created) {
    if (row.created.outcome.kind === 'ok') made.rows.push(row);
    else {
      const { format, region, text } = row;
      const { status, message } = outcomeFacts(row.created.outcome);
      const reason = [status === null ? '' : `HTTP ${status}`, message].join(' ').trim();
      const refused = row.created.outcome.kind === 'refused';
      made.notStored.push({ format, region, text, reason, refused });
    }
  }
  return made;
}

async function fill(
  kit: Kit,
  crm: Crm,
  { rows, notStored }: Made,
  columns: readonly FormatId[],
  asking: Asking,
): Promise<Matrix> {
  const { get, clock, profile } = kit;
  const start = clock.now();
  // Where only a raw plus is understood, lookup.plus says so; the formats are compared all the same.
  const { foundBy, found, last, contact } = await get('lookup by E.164');
  await get('search that tells');
  const kept = new Map<Row, string | null>();
  const byE164 = await sideBySide(rows, async (row): Promise<Cell> => {
    if (row.created === (await kit.peek('created contact'))) {
      kept.set(row, contact?.phone ?? null);
      return found ? 'hit' : last.kind === 'ok' ? 'miss' : 'trouble';
    }
    const { phoneNumber } = row.created;
    const { answer } = await poll(
      clock,
      remaining(row.created, profile.settleSeconds, clock.now()),
      async () => {
        const outcome = await crm.findContact({
          text: phoneNumber,
          e164: phoneNumber,
          rawPlus: foundBy === 'raw +',
        });
        kept.set(row, match(outcome, row.created)?.phone ?? null);
        return cellOf(outcome, row.created);
      },
      (cell) => cell === 'hit' || cell === 'refused',
      sparingly,
    );
    return answer;
  });
  const waitedSeconds = (clock.now() - start) / 1000;
  const rawPlus = await get('raw plus');
  const cells = await sideBySide(rows, async (row, index): Promise<Cell[]> => {
    const first = byE164[index] ?? 'not-asked';
    const asked = asking(row, first);
    const others = await sideBySide(columns, async (format): Promise<Cell> => {
      if (!asked.includes(format)) return 'not-asked';
      return askTwice(kit, crm, row, format, kept);
    });
    const raw =
      rawPlus === null ? [] : [row === rows[0] && row.format === 'e164' ? rawPlus : ('not-asked' as const)];
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
    stored: rows.map((row) => ({
      format: row.format,
      region: row.region,
      e164: row.created.phoneNumber,
      text: row.text,
      kept: kept.get(row) ?? keptByCreation(row.created),
    })),
    queried: [
      { format: 'e164', label: 'E.164' },
      ...(rawPlus === null ? [] : [{ format: 'raw +' as const, label: 'raw +' }]),
      ...columns.map((format) => ({ format, label: formats[format].name })),
    ],
    cells,
    notStored,
    waitedSeconds,
  };
}

function keptByCreation({ outcome }: CreatedContact): string | null {
  return outcome.kind === 'ok' ? outcome.value.phone : null;
}

function fixtureRows(kit: Kit): Row[] {
  const { profile } = kit;
  const rows = profile.fixtures.contacts.flatMap((fixture): Row[] => {
    const { phoneNumber, storedAs: text = phoneNumber } = fixture;
    const format = storedFormats.find((one) => formats[one].write(phoneNumber) === text);
    return format ? [{ format, region: profile.region, text, created: asCreated(kit, fixture) }] : [];
  });
  if (rows.length === 0) {
    throw miss('inconclusive', null, 'read-only: name contacts with `storedAs` under fixtures.contacts');
  }
  return rows;
}

/** A miss is asked once more before it is believed. */
async function askTwice(
  { settings }: Kit,
  crm: Crm,
  row: Row,
  format: FormatId,
  kept: Map<Row, string | null>,
): Promise<Cell> {
  const e164 = row.created.phoneNumber;
  const ask = async () => {
    const outcome = await crm.findContact({ text: formats[format].write(e164), e164 });
    const found = match(outcome, row.created);
    if (found) kept.set(row, found.phone);
    return cellOf(outcome, row.created);
  };
  const first = await ask();
  return first === 'miss' && settings.lookup === 'full' ? ask() : first;
}
