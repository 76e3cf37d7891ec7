import { describe, expect, test } from 'vitest';
import { loadProfile } from '../../src/profile/load.ts';
import type { Profile } from '../../src/profile/types.ts';
import type { CheckResult, Report } from '../../src/report/types.ts';
import { renderVendor } from '../../src/reporters/vendor.tsx';
import { judgeAgain } from '../../src/verdict/judge-again.ts';
import { checkProfile, checkSandbox } from '../harness.ts';
import { startFront } from '../secrets/front.ts';

type Json = Record<string, unknown>;

/** The reference CRM, one answer of which is written anew. */
async function checkWith(
  id: string,
  request: string,
  answer: (body: Json) => unknown,
  change: (profile: Profile) => Profile = (profile) => profile,
): Promise<{ check: CheckResult; report: Report }> {
  const front = await startFront({
    change: ({ method, url }, honest) =>
      `${method} ${url}`.startsWith(request) && honest.status < 300
        ? { ...honest, body: JSON.stringify(answer(JSON.parse(honest.body.toString()))) }
        : honest,
  });
  try {
    const profile = await loadProfile('profiles/reference-api-key.yaml', {
      env: { REFERENCE_API_KEY: front.sandbox.credentials.apiKey },
      vars: { port: String(front.port) },
    });
    const { checks, report } = await checkProfile(change({ ...profile, settleSeconds: 0.2 }), { only: [id] });
    const check = checks.get(id);
    if (!check) throw new Error(`${id} was not asked`);
    return { check, report };
  } finally {
    await front.close();
  }
}

/** Looks for something of an operation's answer at another path. */
function looking(operation: 'createContact' | 'getUserInfo', key: string, path: string) {
  return (profile: Profile): Profile => {
    const described = profile.operations[operation];
    if (described?.kind !== 'sequence') throw new Error(`${operation} is not described`);
    const responseMapping = { ...described.responseMapping, [key]: path };
    return {
      ...profile,
      operations: { ...profile.operations, [operation]: { ...described, responseMapping } },
    };
  };
}

const mapping = (operation: string, key: string) => `operations.${operation}.responseMapping.${key}`;

const slips: [
  what: string,
  id: string,
  advice: string,
  ...how: [string, (body: Json) => unknown, ((profile: Profile) => Profile)?],
][] = [
  [
    'an id beside the place that a creation names',
    'contact.create',
    `${mapping('createContact', 'idPath')} to body.id`,
    'POST /api/contacts',
    ({ contact }) => contact,
    looking('createContact', 'idPath', 'body.data.id'),
  ],
  [
    'an id of a call in an envelope',
    'activity.create',
    `${mapping('createCallLog', 'idPath')} to body.data.id`,
    'POST /api/activities',
    ({ activity }) => ({ data: activity }),
  ],
  [
    'an id in other capitals',
    'user.id',
    `${mapping('getUserInfo', 'idPath')} to body.id`,
    'GET /api/me',
    (body) => body,
    looking('getUserInfo', 'idPath', 'body.ID'),
  ],
  [
    'a name of the user in an envelope',
    'user.name',
    `${mapping('getUserInfo', 'namePath')} to body.user.name`,
    'GET /api/me',
    (body) => ({ user: body }),
  ],
  [
    'a subject in an envelope',
    'activity.read',
    `${mapping('getCallLog', 'subjectPath')} to body.data.subject`,
    'GET /api/activities/',
    ({ activity }) => ({ data: activity }),
  ],
  [
    'names of contacts one level deeper',
    'lookup.fields',
    `${mapping('findContact', 'item.namePath')} to person.name`,
    'GET /api/contacts?phone',
    ({ contacts }) => ({
      contacts: (contacts as Json[]).map(({ name, ...rest }) => ({ ...rest, person: { name } })),
    }),
  ],
];

describe.concurrent('a slip of the profile is none of the CRM:', () => {
  test.for(slips)('%s', async ([, id, advice, ...how], { expect }) => {
    const { check, report } = await checkWith(id, ...how);
    expect(check).toMatchObject({ verdict: 'inconclusive', remedy: { vendor: '' } });
    expect(check.summary).toContain(`change ${advice}`);
    expect(check.remedy.integrator).toContain(`hange ${advice}`);
    expect(renderVendor(report)).not.toContain(`id="${id}"`);

    const again = judgeAgain(JSON.parse(JSON.stringify(report))).checks.find((one) => one.id === id);
    expect([again?.verdict, again?.summary, again?.remedy]).toEqual([
      check.verdict,
      check.summary,
      check.remedy,
    ]);
  });
});

describe.concurrent('what is missing is missed, whatever comes near:', () => {
  test('an id of another name', async ({ expect }) => {
    const { checks } = await checkSandbox(['call-without-id'], { only: ['activity.create'] });
    expect(checks.get('activity.create')).toMatchObject({
      verdict: 'fail',
      observed: expect.stringContaining('nearest in the answer: body.activity.contactId'),
    });
  });

  test('a key of the name that has no id in it', async ({ expect }) => {
    const { check } = await checkWith('contact.create', 'POST /api/contacts', () => ({
      id: null,
      data: { id: {} },
    }));
    expect(check.verdict).toBe('fail');
  });

  test('a value that the regular expression does not match', async ({ expect }) => {
    const { check } = await checkWith(
      'user.id',
      'GET /api/me',
      (body) => body,
      (profile) => {
        const described = profile.operations.getUserInfo;
        if (described?.kind !== 'sequence') throw new Error('getUserInfo is not described');
        const responseMapping = {
          ...described.responseMapping,
          idPath: { path: 'body.id', regex: '^no (.*)$' },
        };
        return {
          ...profile,
          operations: { ...profile.operations, getUserInfo: { ...described, responseMapping } },
        };
      },
    );
    expect(check.verdict).toBe('fail');
  });
});

test('a report of an older version is judged as it was', async () => {
  const { report } = await checkWith('user.name', 'GET /api/me', (body) => ({ user: body }));
  const saved: Report = JSON.parse(JSON.stringify(report));
  for (const { facts } of saved.checks) delete (facts as Json | null)?.misplaced;
  expect(judgeAgain(saved).checks.find(({ id }) => id === 'user.name')?.verdict).toBe('fail');
});
