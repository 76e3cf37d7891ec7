import { describe, expect, test } from 'vitest';
import { seenByReader } from '../../src/checks/activity/fidelity/reader.ts';
import { unknownLike } from '../../src/checks/activity/unknown-like.ts';
import type { Expression, LogFormat, Profile, TemplateValue } from '../../src/profile/types.ts';
import { tellingStart } from '../../src/run/specimens/probe-calls.ts';
import { findTextLimit, mostTries } from '../../src/run/specimens/text-limit.ts';
import { checkSandbox } from '../harness.ts';

/** The reference profile with other mappings of `getCallLog`, or another body of `createCallLog`. */
function changed(
  mapping: (written: Record<string, Expression>) => Record<string, Expression>,
  body: (written: { [key: string]: TemplateValue }) => { [key: string]: TemplateValue } = (written) =>
    written,
) {
  return (profile: Profile): Profile => {
    const { getCallLog, createCallLog } = profile.operations;
    if (getCallLog?.kind !== 'sequence' || createCallLog?.kind !== 'sequence')
      throw new Error('both are described');
    const steps = createCallLog.steps.map((step) => ({
      ...step,
      body: body(step.body as { [key: string]: TemplateValue }),
    }));
    const responseMapping = mapping(getCallLog.responseMapping as Record<string, Expression>);
    return {
      ...profile,
      operations: {
        ...profile.operations,
        getCallLog: { ...getCallLog, responseMapping },
        createCallLog: { ...createCallLog, steps },
      },
    };
  };
}

const nothingMapped = changed(({ subjectPath = '', contactIdPath = '' }) => ({ subjectPath, contactIdPath }));
const only = ['activity'];

/** Verdict and summary of some requirements. */
async function said(faults: string[], ids: string[], change: (profile: Profile) => Profile) {
  const { checks } = await checkSandbox(faults, { change, only });
  return Object.fromEntries(
    ids.map((id) => {
      const { verdict = 'none', summary = '' } = checks.get(`activity.${id}`) ?? {};
      return [id, `${verdict}: ${summary}`];
    }),
  );
}

describe.concurrent('where the profile does not say where the values stand', () => {
  test('they are found in the answer', async ({ expect }) => {
    const ids = ['direction', 'time', 'unicode', 'markup'];
    const found = await said([], ids, nothingMapped);
    expect(found).toEqual({
      direction: 'pass: inbound "inbound", outbound "outbound"; answered "Call connected", missed "Missed"',
      time: 'pass: start and duration are the same, in UTC and with an offset',
      unicode: expect.stringMatching(/^pass/),
      markup: expect.stringMatching(/^pass/),
    });
  });

  test('and what is wrong with them', async ({ expect }) => {
    const faults = ['call-direction-lost', 'call-offset-ignored', 'emoji-lost', 'markup-escaped'];
    expect(await said(faults, ['direction', 'time', 'unicode', 'markup'], nothingMapped)).toEqual({
      direction: expect.stringMatching(/^warn: inbound and outbound calls look alike \(both "inbound"\)/),
      time: expect.stringMatching(/^warn: .*moved by -5 h.*offset -05:00/),
      unicode: expect.stringMatching(/^warn: each emoji became `\?`/),
      markup: expect.stringMatching(/^warn: .*`<` became `&lt;`/),
    });
  });

  test('an empty date is empty, not unseen', async ({ expect }) => {
    expect(await said(['call-times-empty'], ['time'], nothingMapped)).toEqual({
      time: 'warn: the date is empty',
    });
  });
});

describe.concurrent('where the profile does not send them', () => {
  const silent = changed(
    (mapping) => mapping,
    ({ direction: _direction, ...rest }) => ({ ...rest, direction: 'Inbound' }),
  );

  test('the direction is not the fault of the CRM', async ({ expect }) => {
    expect(await said([], ['direction'], silent)).toEqual({
      direction: expect.stringMatching(
        /^not-described: .*does not send the direction: add \{\{ callLog.direction \}\} to operations.createCallLog/,
      ),
    });
  });
});

describe.concurrent("App Connect's sequence", () => {
  const inFormat = (logFormat: LogFormat) => (profile: Profile) => ({
    ...profile,
    meta: { ...profile.meta, logFormat },
  });

  test.for(['text/plain', 'text/html', 'text/markdown'] as const)(
    'is survived in %s',
    async (format, { expect }) => {
      expect(await said([], ['enrich', 'unicode', 'markup', 'long'], inFormat(format))).toEqual({
        enrich: 'pass: edit, recording link and AI note are all there, each label once',
        unicode: expect.stringMatching(/^pass/),
        markup: expect.stringMatching(/^pass/),
        long: expect.stringMatching(/^pass/),
      });
    },
  );

  test('is not survived where HTML is escaped', async ({ expect }) => {
    expect(await said(['markup-escaped'], ['enrich'], inFormat('text/html'))).toEqual({
      enrich: expect.stringMatching(/^fail: not found again by App Connect: Agent notes/),
    });
  });
});

test('a long text that the profile does not want is not written for others either', async () => {
  const optOut = { 'activity.long': 'each character is billed' };
  const { checks, report } = await checkSandbox([], { change: (profile) => ({ ...profile, optOut }), only });
  expect(checks.get('activity.long')?.summary).toBe('left out by the profile: each character is billed');
  expect(checks.get('activity.enrich')?.verdict).toBe('pass');
  expect(report.exchanges.filter(({ request }) => (request.body ?? '').length > 2000)).toEqual([]);
});

describe('the limit of a text', () => {
  async function search(limit: number, usual = { accepted: 90, refused: 20_000 }) {
    const tried: number[] = [];
    const found = await findTextLimit(usual, async (length) => {
      tried.push(length);
      return length <= limit;
    });
    return { found, tries: tried.length };
  }

  test.for([255, 256, 1000, 2000, 2048, 4096, 5000, 16_384])(
    'of %i is found, and one character more is tried',
    async (limit) => {
      const { found, tries } = await search(limit);
      expect(found).toEqual({ accepted: limit, refused: limit + 1 });
      expect(tries).toBeLessThanOrEqual(6);
    },
  );

  test('that is no usual one is narrowed down, with few texts', async () => {
    const { found, tries } = await search(17_777);
    expect(tries).toBe(mostTries);
    expect(found.accepted).toBeLessThanOrEqual(17_777);
    expect(found.refused).toBeGreaterThan(17_777);
    expect(found.refused - found.accepted).toBeLessThan(100);
  });

  test('is not guessed where an answer does not come', async () => {
    expect(await findTextLimit({ accepted: 90, refused: 20_000 }, async () => null)).toEqual({
      accepted: 90,
      refused: 20_000,
    });
  });

  test('is told in summary and remedy', async () => {
    const { checks, left } = await checkSandbox(['long-text-refused'], { only });
    const long = checks.get('activity.long');
    expect(long?.summary).toMatch(/^a text of more than 2,000 characters is refused: HTTP 413/);
    expect(long?.facts).toMatchObject({ limit: { accepted: 2000, refused: 2001 } });
    expect(long?.remedy.integrator).toContain('2,000');
    expect(left.activities).toEqual([]);
  });
});

describe('an id that no record has', () => {
  test.for([
    [500_001, /^9\d{8}$/],
    ['A10023', /^A9\d{8}$/],
    ['9x1234', /^9x9\d{8}$/],
    ['123456789012', /^1239\d{8}$/],
    ['0f8fad5b-d9cb-469f-a165-70867728950e', /^0f8fad5b-d9cb-469f-a165-[\da-f]{12}$/],
    ['xWMyZ4YEGZ', /^[a-z][A-Z]{2}[a-z][A-Z]\d[A-Z]{4}$/],
  ] as const)('looks like %s', ([id, shape]) => {
    const unknown = unknownLike(id, 'seed');
    expect(String(unknown)).toMatch(shape);
    expect(typeof unknown).toBe(typeof id);
    expect(unknown).not.toBe(id);
    expect(unknownLike(id, 'seed')).toBe(unknown);
    expect(unknownLike(id, 'another')).not.toBe(unknown);
  });
});

test('the start of a call on trial has a day that could be a month, another than its own, and seconds', () => {
  const day = 86_400_000;
  for (let now = Date.UTC(2026, 0, 1); now < Date.UTC(2027, 0, 1); now += day) {
    const start = tellingStart(now);
    expect(start.getUTCDate()).toBeLessThanOrEqual(12);
    expect(start.getUTCDate()).not.toBe(start.getUTCMonth() + 1);
    expect(start.getUTCSeconds()).toBeGreaterThan(0);
    expect(start.getTime()).toBeLessThan(now);
  }
});

test.for([
  ['<b>One</b><br>5 < 6 & "ok"', '<p><b>One</b><br/>5 &lt; 6 &amp; &quot;ok&quot;</p>', true],
  ['<b>One</b><br>two', '<b>One</b> two', false],
  ['<b>One</b>', '&lt;b&gt;One&lt;/b&gt;', false],
  ['5 &lt; 6', '5 &amp;lt; 6', false],
  ['<a href="https://a.example">open</a>', '<a href="https://a.example" rel="noopener">open</a>', true],
  ['<a href="https://a.example">open</a>', 'open', false],
] as const)('a reader of %s and of %s sees the same: %s', ([one, other, same]) => {
  expect(seenByReader(one) === seenByReader(other)).toBe(same);
});
