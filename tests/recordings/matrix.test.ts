import { describe, expect, it } from 'vitest';
import anyFormat, { anyFormatFacts } from '../../src/checks/phone-lookup/any-format.ts';
import {
  type Matrix,
  type SearchClass,
  searchClass,
  shareFound,
  smallestSet,
} from '../../src/checks/phone-lookup/matrix.ts';
import { parsePhoneNumber } from '../../src/crm/phone.ts';
import { renderRequest } from '../../src/operation/render.ts';
import { scopeOf } from '../../src/operation/step.ts';
import type { Cases } from './cases/case.ts';
import { dolibarr } from './cases/dolibarr.ts';
import { espocrm } from './cases/espocrm.ts';
import { odoo } from './cases/odoo.ts';
import { suitecrm } from './cases/suitecrm.ts';
import { differences, shownNames } from './match.ts';
import { importedMatrix, recordedMatrix, without } from './recorded-matrix.ts';
import { type RecordedName, readRecording, rowOf, type SearchRow } from './recording.ts';
import { type ReplayedCrm, replayedCrm } from './replayed-crm.ts';

/** The search that each profile uses, by its name in the recording. */
const profiles: { cases: Cases; request: string; example: string }[] = [
  { cases: espocrm, request: 'equals phoneNumber', example: 'search-nobody' },
  { cases: suitecrm, request: 'or: phone_mobile/phone_work/phone_home eq', example: 'search-nobody' },
  { cases: dolibarr, request: 'or of t.phone, t.phone_perso, t.phone_mobile', example: 'search-nobody' },
  { cases: odoo, request: 'phone_sanitized =', example: 'search-nobody' },
];

const verdict = (matrix: Matrix) => anyFormat.judge(anyFormatFacts(matrix));
const classOf = (matrix: Matrix) => searchClass(matrix, false);
/** The smallest set; null where something is out of its reach. */
const enough = (matrix: Matrix) => {
  const { formats, unreachable } = smallestSet(matrix);
  return unreachable.length === 0 ? formats : null;
};

const of = (name: RecordedName, request: string) => recordedMatrix(readRecording(name), request);

describe("the profiles' own searches, as real systems answered them", () => {
  it('EspoCRM: an exact comparison, and only E.164 can be stored, so nothing is missed', () => {
    const matrix = of('espocrm', 'equals phoneNumber');
    expect(matrix.cells).toEqual([['hit', 'miss', 'miss', 'miss', 'miss']]);
    expect(matrix.notStored.map(({ format }) => format)).toEqual([
      'digits',
      'significant',
      'national',
      'dashed',
      'dotted',
    ]);
    expect(shareFound(matrix)).toBeNull();
    expect(enough(matrix)).toEqual([]);
    expect(verdict(matrix)).toMatchObject({ verdict: 'not-applicable' });
    expect(classOf(matrix)).toBe('exact');
  });

  it('EspoCRM: of numbers that were imported in other formats E.164 finds none', () => {
    const matrix = importedMatrix(readRecording('espocrm'), 'equals phoneNumber');
    expect(shareFound(matrix)).toBe(0);
    expect(enough(matrix)).toBeNull();
    expect(enough(without(matrix, 'dashed', 'dotted'))).toEqual(['1##########', '(###) ###-####']);
  });

  it('SuiteCRM: exact, each further format must be asked for by itself', () => {
    const matrix = of('suitecrm', 'or: phone_mobile/phone_work/phone_home eq');
    expect(shareFound(matrix)).toBe(0);
    // Dashes and dots were stored, and not asked for.
    expect(enough(matrix)).toBeNull();
    expect(enough(without(matrix, 'dashed', 'dotted'))).toEqual([
      '1##########',
      '##########',
      '(###) ###-####',
    ]);
    expect(verdict(matrix)).toMatchObject({
      verdict: 'warn',
      observed: expect.stringMatching(/^0 of 5/),
      share: 0,
    });
    expect(classOf(matrix)).toBe('exact');
  });

  it('Dolibarr: exact, and a number with parentheses cannot be asked for at all', () => {
    const matrix = of('dolibarr', 'or of t.phone, t.phone_perso, t.phone_mobile');
    expect(matrix.cells.map((row) => row.at(-1))).toEqual(Array(6).fill('refused'));
    expect(shareFound(matrix)).toBe(0);
    expect(enough(matrix)).toBeNull();
    expect(enough(without(matrix, 'dashed', 'dotted'))).toBeNull();
    expect(enough(without(matrix, 'dashed', 'dotted', 'national'))).toEqual(['1##########', '##########']);
    expect(verdict(matrix)).toMatchObject({
      verdict: 'warn',
      observed: expect.stringMatching(/^0 of 5/),
      share: 0,
    });
    expect(classOf(matrix)).toBe('exact');
  });

  it('Odoo: normalising, E.164 finds every format', () => {
    const matrix = of('odoo', 'phone_sanitized =');
    expect(matrix.cells.map(([first]) => first)).toEqual(Array(6).fill('hit'));
    expect(shareFound(matrix)).toBe(1);
    expect(enough(matrix)).toEqual([]);
    expect(verdict(matrix)).toMatchObject({ verdict: 'pass', share: 1 });
    expect(classOf(matrix)).toBe('normalising');
  });
});

describe('laxer searches of the same systems', () => {
  type Row = [title: string, matrix: Matrix, share: number | null, set: string[] | null, found: SearchClass];
  const lax: Row[] = [
    [
      'EspoCRM, end of the digits: the national number finds every format',
      importedMatrix(readRecording('espocrm'), 'endsWith phoneNumberNumeric'),
      0,
      ['##########'],
      'suffix or substring',
    ],
    [
      'EspoCRM, part of the text: no separator is looked past',
      importedMatrix(readRecording('espocrm'), 'contains phoneNumber'),
      0,
      null,
      'suffix or substring',
    ],
    [
      'SuiteCRM, part of the text: the national number finds what has no separators',
      without(of('suitecrm', 'filter[phone_mobile][like]=%..%'), 'national', 'dashed', 'dotted'),
      0,
      ['##########'],
      'suffix or substring',
    ],
    [
      'Dolibarr, part of the text: the national number finds what has no separators',
      without(of('dolibarr', "(t.phone_mobile:like:'%N%')"), 'national', 'dashed', 'dotted'),
      0,
      ['##########'],
      'suffix or substring',
    ],
    [
      'Odoo, part of the digits: one more format',
      of('odoo', 'phone_mobile_search ilike'),
      0,
      ['##########'],
      'suffix or substring',
    ],
    [
      'Odoo, the digits: two more formats',
      of('odoo', 'phone_mobile_search ='),
      0,
      ['1##########', '##########'],
      'exact',
    ],
    ['Odoo, the text: no choice finds all', of('odoo', 'phone or mobile ='), 0, null, 'exact'],
  ];
  it.each(lax)('%s', (_, matrix, share, set, found) => {
    expect(shareFound(matrix)).toBe(share);
    expect(enough(matrix)).toEqual(set);
    expect(classOf(matrix)).toBe(found);
  });
});

describe.each(profiles)('the search of profiles/$cases.setting.name.yaml', ({ cases, request, example }) => {
  const recording = readRecording(cases.setting.name);
  const rows = recording.searchMatrix.filter((row) => row.request === request);

  it('is the one whose matrix was recorded, number by number', async () => {
    const replayed = await replayedCrm(cases.setting);
    await replayed.close();
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) {
      if (row.form === 'e164-raw+') continue;
      const { sent, text } = rendered(replayed, row);
      const recorded = recording.exchanges.find(({ id }) => id === example)?.request;
      if (!recorded) throw new Error(`no exchange ${example}`);
      const wanted = row.domain
        ? { ...recorded, body: withDomain(recorded.body, row.domain) }
        : { ...recorded, headers: {}, url: row.url };
      expect(
        differences({ ...sent, ...(!row.domain && { headers: {} }) }, wanted, {
          shown: shownNames(recording),
        }),
        `${row.form} ${text}`,
      ).toEqual([]);
    }
  });

  it('finds somebody for an empty number in Dolibarr alone', () => {
    const found = (form: string) => rowOf(recording, request, '-', form).matched?.length;
    expect(found('nobody')).toBe(0);
    expect(found('101')).toBe(0);
    expect(found('empty')).toBe(cases.setting.name === 'dolibarr' ? 14 : 0);
  });
});

/** The profile's search for the number of a row, in the row's form. */
function rendered(replayed: ReplayedCrm, row: SearchRow) {
  const text = textOf(row);
  const operation = replayed.profile.operations.findContact;
  const [step] = operation?.kind === 'search' ? operation.requests : [];
  const { session } = replayed.signedIn;
  if (!step || !session) throw new Error('the profile searches with one request, signed in');
  const variables = { phoneNumber: text, parsedPhoneNumber: parsePhoneNumber(text, 'US') };
  const scope = scopeOf(replayed.context, session, variables);
  const { url, ...request } = renderRequest(replayed.profile, step, scope, false);
  const { pathname, search } = new URL(url);
  return { text, sent: { ...request, url: pathname + search } };
}

/** The number of a row as it was written into the request. */
function textOf({ stored, form }: SearchRow): string {
  if (stored === '-') return { nobody: '+14155559999', empty: '' }[form] ?? form;
  const { number } = parsePhoneNumber(stored, 'US');
  const writings: Record<string, string> = {
    'e164-%2B': number.e164,
    e164: number.e164,
    digits: number.e164.slice(1),
    nsn: number.significant,
    national: number.national,
  };
  return writings[form] ?? form;
}

/** The recorded JSON-RPC call, searching for something else. */
function withDomain(body: unknown, domain: unknown): unknown {
  const call = structuredClone(body) as { params: { args: unknown[] } };
  call.params.args[5] = [domain];
  return call;
}
