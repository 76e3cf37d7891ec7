/**
 * Writes docs/checks.md and a page for each requirement in docs/checks, from the catalogue (`npm run build` first).
 * `--print` writes them to stdout instead, as JSON by file name, for the test that they are current.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CATALOGUE_VERSION, catalogue } from '../dist/checks/index.js';
import { featureTitles, itemTitles } from '../dist/report/titles.js';
import { itemIds } from '../dist/report/types.js';
import { faults } from '../dist/sandbox/faults.js';
import { featuresDecidedBy } from '../dist/verdict/decides.js';
import { itemWeights, weightOf } from '../dist/verdict/score.js';

const docs = fileURLToPath(new URL('../docs/', import.meta.url));

const verdicts = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  inconclusive: 'inconclusive',
  notDescribed: 'not-described',
  notApplicable: 'not-applicable',
};

const levels = { must: 'must', should: 'should', info: 'shown, not judged' };

/** Every page, by its name within docs. */
function pages() {
  return Object.fromEntries([
    ['checks.md', `${[intro(), ...itemIds.map(section)].join('\n\n')}\n`],
    ...catalogue.map((check) => [`checks/${check.id}.md`, `${requirement(check)}\n`]),
  ]);
}

function intro() {
  return `# The requirements

Written from the catalogue (version ${CATALOGUE_VERSION}) by \`node scripts/docs-checks.mjs\`: do not edit it here.

Each requirement completes the sentence "The CRM …". A **must** is needed by a feature of App Connect; without a **should** it works, but
worse or less safely. What holds for all of them:

| verdict | meaning | measured | earns |
|---|---|---|---|
| pass | met | yes | 1 |
| warn | a should is missed, or a must is met with a loss that the row names | yes | a should 0, a must ½ |
| fail | a must is missed, or the profile declares the operation \`notSupported\` | yes | 0 |
| blocked | something that it needs could not be had; the requirement that is the cause is named | no | – |
| not-described | the profile does not say how to ask; the key to add is named | no | – |
| inconclusive | a time-out, a 429, a 5xx, the network, an answer that cannot be understood; or left out by \`optOut\`, \`--read-only\` | no | – |
| not-applicable | the kind of credential makes the question meaningless | out | – |
| waived | somebody accepted the finding for now: see [CI](ci.md#the-gate) | out | – |

A 5xx is trouble, not an answer, unless it comes twice for the same bad input while a good request right after it succeeds.
**Adapter code** means: it can be used, but by a connector with code, not by App Connect's proxy mode.

The score is what was earned of what was measured; the measured percentage says how much that was. Items weigh ${itemIds.map((id) => `${itemTitles[id]} ${itemWeights[id]}`).join(', ')}.
Within an item a must weighs 3, a should 1, \`lookup.any-format\` 9 and \`auth.alternative\` 12.

Each requirement has a page of its own, which \`crm-ready explain ID\` shows at a terminal.`;
}

function section(item) {
  const rows = catalogue
    .filter((check) => check.item === item)
    .map(
      ({ id, level, title }) =>
        `| [${id}](checks/${id}.md) | ${levels[level]} | ${inCell(titleOf(id, title))} |`,
    );
  return [
    `## ${itemTitles[item]}`,
    ['| requirement | level | the CRM ... |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function requirement({ id, item, level, title, why, remedy, judged: { asks, ...says }, links }) {
  const decides = featuresDecidedBy(id).map((feature) => featureTitles[feature]);
  const noticed = faults.filter(({ fails }) => fails.includes(id)).map(({ name }) => `\`${name}\``);
  return [
    `# ${id}`,
    `The CRM ${titleOf(id, title)}.`,
    [
      itemTitles[item],
      `${level === 'must' ? 'a must' : level === 'should' ? 'a should' : 'shown, not judged'}`,
      `weight ${weightOf(id, level)}`,
      ...(decides.length > 0 ? [`decides ${decides.join(', ')}`] : []),
    ].join(' · '),
    `## Why\n\n${why}`,
    [
      `## How it is judged${asks ? `\n\n${asks}` : ''}`,
      '',
      ...Object.entries(says).map(([verdict, text]) => `- ${verdicts[verdict]}: ${text}.`),
      '',
      'What the other verdicts mean: [the requirements](../checks.md).',
    ].join('\n'),
    `## What a vendor can change\n\n${remedy.vendor}`,
    `## What an integrator can do meanwhile\n\n${remedy.integrator}`,
    `Read more: ${links.map(({ title: text, url }) => `[${text}](${url})`).join(' · ')}.`,
    ...(noticed.length > 0
      ? [`See it fail: \`crm-ready demo --only ${id} --fault\` with ${noticed.join(', ')}.`]
      : []),
  ].join('\n\n');
}

function titleOf(id, title) {
  return id === 'auth.alternative' ? `${title} (asked only where it does not)` : title;
}

const inCell = (text) => text.replaceAll('|', '\\|');

if (process.argv.includes('--print')) process.stdout.write(JSON.stringify(pages()));
else {
  await mkdir(`${docs}checks`, { recursive: true });
  const written = pages();
  for (const name of await readdir(`${docs}checks`))
    if (!(`checks/${name}` in written)) await rm(`${docs}checks/${name}`);
  for (const [name, text] of Object.entries(written)) await writeFile(docs + name, text);
}
