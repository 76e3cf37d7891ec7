import { expect, it } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { commandsIn } from './github-runner.ts';
import { check, report } from './sample.ts';
import { bad, good } from './sample-reports.ts';

const github = (given = bad) => reporters.github.render(given);

it('every line is a command by the grammar of the runner', async () => {
  const text = await github();
  const lines = text.trimEnd().split('\n');
  for (const line of lines)
    expect(line).toMatch(/^::(error|warning|notice) [a-z]+=[^:,\n]*(,[a-z]+=[^:,\n]*)*::[^\n]*$/);
  expect(commandsIn(text)).toHaveLength(lines.length);
});

it('musts that fail are errors, at the line of the profile, and come first', async () => {
  const commands = commandsIn(await github());
  expect(commands.map(({ command }) => command)).toEqual([
    'error',
    'error',
    'warning',
    'warning',
    'warning',
    'notice',
    'notice',
    'notice',
  ]);
  expect(commands[0]).toEqual({
    command: 'error',
    properties: {
      file: 'profiles/acme.yaml',
      line: '5',
      col: '1',
      title: 'crm-ready: oauth.code-exchange',
    },
    message:
      'the token endpoint wants PKCE\nExpected: 200 with an access token\nObserved: 400 invalid_request "code_verifier is required"\nmake PKCE optional for confidential clients (RFC 7636 section 4.4.1)',
  });
});

it('of what costs most among the losses comes first, and what is not measured is one notice', async () => {
  const commands = commandsIn(await github());
  const titles = commands.map(({ properties }) => properties.title?.replace('crm-ready: ', ''));
  expect(titles[2]).toBe('lookup.any-format');
  expect(titles.slice(5)).toEqual(['oauth.pkce', 'not measured', 'Acme CRM: Not ready']);
});

it('a good report is one notice with the result', async () => {
  expect(commandsIn(await github(good))).toEqual([
    {
      command: 'notice',
      properties: { title: 'crm-ready: Acme CRM: Ready' },
      message: expect.stringContaining('Score 100 of 100, 100 % measured.'),
    },
  ]);
});

it('a per cent sign, a colon and a comma arrive as they are', async () => {
  const summary = 'refused 50 %, said "a:b%0A::error::c"';
  const given = report([check('user.name', { verdict: 'fail', summary })]);
  given.profile.path = 'a, b:c.yaml';
  const [first] = commandsIn(await github(given));
  expect(first?.properties.file).toBe('a, b:c.yaml');
  expect(first?.message).toContain('said "a:b%0A');
});
