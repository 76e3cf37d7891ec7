import { afterAll, test } from 'vitest';
import { formats, storedFormats } from '../../src/checks/phone-lookup/formats.ts';
import type { Cell, Matrix } from '../../src/checks/phone-lookup/matrix.ts';
import { parsePhoneNumber } from '../../src/crm/phone.ts';
import { checkProfile } from '../harness.ts';
import { withCrm } from './client.ts';
import type { CrmOptions } from './options.ts';
import { profileOf } from './profile.ts';

/**
 * The four classes of search, each on a CRM that compares so: the matrix, the class, the smallest set of further
 * formats; and that set proven on the same CRM by asking for contacts of our own in it, by hand.
 */
interface Row {
  name: string;
  faults: Partial<CrmOptions>;
  found: string;
  set: string[];
  /** Stored formats that no format finds. */
  lost: (typeof storedFormats)[number][];
}

const everyWriting = [
  '1##########',
  '##########',
  '(###) ###-####',
  '###-###-####',
  '###.###.####',
  '### ### ####',
];
const rows: Row[] = [
  { name: 'normalising', faults: { search: 'normalising' }, found: 'normalising', set: [], lost: [] },
  {
    name: 'normalising on write',
    faults: { search: 'normalise-on-write' },
    found: 'normalising',
    set: [],
    lost: [],
  },
  {
    name: 'suffix of ten digits',
    faults: { search: 'suffix', suffixDigits: 10 },
    found: 'suffix or substring',
    set: [],
    lost: ['extension'],
  },
  {
    name: 'suffix of seven digits',
    faults: { search: 'suffix', suffixDigits: 7 },
    found: 'suffix or substring',
    set: [],
    lost: ['extension'],
  },
  {
    name: 'substring of the digits',
    faults: { search: 'substring-digits' },
    found: 'suffix or substring',
    set: ['##########'],
    lost: [],
  },
  {
    name: 'substring of the text',
    faults: { search: 'substring-text' },
    found: 'suffix or substring',
    set: ['##########', '(###) ###-####', '###-###-####', '###.###.####', '### ### ####'],
    lost: [],
  },
  { name: 'exact', faults: { search: 'exact' }, found: 'exact', set: everyWriting, lost: ['extension'] },
  {
    name: 'exact, E.164 only',
    faults: { search: 'e164-only-stored' },
    found: 'exact',
    set: [],
    lost: [],
  },
  { name: 'split', faults: { search: 'split' }, found: 'exact', set: ['##########'], lost: [] },
];

const told: string[] = [];
afterAll(() => {
  process.stdout.write(`\nSearch classes, their matrices and smallest sets\n${told.join('\n\n')}\n`);
});

test.concurrent.for(rows)('a search that is $name', ({ name, faults, found, set, lost }, { expect }) =>
  withCrm(faults, async (client) => {
    const profile = await profileOf(client.crm, { settleSeconds: 0.3 });
    const { checks } = await checkProfile(profile, { only: ['phone-lookup'] });
    const facts = checks.get('lookup.any-format')?.facts as {
      matrix: Matrix;
      extraFormats: string[];
      unreachable: string[];
    };
    const said = checks.get('lookup.class')?.facts as { class: string };
    told.push(
      [
        `${name}: ${said.class}; E.164 and ${facts.extraFormats.join(', ') || 'nothing else'}`,
        ...drawn(facts.matrix),
      ].join('\n'),
    );
    expect(said.class).toBe(found);
    expect(facts.extraFormats).toEqual(set);
    expect(checks.get('lookup.recoverable')?.summary).not.toContain('area code');
    const unreachable = facts.matrix.stored.filter(({ text }) => facts.unreachable.includes(text));
    expect(unreachable.map(({ format }) => format)).toEqual(lost);

    // The set, put to the proof: contacts that the run has never seen, searched in these formats and no others.
    for (const [index, format] of storedFormats.entries()) {
      const e164 = `+1907555010${index}`;
      const made = await client.create(formats[format].write(e164));
      if (made.status !== 201) continue;
      const asked = ['+1##########', ...set].map((one) => filled(one, e164));
      const counts = await Promise.all(asked.map((text) => client.find(text)));
      expect([format, counts.some((count) => count > 0)]).toEqual([format, !lost.includes(format)]);
      await client.ask('DELETE', `/contacts/${made.body.contact.id}`);
    }
  }),
);

test.concurrent.for(['unusable', 'everybody'] as const)('a search that is %s', (search, { expect }) =>
  withCrm({ search }, async (client) => {
    const profile = await profileOf(client.crm, { settleSeconds: 0.3 });
    const { checks, report } = await checkProfile(profile, { only: ['phone-lookup'] });
    expect(checks.get('lookup.class')?.summary).toContain('unusable');
    expect(checks.get('lookup.any-format')).toMatchObject({ verdict: 'blocked', earned: null });
    expect(report.features['call-pop'].state).toBe('does not work');
    told.push(`${search}: ${checks.get('lookup.class')?.summary}`);
  }),
);

test.concurrent.for([
  ['essential', '1'],
  ['essential', '2'],
  ['full', '3'],
] as const)(
  'where area codes differ in length, the %s set finds every number that was stored (seed %s)',
  ([lookup, seed], { expect }) =>
    withCrm({ search: 'exact' }, async (client) => {
      const profile = { ...(await profileOf(client.crm, { settleSeconds: 0.3 })), region: 'GB' };
      const only = ['lookup.any-format', 'lookup.recoverable', 'lookup.class'];
      const { checks } = await checkProfile(profile, { only, lookup, seed });
      const facts = checks.get('lookup.any-format')?.facts as { matrix: Matrix; extraFormats: string[] };
      const { matrix, extraFormats } = facts;
      const rows = matrix.stored.filter(({ format }) => format !== 'e164' && format !== 'extension');
      // Some of 020 and some of 0113: else there is nothing to see.
      expect(new Set(rows.map(({ text }) => /^(?:44|0)?(20|113)/.exec(text)?.[1])).size).toBe(2);
      for (const { text, e164 } of rows) {
        expect(extraFormats.map((format) => filled(format, e164))).toContain(text);
      }
      expect(new Set(extraFormats).size).toBe(extraFormats.length);
      expect(extraFormats.some((format) => /^0##\D/.test(format))).toBe(true);
      for (const id of ['lookup.any-format', 'lookup.recoverable'])
        expect(checks.get(id)?.summary).toContain('national forms differ by the length of the area code');
      expect(checks.get('lookup.class')?.summary).toContain(`${1 + extraFormats.length} formats needed`);
    }),
);

/** A number in App Connect's notation, as a connector with code would write it. */
function filled(notation: string, e164: string): string {
  const digits = [...parsePhoneNumber(e164, 'US').number.significant];
  return notation.replace(/#/g, () => digits.shift() ?? '');
}

const marks: Record<Cell, string> = { hit: '●', miss: '○', refused: '×', 'not-asked': '·', trouble: '?' };

function drawn({ stored, queried, cells }: Matrix): string[] {
  const labels = queried.map(({ label }) => label);
  return [
    `${' '.repeat(26)}${labels.join('  ')}`,
    ...stored.map(({ text }, row) =>
      `${text.padStart(24)}  ${labels.map((label, column) => marks[cells[row]?.[column] ?? 'not-asked'].padEnd(label.length)).join('  ')}`.trimEnd(),
    ),
  ];
}
