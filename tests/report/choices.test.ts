import { expect, test } from 'vitest';
import type { Profile } from '../../src/profile/types.ts';
import { renderConsole } from '../../src/reporters/console.ts';
import { renderHtml } from '../../src/reporters/html.tsx';
import type { RunOptions } from '../../src/run/options.ts';
import { checkSandbox } from '../harness.ts';

type Options = Partial<RunOptions> & { change?: (profile: Profile) => Profile };

const optOut = (profile: Profile): Profile => ({ ...profile, optOut: { 'user.id': 'nobody needs it' } });
const fixtureless = (profile: Profile): Profile => ({ ...profile, fixtures: { contacts: [] } });

test.each<[string, string, Options]>([
  ['ask with --lookup full (lookup.countries)', 'lookup.countries', { lookup: 'essential' }],
  ['leave out --read-only, with a test account (activity.create)', 'activity.create', { readOnly: true }],
  [
    'add the fixtures that it names to the profile, or leave out --read-only (lookup.e164)',
    'lookup.e164',
    { readOnly: true, change: fixtureless },
  ],
  ['take out of optOut in the profile what is to be asked (user.id)', 'user.id', { change: optOut }],
])('what asking again cannot measure is not to be asked again: %s', async (advice, id, options) => {
  const { report } = await checkSandbox([], { only: [id], ...options });
  const screen = renderConsole(report, { colour: false, width: 100, unicode: true });
  expect(screen.replace(/\s+/g, ' ')).toContain(`allow ${advice}`);
  expect(screen).not.toMatch(new RegExp(`ask again .*${id}`));
  const [words = ''] = advice.split(' (');
  expect(renderHtml(report).toLowerCase()).toContain(`${words.toLowerCase()}.`);
});
