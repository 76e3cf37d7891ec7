import type { CreatedContact } from '../../checks/contact-create/specimens.ts';
import type { LookupDepth } from '../../checks/define-check.ts';
import { answered, outcomeFacts } from '../../checks/outcome-facts.ts';
import {
  essentialStoredFormats,
  type FormatId,
  formats,
  storedFormats,
} from '../../checks/phone-lookup/formats.ts';
import type { Matrix } from '../../checks/phone-lookup/matrix.ts';
import type { Crm } from '../../crm/crm.ts';
import { sideBySide } from '../../http/context.ts';
import type { Profile } from '../../profile/types.ts';
import { exampleNumber } from '../numbers.ts';
import { asCreated, controlFixture, createContact, freeNumber } from './contacts.ts';
import { type Kit, miss } from './kit.ts';

/** A contact that stands for one writing of a number. */
export interface Row {
  format: FormatId;
  region: string;
  /** As it was written. */
  text: string;
  created: CreatedContact;
}

export interface Rows {
  rows: Row[];
  notStored: Matrix['notStored'];
}

/** What is written into the CRM, one contact each. */
export function formatsToStore({ region }: Profile, lookup: LookupDepth): FormatId[] {
  return distinct(lookup === 'essential' ? essentialStoredFormats : storedFormats, region);
}

/** Formats that are not written alike in this country: in many, the national writing is the one with spaces. */
export function distinct(wanted: readonly FormatId[], region: string): FormatId[] {
  const example = exampleNumber(region);
  const written = wanted.map((format) => formats[format].write(example));
  return wanted.filter((_, index) => written.indexOf(written[index] ?? '') === index);
}

/** One contact for each, with a number of its own; what the CRM refuses to store is a fact. */
export async function storeRows(
  kit: Kit,
  crm: Crm,
  wanted: readonly Pick<Row, 'format' | 'region'>[],
): Promise<Rows> {
  const created = await sideBySide(wanted, async ({ format, region }): Promise<Row> => {
    const { phoneNumber } = await freeNumber(kit, crm, region);
    const text = formats[format].write(phoneNumber);
    return { format, region, text, created: await createContact(kit, crm, phoneNumber, { written: text }) };
  });
  const stored: Rows = { rows: [], notStored: [] };
  for (const row of created) {
    const { outcome } = row.created;
    if (outcome.kind === 'ok') stored.rows.push(row);
    else {
      const { format, region, text } = row;
      const reason = answered(outcomeFacts(outcome));
      stored.notStored.push({ format, region, text, reason, refused: outcome.kind === 'refused' });
    }
  }
  return stored;
}

/**
 * A number may have been refused for something else than its format: a plan has no room for more contacts, or the
 * names are too much alike. Only where one more contact is created after it, in E.164, was it the format.
 */
export async function provenRefusals(
  kit: Kit,
  crm: Crm,
  notStored: Matrix['notStored'],
): Promise<Matrix['notStored']> {
  if (!notStored.some(({ refused }) => refused)) return notStored;
  const { phoneNumber } = await freeNumber(kit, crm);
  const { outcome } = await createContact(kit, crm, phoneNumber);
  return outcome.kind === 'ok' ? notStored : notStored.map((row) => ({ ...row, refused: false }));
}

/** Contacts that the profile names, for a run that writes nothing. */
export async function fixtureRows(kit: Kit): Promise<Rows> {
  const { fixtures, region } = kit.profile;
  const control = controlFixture(kit.profile);
  const created = await Promise.all(
    fixtures.contacts.map((fixture) =>
      fixture === control ? kit.get('created contact') : asCreated(kit, fixture),
    ),
  );
  const rows = created.flatMap((contact): Row[] => {
    const { phoneNumber, written: text } = contact;
    const format = storedFormats.find((one) => formats[one].write(phoneNumber) === text);
    return format ? [{ format, region, text, created: contact }] : [];
  });
  if (rows.length === 0) {
    throw miss('inconclusive', null, 'read-only: name contacts with `storedAs` under fixtures.contacts');
  }
  return { rows, notStored: [] };
}
