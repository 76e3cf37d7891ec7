import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crmReady, folder } from './command.ts';
import { type CountingServer, startCountingServer } from './counting-server.ts';

/** Stands where every one of these profiles says that the CRM is. */
let server: CountingServer;
beforeAll(async () => {
  server = await startCountingServer();
});
afterAll(() => server.close());

const secret = 'a-value-that-nobody-may-see';

interface Case {
  line: string;
  /** File, line, column and what is wrong. */
  says: string;
  expected: string | RegExp;
  /** Absent where `expected` is all that there is to do. */
  next?: string | RegExp;
}

const cases: Case[] = [
  {
    line: 'check --profile broken/unknown-key.yaml',
    says: 'broken/unknown-key.yaml:18:7  unknown key `nmaePath` in `operations.getUserInfo.responseMapping`',
    expected: /`namePath`/,
    next: 'did you mean `namePath`?',
  },
  {
    line: 'check --profile broken/broken-off.json',
    says: 'broken/broken-off.json:6:1  not valid JSON',
    expected: /^every bracket/,
  },
  {
    line: 'check --profile broken/wrong-type.yaml',
    says: 'broken/wrong-type.yaml:9:9  `settle` is the text "soon"',
    expected: /^a number/,
  },
  {
    line: 'check --profile broken/undefined-variable.yaml',
    says: 'broken/undefined-variable.yaml:15:21  undefined variable `user.uuid` in getUserInfo',
    expected: /`user\.id`/,
    next: 'did you mean `user.id`?',
  },
  {
    line: 'check --profile broken/secret-not-listed.yaml',
    says: 'broken/secret-not-listed.yaml:7:34  `secrets.REFERENCE_API_KYE` is used, but REFERENCE_API_KYE is not listed',
    expected: '`secrets.REFERENCE_API_KEY`',
    next: 'did you mean `REFERENCE_API_KEY`?',
  },
  {
    line: 'check --profile broken/unset-environment-variable.yaml',
    says: 'broken/unset-environment-variable.yaml:5:30  the environment variable ACME_API_KEY is not set',
    expected: /a value for each secret/,
    next: /^export ACME_API_KEY=/,
  },
  {
    line: 'check --profile broken/alias-bomb.yaml',
    says: 'broken/alias-bomb.yaml:1:1  the aliases of the document expand to too much',
    expected: /a few aliases/,
  },
  {
    line: 'check --profile broken/empty-file.yaml',
    says: 'broken/empty-file.yaml:1:1  the file is empty',
    expected: /`crmReady: 1`/,
    next: /docs\/profile\.md/,
  },
  {
    line: 'check --profile broken/not-yaml.yaml',
    says: 'broken/not-yaml.yaml:19:1  not valid YAML',
    expected: 'YAML 1.2 or JSON',
    next: /close the quotation mark/,
  },
  {
    line: 'check --profile broken/list-instead-of-map.yaml',
    says: 'broken/list-instead-of-map.yaml:1:1  the document is a list, not a profile',
    expected: /`crmReady: 1`/,
  },
  {
    line: 'check --profile broken/jmespath-syntax.yaml',
    says: 'broken/jmespath-syntax.yaml:18:17  not a valid JMESPath: `0` is not expected here (character 12)',
    expected: /a JMESPath over/,
    next: /double quotes/,
  },
  {
    line: 'check --profile broken/unknown-filter.yaml',
    says: 'broken/unknown-filter.yaml:15:34  not a valid template: there is no filter `upcaes`',
    expected: /LiquidJS/,
    next: 'did you mean `upcase`?',
  },
  {
    line: 'check --profile broken/key-twice.yaml',
    says: 'broken/key-twice.yaml:15:3  the key `getUserInfo` stands twice',
    expected: 'each key once',
    next: /line 14/,
  },
  {
    line: 'check --profile broken/newer-version.yaml',
    says: 'broken/newer-version.yaml:1:11  the profile is written for `crmReady: 2`',
    expected: /understands 1/,
    next: 'update crm-ready',
  },
  {
    line: 'check --profile broken/no-scheme.yaml',
    says: 'broken/no-scheme.yaml:11:29  `requestDefaults.baseUrl` does not start with https:// or http://',
    expected: /an absolute URL/,
    next: /^write https:\/\//,
  },
  ...['check', 'plan'].map((command) => ({
    line: `${command} --profile broken/unknown-region.yaml`,
    says: 'broken/unknown-region.yaml:20:9  no fictional phone numbers are known for the region NL',
    expected: /`DE`/,
    next: /--region/,
  })),
  ...['check', 'plan'].map((command) => ({
    line: `${command} --profile broken/unknown-opt-out.yaml`,
    says: 'broken/unknown-opt-out.yaml:22:3  `optOut` names `phone-lookups`, and there is no such requirement or item',
    expected: /the id of a requirement/,
    next: 'did you mean `phone-lookup`?',
  })),
  {
    line: 'check --profile broken/missing-file.yaml',
    says: 'broken/missing-file.yaml:1:1  there is no such file',
    expected: /a YAML or JSON file/,
    next: /docs\/profile\.md/,
  },
  {
    line: 'check --profile broken',
    says: 'broken:1:1  this is a folder, not a file',
    expected: /a YAML or JSON file/,
    next: 'name the profile in it',
  },
];

describe.concurrent('a broken profile ends with 2, where and why, before anything is sent', () => {
  it.each(cases.map((one) => [one.line, one] as const))('%s', async (line, { says, expected, next }) => {
    const { code, stdout, stderr } = await crmReady([...line.split(' '), '--var', `port=${server.port}`], {
      cwd: import.meta.dirname,
      env: { REFERENCE_API_KEY: secret },
    });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.startsWith(says)).toBe(true);
    expect(behind('expected', stderr)).toMatch(expected);
    if (next !== undefined) expect(behind('next', stderr)).toMatch(next);
    expect(stderr).not.toContain(secret);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(server.requests).toEqual([]);
  });
});

it('two mistakes of a profile are said at once, by position', async () => {
  const { code, stderr } = await crmReady('check --profile broken/unknown-key.yaml --var prot=8080', {
    cwd: import.meta.dirname,
    env: { REFERENCE_API_KEY: secret },
  });
  expect(code).toBe(2);
  expect([...stderr.matchAll(/^broken\/unknown-key\.yaml:(\d+):/gm)].map(([, line]) => line)).toEqual([
    '9',
    '18',
  ]);
});

it('the region of the command line takes the place of a wrong one in the profile', async () => {
  const line = `plan --profile broken/unknown-region.yaml --region de`;
  const ended = await crmReady(line, { cwd: import.meta.dirname, env: { REFERENCE_API_KEY: secret } });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
});

it('the same profile without its mistake is asked about', async () => {
  const mended = join(await folder(), 'mended.yaml');
  const broken = await readFile(join(import.meta.dirname, 'broken/unknown-key.yaml'), 'utf8');
  await writeFile(mended, broken.replace('nmaePath', 'namePath'));
  const other = await startCountingServer();
  try {
    const env = { REFERENCE_API_KEY: secret };
    await crmReady(['check', '--profile', mended, '--var', `port=${other.port}`], { env });
    expect(other.requests).toContain('GET /api/me');
  } finally {
    await other.close();
  }
});

/** What stands behind a label, in the indented lines under a problem. */
function behind(label: string, text: string): string {
  return new RegExp(`^ {4}${label} +(.*)$`, 'm').exec(text)?.[1] ?? '';
}
