import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { featureTitles } from '../../../src/report/titles.ts';
import { root } from '../../harness.ts';

test('docs/newcomer.md says of the page of a bad CRM what the page says', () => {
  const answers = readFileSync(join(root, 'docs/newcomer.md'), 'utf8').replace(/\s+/g, ' ');
  const html = readFileSync(join(root, 'docs/examples/bad-crm.html'), 'utf8');
  const page = html.replace(/<style>.*?<\/style>|<[^>]*>/gs, ' ').replace(/[\s\u00A0]+/g, ' ');

  const score = /(\d+) of 100 (\d+) % measured/.exec(page);
  expect(answers).toContain(`The score is ${score?.[1]} of 100`);
  expect(answers).toContain(`${score?.[2]} % was measured`);

  const states = [...html.matchAll(/<th scope="row">([^<]+?) <small>.*?<p class="state (\w+)">/gs)];
  expect(states.map(([, title]) => title)).toEqual(Object.values(featureTitles));
  const broken = states.filter(([, , mark]) => mark === 'bad').map(([, title]) => title);
  expect(broken.length).toBeGreaterThan(0);
  for (const title of broken) expect(answers).toContain(`**${title}.**`);

  const [, first = ''] = page.split('Change these three things first');
  const ids = [...first.matchAll(/\b[a-z]+\.[a-z-]+(?= breaks)/g)].slice(0, 3).map(([id]) => id);
  const [, list = ''] = answers.split('## What must the vendor change first?');
  expect(ids).toHaveLength(3);
  expect([...list.matchAll(/\(`([a-z.-]+)`\)/g)].map(([, id]) => id)).toEqual(ids);

  for (const quoted of [
    'Not ready',
    'Connect does not work.',
    'code_verifier is required',
    'How this was found',
  ]) {
    expect(page).toContain(quoted);
    expect(answers).toContain(quoted);
  }
});
