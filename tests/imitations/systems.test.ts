import { afterAll, expect, test } from 'vitest';
import { faults } from '../../src/sandbox/faults.ts';
import { checkProfile } from '../harness.ts';
import { createCrm, others } from './crm.ts';
import { legend, marks } from './marks.ts';
import { presets } from './presets.ts';
import { profileOf } from './profile.ts';
import { passwordHashes } from './routes.ts';
import { systems } from './systems/index.ts';
import type { System } from './systems/system.ts';

/** Checks a system with its profile, and sees that nothing is left in it, and nothing told that is secret or somebody's. */
async function checkSystem({
  crm: options,
  door,
  secrets,
  profile,
  only,
  says = {},
  leftBehind = 0,
}: System) {
  const crm = await createCrm(options, door?.());
  try {
    Object.assign(crm.secrets, secrets);
    const described = await profileOf(crm, { settleSeconds: 0.3, ...profile });
    const { report, checks } = await checkProfile(described, only && { only });

    const left = [...crm.contacts.slice(others.length), ...crm.calls, ...crm.messages];
    expect(crm.contacts.slice(0, others.length).map(({ name }) => name)).toEqual(
      others.map(({ name }) => name),
    );
    expect([left.length, report.leftovers.length]).toEqual([leftBehind, leftBehind]);

    const told = JSON.stringify(report);
    const strangers = others.flatMap(({ name, phone }) => [name, phone]);
    for (const secret of [...Object.values(crm.secrets), ...Object.values(passwordHashes), ...strangers])
      expect(told).not.toContain(secret);

    // An empty id would be answered with the whole list, or change all of it.
    expect(crm.requests.filter(({ path }) => /\/(contacts|calls|messages)\/($|\?|\/)/.test(path))).toEqual(
      [],
    );
    for (const [id, said] of Object.entries(says)) expect(checks.get(id)?.summary, id).toContain(said);
    return [...checks.values()].filter(({ level, verdict }) => level !== 'info' && verdict !== 'pass');
  } finally {
    await crm.close();
  }
}

const habits = Object.keys(presets);
const inAll = faults.length + habits.length + systems.length;
const rows: string[] = [];
afterAll(() => {
  process.stdout.write(
    `\nSystems × what is odd in them (${legend})\n${rows.toSorted().join('\n')}\n` +
      `${rows.length} of ${systems.length} systems told as they are, none found wrongly\n` +
      `${inAll} odd behaviours in all: ${faults.length} faults of the reference CRM, ${habits.length} habits, ${systems.length} systems\n`,
  );
});

test.concurrent.for([...systems])('$name', async (system, { expect }) => {
  const missed = await checkSystem(system);
  expect(Object.fromEntries(missed.map(({ id, verdict }) => [id, verdict]))).toEqual(system.but);
  rows.push(
    `${system.name}: ${system.odd}\n    ${missed.map(({ id, verdict }) => `${marks[verdict]} ${id}`).join('  ')}`,
  );
});

test('forty odd behaviours and more are held against the requirements', () => {
  expect(inAll).toBeGreaterThanOrEqual(40);
});
