import { missFrom, outcomeFacts } from '../../checks/outcome-facts.ts';
import {
  abbreviated,
  type FormatId,
  formats,
  otherRegions,
  queriedFormats,
} from '../../checks/phone-lookup/formats.ts';
import type { Cell, Matrix } from '../../checks/phone-lookup/matrix.ts';
import { Unanswerable } from '../../checks/unanswerable.ts';
import type { Crm } from '../../crm/crm.ts';
import { sideBySide } from '../../http/context.ts';
import { poll, sparingly } from '../clock.ts';
import { type Kit, type Makers, miss } from './kit.ts';
import { cellOf, cellWithout, isHit, match, remaining } from './match.ts';
import {
  distinct,
  fixtureRows,
  formatsToStore,
  provenRefusals,
  type Row,
  type Rows,
  storeRows,
} from './matrix-rows.ts';

/** What is asked beside E.164. */
interface Asking {
  columns: { format: FormatId; label: string }[];
  /** Which of them are asked of a row, once E.164 has been. */
  of(row: Row, byE164: Cell): readonly FormatId[];
  /** What became of a raw plus, for the first row; null: no such question. */
  rawPlus: Cell | null;
}

/**
 * Phone matrices. Every row is asked for by E.164, what is missed again until the settle limit; only then, and of what
 * was missed alone, are other formats asked: a hit by E.164 is all that App Connect needs.
 */
export const matrixMakers = {
  'phone matrix': async (kit): Promise<Matrix> => {
    const { get, settings, profile } = kit;
    const { region } = profile;
    const crm = await get('crm');
    // Before anything else is under way: a profile without fixtures has no rows, and throws.
    const stored = settings.readOnly ? fixtureRows(kit) : homeRows(kit, crm);
    const [{ phoneNumber }, rows] = await Promise.all([get('lookup by E.164'), stored]);
    const essential = settings.lookup === 'essential';
    return fill(kit, crm, rows, {
      columns: distinct(queriedFormats, region).map((format) => ({
        format,
        label: abbreviated(formats[format].write(phoneNumber), phoneNumber),
      })),
      of({ format }, byE164) {
        if (byE164 === 'hit' && format !== 'e164') return [];
        return essential ? ['significant', format] : queriedFormats;
      },
      rawPlus: await get('raw plus'),
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
    await get('search that tells');
    if (!found)
      throw miss('blocked', 'lookup.e164', last.message || 'numbers of the own country are not found either');
    const national = ['significant', 'national'] as const;
    const ask = async (format: FormatId, regions: readonly string[]): Promise<Matrix> =>
      fill(
        kit,
        crm,
        await storeRows(
          kit,
          crm,
          regions.map((region) => ({ format, region })),
        ),
        {
          columns: national.map((column) => ({ format: column, label: formats[column].name })),
          of: (_row, byE164) => (byE164 === 'hit' ? [] : national),
          rawPlus: null,
        },
      );
    // Whoever finds +44… where 020 … is stored finds it where +44… is stored: that is asked only of the others.
    const trunk = await ask('national', otherRegions(profile.region));
    const inDoubt = [
      ...trunk.stored.filter((_, row) => trunk.cells[row]?.[0] !== 'hit'),
      ...trunk.notStored,
    ].map(({ region }) => region);
    if (inDoubt.length === 0) return trunk;
    const plain = await ask('e164', inDoubt);
    const both = joined(trunk, plain);
    // Where E.164 was stored, that proves what became of the national writing.
    return plain.notStored.length === 0
      ? both
      : { ...both, notStored: await provenRefusals(kit, crm, both.notStored) };
  },
} satisfies Partial<Makers>;

/** Rows of two matrices with the same columns. */
function joined(one: Matrix, other: Matrix): Matrix {
  return {
    ...one,
    stored: [...one.stored, ...other.stored],
    cells: [...one.cells, ...other.cells],
    notStored: [...one.notStored, ...other.notStored],
    waitedSeconds: Math.max(one.waitedSeconds, other.waitedSeconds),
  };
}

/** The control contact, and one for each further format. */
async function homeRows(kit: Kit, crm: Crm): Promise<Rows> {
  const { region } = kit.profile;
  const control = await kit.get('created contact');
  if (control.outcome.kind !== 'ok')
    throw new Unanswerable(missFrom(outcomeFacts(control.outcome), 'contact.create'));
  const further = formatsToStore(kit.profile, kit.settings.lookup).filter((format) => format !== 'e164');
  const { rows, notStored } = await storeRows(
    kit,
    crm,
    further.map((format) => ({ format, region })),
  );
  const first: Row = { format: 'e164', region, text: control.phoneNumber, created: control };
  return { rows: [first, ...rows], notStored: await provenRefusals(kit, crm, notStored) };
}

async function fill(kit: Kit, crm: Crm, { rows, notStored }: Rows, asking: Asking): Promise<Matrix> {
  const { get, clock, profile, settings } = kit;
  const start = clock.now();
  const control = await get('created contact');
  const lookup = await get('lookup by E.164');
  /** What the search said of each number, and what it shows of the contact. */
  const kept = new Map<Row, string | null>();
  const ask = async (row: Row, format: FormatId): Promise<Cell> => {
    const e164 = row.created.phoneNumber;
    // Where only a raw plus is understood, lookup.plus says so; the formats are compared all the same.
    const rawPlus = format === 'e164' && lookup.foundBy === 'raw +';
    const outcome = await crm.findContact({ text: formats[format].write(e164), e164, rawPlus });
    const found = match(outcome, row.created);
    if (found) kept.set(row, found.phone);
    return cellOf(outcome, row.created);
  };
  const byE164 = await sideBySide(rows, async (row): Promise<Cell> => {
    if (row.created === control) {
      kept.set(row, lookup.contact?.phone ?? null);
      return lookup.found ? 'hit' : cellWithout(lookup.last);
    }
    const limit = remaining(row.created, profile.settleSeconds, clock.now());
    return (await poll(clock, limit, () => ask(row, 'e164'), isHit, sparingly)).answer;
  });
  const waitedSeconds = (clock.now() - start) / 1000;
  const { columns, rawPlus } = asking;
  const cells = await sideBySide(rows, async (row, index): Promise<Cell[]> => {
    const first = byE164[index] ?? 'not-asked';
    const asked = asking.of(row, first);
    const others = await sideBySide(columns, async ({ format }): Promise<Cell> => {
      if (!asked.includes(format)) return 'not-asked';
      const cell = await ask(row, format);
      // A miss is asked once more before it is believed.
      return cell === 'miss' && settings.lookup === 'full' ? ask(row, format) : cell;
    });
    const raw: Cell[] = rawPlus === null ? [] : [row.created === control ? rawPlus : 'not-asked'];
    return [first, ...raw, ...others];
  });
  return {
    stored: rows.map((row) => {
      const { format, region, text, created } = row;
      const { outcome, phoneNumber } = created;
      const answered = outcome.kind === 'ok' ? outcome.value.phone : null;
      return { format, region, e164: phoneNumber, text, kept: kept.get(row) ?? answered };
    }),
    queried: [
      {
        format: 'e164',
        label: rawPlus === null ? 'E.164' : abbreviated(lookup.phoneNumber, lookup.phoneNumber),
      },
      ...(rawPlus === null ? [] : [{ format: 'raw +' as const, label: 'raw +' }]),
      ...columns,
    ],
    cells,
    notStored,
    waitedSeconds,
  };
}
