import { describe, expect, it } from 'vitest';
import { adviceOnLeftovers, notFoundAgain } from '../../src/report/leftovers.ts';
import type { Leftover, Report } from '../../src/report/types.ts';
import { columns } from '../../src/reporters/console/wrap.ts';
import { renderConsole } from '../../src/reporters/console.ts';
import { renderHtml } from '../../src/reporters/html.tsx';
import { check, checks, report } from './sample.ts';
import { bad, good, interrupted, unmeasured } from './sample-reports.ts';

function screen(shown: Report, options: Partial<Parameters<typeof renderConsole>[1]> = {}): string {
  return renderConsole(shown, { colour: false, width: 100, unicode: true, ...options });
}

/** The line that holds the text, or a clear failure. */
function lineWith(text: string, on: string): string {
  const line = on.split('\n').find((candidate) => candidate.includes(text));
  if (line === undefined) throw new Error(`No line with "${text}" in\n${on}`);
  return line;
}

const left: Leftover = {
  kind: 'contact',
  id: null,
  name: 'crm-ready k3f9 Anna',
  reason: 'kept, as --keep asks',
};

const kinds = Object.entries({ good, bad, interrupted, unmeasured });

describe.each([100, 72, 40])('at %i columns', (width) => {
  it.each(kinds)('no line of a %s report is longer', (_, shown) => {
    for (const unicode of [true, false]) {
      for (const line of screen(shown, { width, unicode }).split('\n')) {
        expect(columns(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  it.each(kinds)('the ids of a %s report stay whole', (_, shown) => {
    const text = screen(shown, { width });
    for (const { id } of shown.checks) expect(text).toContain(` ${id}`);
  });

  it.each(kinds)('a %s report has neither escape sequences nor trailing blanks', (_, shown) => {
    const text = screen(shown, { width });
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(text).not.toMatch(/ \n/);
  });
});

it('stays between 40 and 100 columns on a very narrow, a very wide and an unknown terminal', () => {
  expect(screen(bad, { width: 12 })).toBe(screen(bad, { width: 40 }));
  expect(screen(bad, { width: 300 })).toBe(screen(bad, { width: 100 }));
  expect(screen(bad, { width: Number.NaN })).toBe(screen(bad, { width: 80 }));
});

it('opens with who was asked, by what, as whom', () => {
  expect(screen(good).split('\n')[1]).toBe(
    '  crm-ready 0.1.0 · Acme CRM (acme.yaml) · https://api.acme.example · as Dana Reyes · catalogue 1',
  );
});

it('heads every item with its score beside the share that is measured', () => {
  expect(lineWith('Log out', screen(bad))).toMatch(/^ {2}Log out +100 of 100 · measured 18 %$/);
  expect(lineWith('Create a contact', screen(bad))).toMatch(/100 of 100 · measured 100 %$/);
  expect(lineWith('Log out', screen(unmeasured))).toMatch(/not measured$/);
});

it.each([
  ['There is no activity "A10007".', 'There is no activity "A10007": see activity.read'],
  ['no id came back', 'no id came back: see activity.read'],
  ['the answer breaks off...', 'the answer breaks off...: see activity.read'],
])('puts what a row waits for behind "%s"', (summary, shown) => {
  const text = screen(
    report([check('activity.long', { verdict: 'blocked', summary, blockedBy: 'activity.read' })]),
  );
  expect(lineWith('activity.long', text)).toContain(shown);
});

it('shows a mark, the id and the summary of every requirement, aligned', () => {
  const text = screen(bad);
  const lines = [
    '    ✓ oauth.state                 returns state unchanged',
    '    ✗ oauth.code-exchange         the token endpoint wants PKCE',
    '    ⊘ oauth.refresh               needs an access token: see oauth.code-exchange',
    '    ~ oauth.pkce                  not offered to partners before June; until 2026-06-30',
    '    – auth.tls                    the CRM is on this machine',
    '    ▲ activity.long               cut at 255 characters without a word',
    '    · activity.message            add operations.createMessageLog to the profile',
    '    ? lookup.settle               429 after 40 s; asked the CRM to slow down twice. Not counted',
    '    i lookup.speed                median 84 ms, slowest 131 ms',
  ];
  for (const line of lines) expect(text.split('\n')).toContain(line);
});

it('explains what failed: why, expected, observed with its exchange, and both remedies', () => {
  const lines = screen(bad).split('\n');
  const start = lines.findIndex((line) => line.includes('✗ oauth.code-exchange'));
  expect(lines.slice(start + 1, start + 6)).toEqual([
    '        App Connect exchanges the code with HTTP Basic and no code_verifier.',
    '        expected   200 with an access token',
    `${'        observed   400 invalid_request "code_verifier is required"'.padEnd(89)}exchange 14`,
    '        vendor     make PKCE optional for confidential clients (RFC 7636 section 4.4.1)',
    '        until then a code connector that overrides the token request',
  ]);
});

it('does not explain what is met', () => {
  expect(screen(good)).not.toMatch(/vendor|until then|To measure/);
});

describe('the lookup matrix', () => {
  it('stands once, below lookup.any-format, as an aligned grid with a key', () => {
    const lines = screen(bad).split('\n');
    const start = lines.findIndex((line) => line.includes('▲ lookup.any-format'));
    expect(lines.slice(start + 1, start + 12)).toEqual([
      '             stored as  asked as',
      '                        +1415…  raw +  1415…  415…  (415) …  +1 415 …',
      '          +14155550123    ●       ○      ○     ○       ○        ·',
      '           14155550124    ●       ○      ●     ○       ○        ·',
      '            4155550125    ○       ○      ○     ●       ○        ·',
      '        (415) 555-0126    ○       ○      ○     ○       ●        ·',
      '          415-555-0127    ○       ○      ○     ○       ○        ?',
      '          415.555.0128    ○       ○      ○     ○       ○        ·',
      '        ● found   ○ not found   · not asked   ? no answer',
      '        To find what is missed, search these formats as well:',
      '          (###) ###-####,###-###-####',
    ]);
    expect(lines.filter((line) => line.includes('asked as'))).toHaveLength(1);
  });

  it('numbers its columns where their labels do not fit', () => {
    const text = screen(bad, { width: 40 });
    expect(text).toContain(
      '\n                        1  2  3  4  5  6\n          +14155550123  ●  ○  ○  ○  ○  ·\n',
    );
    expect(text).toContain('\n        6  +1 415 …\n');
  });

  it('is left out where the facts do not hold one', () => {
    for (const matrix of [
      null,
      7,
      {},
      { stored: [], queried: [], cells: [] },
      { stored: [{}], queried: 'x' },
    ]) {
      const text = screen(report(checks({ 'lookup.any-format': { facts: { matrix } } })));
      expect(text).not.toContain('asked as');
    }
  });
});

describe('the features', () => {
  it('say what decided them, and what to bear in mind', () => {
    const text = screen(bad);
    expect(lineWith('✗ Connect', text)).toMatch(/does not work {2}oauth\.code-exchange$/);
    expect(text).toContain('but: user.validates: a wrong credential gets a 200');
    expect(lineWith('▲ Call pop', text)).toMatch(
      /adapter code {3}lookup\.any-format \(2 more formats to search\)$/,
    );
    expect(lineWith('? Log messages', text)).toContain(
      'not described: activity.message, activity.message-update',
    );
    expect(lineWith('✓ Create contacts', text)).toMatch(/works$/);
    expect(lineWith('? Disconnect', text)).toMatch(/unknown {8}blocked by oauth\.code-exchange$/);
  });

  it('name a requirement that was left out as not asked', () => {
    const partial = report([check('user.name'), check('user.id')]);
    expect(screen(partial)).toContain('not asked: activity.message, activity.message-update');
  });
});

describe('the closing', () => {
  it('of a good report says so and asks for nothing', () => {
    const text = screen(good);
    expect(lineWith('READY', text)).toMatch(
      /^ {2}READY · score 100 · measured 100 % +64 checks, 96 requests, 14 s$/,
    );
    expect(text).toContain('15 test records were created and removed.');
    expect(text).not.toContain('First,');
  });

  it('of a bad report names the one thing to do first', () => {
    const text = screen(bad);
    expect(lineWith('NOT READY', text)).toMatch(/score \d+ · measured \d+ %/);
    expect(text).toContain('\n  Connect does not work.\n');
    expect(text).toContain('\n  First, oauth.code-exchange: make PKCE optional for confidential clients');
    expect(text).toContain('describe  add operations.createMessageLog to the profile');
    expect(text).toContain('mend      oauth.code-exchange: it blocks oauth.refresh, logout.endpoint');
    expect(text).toContain('ask again lookup.settle');
  });

  it('lists what was left behind, and how to remove it', () => {
    const text = screen(bad);
    expect(text).toContain('15 test records were created, 13 removed.');
    expect(text).toContain('contact  crm-ready k3f9 Anna, id 7731: the CRM answered 403 to the deletion');
    expect(text).toContain('call log crm-ready k3f9 call 2, id unknown: its id never arrived');
    expect(text).toContain('crm-ready clean');
  });

  it.each([
    [
      'an id',
      [{ ...left, id: '7' }],
      [],
      /Remove it with `crm-ready clean`, or by hand: search for the name\./,
    ],
    [
      'no id, and not found again',
      [{ ...left, reason: notFoundAgain }],
      [],
      /^Remove it by hand: search for/,
    ],
    ['no id, and not looked for', [left], [], /^Remove it with `crm-ready clean`/],
    [
      'an id for one of two',
      [
        { ...left, id: '7' },
        { ...left, kind: 'message log' },
      ],
      [],
      /clean`, the rest by hand/,
    ],
    [
      'an id in a CRM that is gone',
      [{ ...left, id: '7' }],
      ['demo'],
      /^Nothing is to be done: the CRM of the demo is gone, and the record with it\.$/,
    ],
    [
      'an id each in a CRM that is gone',
      [
        { ...left, id: '7' },
        { ...left, id: '8' },
      ],
      ['demo'],
      /is gone, and the records with it\.$/,
    ],
  ])('says of what is left with %s what can be done about it', (_what, leftovers, command, words) => {
    const one = { ...bad, leftovers, run: { ...bad.run, ...(command.length > 0 && { command }) } };
    const advice = adviceOnLeftovers(one);
    expect(advice).toMatch(words);
    expect(screen(one).replace(/\s+/g, ' ')).toContain(advice);
    expect(renderHtml(one).replace(/<\/?code>/g, '`')).toContain(advice);
  });

  it('of an interrupted report says that it is not whole', () => {
    expect(screen(interrupted)).toContain('Interrupted before the end');
    expect(lineWith('UNKNOWN', screen(interrupted))).toMatch(/score 100 · measured 5\d %/);
  });

  it('of a report in which nothing was measured shows no score', () => {
    const text = screen(unmeasured);
    expect(lineWith('UNKNOWN', text)).toMatch(/UNKNOWN · nothing measured +64 checks, 1 request, 30 s$/);
    expect(text).not.toMatch(/score \d|of 100/);
    expect(text).toContain('Nothing was created in the CRM.');
  });

  it('of a read-only run says that nothing was written', () => {
    const readOnly = { ...good, run: { ...good.run, readOnly: true, created: 0, deleted: 0 } };
    expect(screen(readOnly)).toContain('Read-only: nothing was written.');
  });
});

it('uses ASCII only where the terminal knows no more', () => {
  expect(screen(bad, { unicode: false })).toMatch(/^[\n -~]*$/);
  expect(screen(bad, { unicode: false })).toContain('    x oauth.code-exchange         the token');
});

it('adds colour and nothing else', () => {
  const coloured = screen(bad, { colour: true });
  expect(coloured).toContain('\u001b[31m✗\u001b[39m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what is looked for
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(screen(bad));
});

it('makes hostile text of a CRM inert, wherever it stands', () => {
  const hostile =
    'Zoë\u001b[2J\u001b]0;owned\u0007\u009b31m\r\n  ✓ forged\u202Eline\u2066\u0000\u{E0041} end';
  const shown = report(
    checks({
      'user.name': {
        verdict: 'fail',
        summary: hostile,
        observed: hostile,
        expected: hostile,
        cautions: [hostile],
      },
      'lookup.any-format': {
        facts: {
          matrix: {
            stored: [{ format: 'e164', text: hostile }],
            queried: [{ format: 'e164', label: hostile }],
            cells: [['hit']],
          },
        },
      },
    }),
    { notes: [hostile], leftovers: [{ kind: hostile, id: hostile, name: hostile, reason: hostile }] },
  );
  shown.run.user = hostile;
  const text = screen(shown);
  expect(text).toContain('Zoë');
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text).not.toMatch(/^ *✓ forged/m);
});

it('clips a text without an end', () => {
  const endless = report(checks({ 'user.name': { summary: 'x'.repeat(100_000) } }));
  expect(screen(endless).length).toBeLessThan(screen(good).length + 1000);
  expect(screen(endless)).toContain('x…');
});
