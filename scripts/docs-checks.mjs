/**
 * Writes docs/checks.md from the catalogue (`npm run build` first). `--print` writes to stdout instead, for the test
 * that the page is current.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CATALOGUE_VERSION, catalogue } from '../dist/checks/index.js';
import { featureTitles, itemTitles } from '../dist/report/titles.js';
import { featureIds, itemIds } from '../dist/report/types.js';
import { faults } from '../dist/sandbox/faults.js';
import { judgeFeatures } from '../dist/verdict/features.js';
import { itemWeights, weightOf } from '../dist/verdict/score.js';
import { judged } from './checks-judged.mjs';

const file = fileURLToPath(new URL('../docs/checks.md', import.meta.url));

const verdicts = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  inconclusive: 'inconclusive',
  notDescribed: 'not-described',
  notApplicable: 'not-applicable',
};

function page() {
  const known = new Set(catalogue.map(({ id }) => id));
  const missing = catalogue.filter(({ id }) => !judged[id]).map(({ id }) => id);
  const stale = Object.keys(judged).filter((id) => !known.has(id));
  if (missing.length > 0) throw new Error(`scripts/checks-judged.mjs says nothing of ${missing.join(', ')}`);
  if (stale.length > 0)
    throw new Error(`scripts/checks-judged.mjs speaks of ${stale.join(', ')}: no such id`);
  return `${[intro(), ...itemIds.map(section)].join('\n\n')}\n`;
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

A 5xx is trouble, not an answer, unless it comes twice for the same bad input while a good request right after it succeeds.
**Adapter code** means: it can be used, but by a connector with code, not by App Connect's proxy mode.

The score is what was earned of what was measured; the measured percentage says how much that was. Items weigh ${itemIds.map((id) => `${itemTitles[id]} ${itemWeights[id]}`).join(', ')}.
Within an item a must weighs 3, a should 1, \`lookup.any-format\` 9 and \`auth.alternative\` 12.

${itemIds.map((id) => `- [${itemTitles[id]}](#${anchor(itemTitles[id])}): ${idsOf(id).join(', ')}`).join('\n')}`;
}

function section(item) {
  const checks = catalogue.filter((check) => check.item === item);
  return [`## ${itemTitles[item]}`, ...checks.map(entry)].join('\n\n');
}

function entry({ id, level, title, why, remedy, links }) {
  const { asks, ...says } = judged[id];
  const decides = featuresDecidedBy(id).map((feature) => featureTitles[feature]);
  const noticed = faults.filter(({ notices }) => notices.includes(id)).map(({ name }) => `\`${name}\``);
  return [
    `### ${id}`,
    `The CRM ${id === 'auth.alternative' ? `${title} (asked only where it does not)` : title}.`,
    [
      `${level === 'must' ? 'A must' : level === 'should' ? 'A should' : 'Shown, not judged'}`,
      `weight ${weightOf(id, level)}`,
      ...(decides.length > 0 ? [`decides ${decides.join(', ')}`] : []),
    ].join(' · '),
    `**Why.** ${why}`,
    [
      `**How it is judged.**${asks ? ` ${asks}` : ''}`,
      '',
      ...Object.entries(says).map(([verdict, text]) => `- ${verdicts[verdict]}: ${text}.`),
    ].join('\n'),
    `**A vendor can change:** ${remedy.vendor}`,
    `**An integrator can do meanwhile:** ${remedy.integrator}`,
    `Read more: ${links.map(({ title: text, url }) => `[${text}](${url})`).join(' · ')}.`,
    ...(noticed.length > 0 ? [`See it fail: \`crm-ready demo --fault\` with ${noticed.join(', ')}.`] : []),
  ].join('\n\n');
}

/** The features that stop working where this alone fails: asked of the judge itself, so that the page cannot differ. */
function featuresDecidedBy(id) {
  const checks = catalogue.map((check) => ({
    ...check,
    verdict: check.id === id ? 'fail' : check.id === 'auth.alternative' ? 'not-applicable' : 'pass',
    adapterCode: false,
    cautions: [],
    facts: null,
  }));
  const features = judgeFeatures(checks);
  return featureIds.filter((feature) => features[feature].because.includes(id));
}

const idsOf = (item) =>
  catalogue.filter((check) => check.item === item).map(({ id }) => `[${id}](#${anchor(id)})`);

/** As GitHub makes the anchor of a heading. */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

if (process.argv.includes('--print')) process.stdout.write(page());
else await writeFile(file, page());
