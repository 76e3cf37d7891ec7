import { beforeAll, describe, expect, test } from 'vitest';
import { comparisonReporters } from '../../src/reporters/comparison/index.ts';
import { reporters } from '../../src/reporters/index.ts';
import { overviewReporters } from '../../src/reporters/overview/index.ts';
import { checkOf, crmReady, profileFor, type Ran } from './command.ts';
import { json, startFront } from './front.ts';
import { canary, traces } from './trace.ts';

const secrets = {
  KEY: canary('key in every format'),
  OTHER: canary('second secret in every format'),
};
const variable = canary('password on the command line');
const all = [...Object.values(secrets), variable];
const formats = Object.keys(reporters);

const parts = {
  secrets: Object.keys(secrets),
  vars: { password: '' },
  auth: {
    type: 'headers',
    headers: {
      authorization: 'Bearer {{ secrets.KEY }}',
      'x-tenant': '{{ secrets.OTHER }}',
      'x-p': '{{ vars.password }}',
    },
  },
};

/** A check of a CRM that shows in every answer what it was sent, in all formats at once. */
let ran: Ran;
let saved: string;

beforeAll(async () => {
  const front = await startFront({
    reply: (seen) =>
      seen.method === 'GET' && seen.url.startsWith('/api/me')
        ? json({ id: 1, name: `${secrets.KEY} ${secrets.OTHER}`, seen })
        : undefined,
    change: (seen, honest) =>
      seen.method === 'POST'
        ? json(
            {
              error: `refused for ${JSON.stringify(seen.headers)}`,
              seen,
              again: encodeURIComponent(JSON.stringify(seen)),
            },
            422,
          )
        : honest,
  });
  try {
    ran = await checkOf(profileFor(front.url, parts), secrets, {
      args: [
        ...formats.flatMap((format) => ['--report', `${format}=out/${format}.txt`]),
        '--report',
        'console',
        '--report',
        'github',
        '--var',
        `password=${variable}`,
        '--only',
        'current-user,contact-create,activity,lookup.e164',
      ],
    });
  } finally {
    await front.close();
  }
  saved = JSON.stringify(ran.report);
});

/** Any command on the saved report, which is itself free of secrets, as its first test shows. */
const afterwards = (args: string[]) =>
  crmReady(args, {
    files: { 'r.json': saved, 'older.json': saved.replace('"verdict":"fail"', '"verdict":"pass"') },
  });

describe('a check that quotes secrets wherever it can', () => {
  test('has findings to quote', () => {
    expect(ran.report?.checks.filter(({ verdict }) => verdict === 'fail')).not.toEqual([]);
    expect(ran.everything).toContain('out/junit.txt');
    expect(ran.everything).toContain('refused for');
  });

  test('shows none of them in any format', () => {
    expect(traces(ran.everything, all)).toEqual([]);
  });

  test('leaves a password of the command line out of the command that asks again', () => {
    expect(ran.report?.run.command?.at(-1)).toBe('password=‹redacted›');
  });
});

describe.concurrent('what is made of a saved report shows no secret either:', () => {
  test.for(formats)('report FILE --judge as %s', async (format, { expect: expectHere }) => {
    const shown = await afterwards(['report', 'r.json', '--judge', '--report', format]);
    expectHere([shown.code, shown.stdout === '']).toEqual([0, false]);
    expectHere(traces(shown.everything, all)).toEqual([]);
  });

  test.for(Object.keys(overviewReporters))('merge as %s', async (format, { expect: expectHere }) => {
    const shown = await afterwards(['report', 'merge', 'r.json', 'older.json', '--report', format]);
    expectHere([shown.code, shown.stdout === '']).toEqual([0, false]);
    expectHere(traces(shown.everything, all)).toEqual([]);
  });

  test.for(Object.keys(comparisonReporters))('compare as %s', async (format, { expect: expectHere }) => {
    const shown = await afterwards(['report', 'compare', 'older.json', 'r.json', '--report', format]);
    expectHere([shown.code, shown.stdout === '']).toEqual([1, false]);
    expectHere(traces(shown.everything, all)).toEqual([]);
  });
});

describe.concurrent('a wrong file is refused without its contents:', () => {
  test.for([
    ['report', 'secret.env'],
    ['report', 'secret.json'],
    ['report', 'merge', 'secret.env'],
    ['report', 'compare', 'secret.json', 'secret.env'],
    ['report', 'r.json', '--baseline', 'secret.env'],
    ['report', 'r.json', '--waivers', 'secret.env'],
    ['report', 'r.json', '--waivers', 'secret.json'],
    ['report', 'r.json', '--waivers', 'secret.yaml'],
    ['demo', '--against', 'secret.env'],
  ])('%j', async (args, { expect: expectHere }) => {
    const refused = await crmReady(args, {
      files: {
        'r.json': saved,
        'secret.env': `KEY=${secrets.KEY}\n@${secrets.KEY}: [\n`,
        'secret.json': JSON.stringify({ key: secrets.KEY }),
        'secret.yaml': `KEY: *${secrets.KEY}\n`,
      },
    });
    expectHere(refused.code).toBe(2);
    expectHere(refused.stderr).not.toBe('');
    expectHere(traces(refused.everything, all)).toEqual([]);
  });
});
