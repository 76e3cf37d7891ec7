import { describe, test } from 'vitest';
import settle from '../../src/checks/phone-lookup/settle.ts';
import type { CheckResult } from '../../src/report/types.ts';
import { checkProfile } from '../harness.ts';
import { withCrm } from '../imitations/client.ts';
import { profileOf } from '../imitations/profile.ts';
import { type FrontOptions, html, json } from '../secrets/front.ts';
import type { Inspected } from '../secrets/inspect.ts';
import { check, isSearch } from './behind-front.ts';

describe.concurrent('how long a new contact takes to be found', () => {
  test('is not known where a rate limit stood before the answer', async ({ expect }) => {
    const asked = new Map<string, number>();
    const ran = await check(
      {
        reply: (seen) => {
          if (!isSearch(seen)) return undefined;
          const times = (asked.get(seen.url) ?? 0) + 1;
          asked.set(seen.url, times);
          // Free, then not found yet, then too many.
          if (times === 2) return json({ contacts: [] });
          return times === 3 ? { ...json({}, 429), headers: { 'retry-after': '11' } } : undefined;
        },
      },
      ['lookup.settle'],
      { settle: 20 },
    );
    expect(ran.checks.get('lookup.settle')).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringMatching(/^found 1\d\.\d s .*, but no question was answered since \d\.\d s/),
    });
  });

  test.for([
    ['found in time', { afterSeconds: 8.4, missedSeconds: 7.4 }, 'pass'],
    ['missed at the limit', { afterSeconds: 11.2, missedSeconds: 10 }, 'warn'],
    ['found by the question at the limit', { afterSeconds: 10.1, missedSeconds: 9.2 }, 'pass'],
    ['found by the first answer, after trouble', { afterSeconds: 12, missedSeconds: null }, 'inconclusive'],
    ['late, in an older report', { afterSeconds: 12.9 }, 'warn'],
  ] as const)('%s', ([, facts, verdict], { expect }) => {
    expect(settle.judge(facts).verdict).toBe(verdict);
  });
});

describe.concurrent('with --read-only, the contact that is asked for by E.164', () => {
  interface Fixture {
    id: string;
    phoneNumber: string;
    name?: string;
    storedAs?: string;
  }
  const national: Fixture = { id: '7', phoneNumber: '+14155550123', storedAs: '(415) 555-0123' };
  const plain: Fixture = { id: '8', phoneNumber: '+14155550124' };
  /** A CRM that compares texts, and in which are just these two. */
  const exact: FrontOptions = {
    reply: (seen) => {
      if (!isSearch(seen)) return undefined;
      const asked = new URLSearchParams(seen.url.split('?')[1]).get('phone');
      const found = [national, plain].filter(({ phoneNumber, storedAs = phoneNumber }) => storedAs === asked);
      return json({ contacts: found.map(({ id }) => ({ id, name: `Nobody ${id}`, phone: asked })) });
    },
  };
  const only = ['lookup.e164', 'lookup.plus', 'lookup.fields', 'lookup.any-format'];
  const verdicts = ({ checks }: Inspected) => only.map((id) => checks.get(id)?.verdict);

  test('is one that is stored so, wherever it stands', async ({ expect }) => {
    const fixtures = { contacts: [national, plain] };
    const ran = await check(exact, only, { fixtures }, { readOnly: true });
    expect(verdicts(ran)).toEqual(['pass', 'pass', 'pass', 'warn']);
    // Of the control contact alone, a raw plus is asked as well.
    const facts = ran.checks.get('lookup.any-format')?.facts;
    const cells = [expect.arrayContaining([]), ['hit', 'miss', ...Array(7).fill('miss')]];
    expect(facts).toMatchObject({ matrix: { cells } });
  });

  test.for([
    [undefined, 'id and name'],
    ['Nobody 8', 'id and name, as written'],
    ['NOBODY 8', 'id and name; the name is not quite as written'],
  ] as const)('is compared by the name %s', async ([name, summary], { expect }) => {
    const contacts = [{ ...plain, ...(name && { name }) }];
    const ran = await check(exact, ['lookup.fields'], { fixtures: { contacts } }, { readOnly: true });
    expect(ran.checks.get('lookup.fields')).toMatchObject({ verdict: 'pass', summary });
  });

  test('is not found fault with for the writing of another', async ({ expect }) => {
    const ran = await check(exact, only, { fixtures: { contacts: [national] } }, { readOnly: true });
    expect(verdicts(ran)).toEqual(['inconclusive', 'blocked', 'blocked', 'warn']);
    expect(ran.checks.get('lookup.e164')?.summary).toContain('stored as (415) 555-0123: name a contact');
  });
});

test('an empty number that the profile drops is not held against the CRM', async ({ expect }) => {
  const ran = await check(
    {
      // No number at all: a list of everybody, as most do.
      reply: ({ method, url }) =>
        method === 'GET' && url === '/api/contacts'
          ? json({ contacts: [{ id: 'X1', name: 'Somebody Else', phone: '+13055550199' }] })
          : undefined,
    },
    ['lookup.not-everybody'],
    {
      operations: {
        findContact: {
          url: '/contacts',
          query: { phone: '{{ phoneNumber | omit_empty }}' },
          responseMapping: {
            listPath: 'body.contacts',
            item: { idPath: 'id', namePath: 'name', phonePath: 'phone' },
          },
        },
      },
    },
  );
  expect(ran.checks.get('lookup.not-everybody')).toMatchObject({
    verdict: 'pass',
    cautions: [expect.stringContaining('the profile drops an empty phone number')],
  });
});

describe.concurrent('an answer to a search that the profile does not read', () => {
  const only = ['lookup.e164', 'lookup.none', 'contact.found'];
  const said = ({ checks }: Inspected) => only.map((id) => checks.get(id)?.verdict);

  test('shows nothing where no other was read', async ({ expect }) => {
    const page = html('<h1>Maintenance until 10:00</h1>');
    const ran = await check({ reply: (seen) => (isSearch(seen) ? page : undefined) }, only);
    expect(said(ran)).toEqual(['inconclusive', 'inconclusive', 'inconclusive']);
    expect(ran.checks.get('lookup.none')).toMatchObject({
      expected: '200 with an empty list',
      observed: expect.stringContaining('which is no JSON but text/html'),
    });
  });

  test('is a fault where others are', async ({ expect }) => {
    const ran = await check(
      {
        change: (seen, honest) =>
          isSearch(seen) && String(honest.body).includes('"id"') ? json({ people: [] }) : honest,
      },
      only,
    );
    expect(said(ran)).toEqual(['fail', 'pass', 'fail']);
  });
});

test('a search that is answered with 404 whatever it is asked does not say that nobody is there', async ({
  expect,
}) => {
  const ran = await check(
    { reply: (seen) => (isSearch(seen) ? json({ error: 'no such route' }, 404) : undefined) },
    ['lookup.none', 'lookup.e164'],
  );
  expect(ran.checks.get('lookup.none')).toMatchObject({
    verdict: 'inconclusive',
    observed: 'HTTP 404 "no such route"',
  });
  expect(ran.checks.get('lookup.e164')?.verdict).toBe('fail');
});

test('a raw plus is tried, too, where a CRM that reads %2B as a space says 404 for nobody', async ({
  expect,
}) => {
  const ran = await check({ faults: ['search-misreads-encoded-plus', 'search-404-for-none'] }, [
    'lookup.plus',
    'lookup.e164',
    'lookup.none',
  ]);
  const verdicts = ['lookup.plus', 'lookup.e164', 'lookup.none'].map((id) => ran.checks.get(id)?.verdict);
  expect(verdicts).toEqual(['fail', 'pass', 'warn']);
});

describe.concurrent('stored formats of which there is no answer', () => {
  const only = ['lookup.any-format', 'lookup.recoverable', 'lookup.class'];
  const tooMany = { ...json({ error: 'slow down' }, 429), headers: { 'retry-after': '120' } };
  const verdicts = ({ checks }: Inspected) => only.map((id) => checks.get(id)?.verdict);

  test('are neither found nor missed', async ({ expect }) => {
    const ran = await check(
      {
        change: (seen, honest) =>
          isSearch(seen) && String(honest.body).includes('"phone":"(') ? tooMany : honest,
      },
      only,
    );
    expect(verdicts(ran)).toEqual(['inconclusive', 'pass', 'inconclusive']);
    const named = expect.stringMatching(
      /^[^;]*(; )?no answer about \(\d{3}\) 555-\d{4}, \(\d{3}\) 555-\d{4} ext\. 101$/,
    );
    for (const id of only) expect(ran.checks.get(id)?.summary).toEqual(named);
  });

  test('are not left out where it is the creation that was not answered', async ({ expect }) => {
    const ran = await check(
      {
        reply: ({ method, body }) =>
          method === 'POST' && /"phone":"\d{3}\./.test(body) ? json({ error: 'busy' }, 503) : undefined,
      },
      only,
    );
    expect(verdicts(ran)).toEqual(['inconclusive', 'pass', 'inconclusive']);
  });
});

describe.concurrent('formats that were refused', () => {
  const only = ['lookup.any-format', 'lookup.recoverable', 'lookup.class', 'lookup.countries'];
  const verdicts = ({ checks }: Inspected) => only.map((id) => checks.get(id)?.verdict);
  const full = json({ error: 'the contact limit of your plan is reached' }, 403);
  /** A plan with room for so many contacts. */
  const roomFor = (contacts: number): FrontOptions => {
    let room = contacts;
    return {
      reply: ({ method, url }) =>
        method === 'POST' && url === '/api/contacts' && room-- <= 0 ? full : undefined,
    };
  };

  test('are not refused as formats where E.164 is refused as well', async ({ expect }) => {
    const ran = await check(roomFor(1), only);
    expect(verdicts(ran)).toEqual(['inconclusive', 'inconclusive', 'inconclusive', 'inconclusive']);
    for (const id of only) {
      const quoted = 'HTTP 403 "the contact limit of your plan is reached"';
      expect(ran.checks.get(id)?.summary).toContain(quoted);
    }
  });

  test('are not left out where the CRM stopped in the middle of them', async ({ expect }) => {
    const ran = await check(roomFor(4), only);
    expect(verdicts(ran)).toEqual(['inconclusive', 'pass', 'inconclusive', 'inconclusive']);
    const { summary } = ran.checks.get('lookup.any-format') ?? {};
    expect(summary).toMatch(
      /^finds 3 of 3 stored formats by E\.164; .*could not be stored: HTTP 403 "the contact/,
    );
    expect(ran.checks.get('lookup.recoverable')?.summary).not.toContain('no further format is needed');
  });

  test('are foreign numbers, and not accepted, where the own country goes on being accepted', async ({
    expect,
  }) => {
    const ran = await check(
      {
        reply: ({ method, url, body }) =>
          method === 'POST' && url === '/api/contacts' && !/"phone":"[^"]*555[ .-]?01/.test(body)
            ? json({ error: 'a number of this country, please' }, 422)
            : undefined,
      },
      only,
    );
    expect(verdicts(ran)).toEqual(['pass', 'pass', 'pass', 'warn']);
    expect(ran.checks.get('lookup.countries')?.observed).toContain(
      'not accepted (HTTP 422 "a number of this country, please")',
    );
  });
});

describe.concurrent('people who have fictional numbers in a second field', () => {
  const only = ['lookup.e164', 'lookup.none', 'lookup.not-everybody'];
  const withDemoPeople = async (mobiles: readonly string[], region: string) => {
    let checks = new Map<string, CheckResult>();
    await withCrm({}, async (client) => {
      await Promise.all(
        mobiles.map((mobile, index) =>
          client.create(`+1650253${1000 + index}`, { name: `Demo Person ${index}`, mobile }),
        ),
      );
      const profile = { ...(await profileOf(client.crm, { settleSeconds: 0.3 })), region };
      ({ checks } = await checkProfile(profile, { only, seed: 'demo people' }));
    });
    return checks;
  };
  const upTo = (count: number, start: string) =>
    Array.from({ length: count }, (_, index) => start + String(index).padStart(2, '0'));

  test('do not stand for a number that nobody has: another is drawn', async ({ expect }) => {
    // Of one hundred.
    const checks = await withDemoPeople(upTo(70, '+468465004'), 'SE');
    expect(only.map((id) => checks.get(id)?.verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  test('are not found by the last seven digits of another', async ({ expect }) => {
    const checks = await withDemoPeople([...upTo(100, '+121255501'), ...upTo(100, '+121355501')], 'US');
    expect(checks.get('lookup.not-everybody')).toMatchObject({
      verdict: 'pass',
      summary: "nobody for 5 numbers that are nobody's",
    });
  });

  test.for([
    ['one person for every number', () => 'X1', 20],
    ['another person for each number', (asked: string) => `X${asked}`, 30],
  ] as const)('are told from a search that finds %s', async ([, idFor, most], { expect }) => {
    let searches = 0;
    const ran = await check(
      {
        reply: (seen) => {
          if (!isSearch(seen)) return undefined;
          searches += 1;
          const asked = new URLSearchParams(seen.url.split('?')[1]).get('phone') ?? '';
          return json({ contacts: [{ id: idFor(asked.slice(1)), name: 'Nobody', phone: '+16502530000' }] });
        },
      },
      only,
    );
    expect(ran.checks.get('lookup.none')).toMatchObject({ verdict: 'fail', observed: '1 contact' });
    expect(ran.checks.get('lookup.not-everybody')?.verdict).toBe('fail');
    expect(searches).toBeLessThanOrEqual(most);
  });
});

test('a contact that comes back with its number alone is found, and lacks id and name', async ({
  expect,
}) => {
  const ran = await check(
    {
      change: (seen, honest) => {
        if (!isSearch(seen)) return honest;
        const { contacts } = JSON.parse(String(honest.body)) as { contacts: { phone: string }[] };
        return json({ contacts: contacts.map(({ phone }) => ({ phone })) });
      },
    },
    ['lookup.e164', 'lookup.fields'],
  );
  expect(ran.checks.get('lookup.e164')?.verdict).toBe('pass');
  expect(ran.checks.get('lookup.fields')).toMatchObject({
    verdict: 'fail',
    summary: 'no id and no name with the contact',
  });
});
