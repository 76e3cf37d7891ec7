import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationName } from '../../src/profile/types.ts';
import type { Case, Cases } from './cases/case.ts';
import { dolibarr } from './cases/dolibarr.ts';
import { espocrm } from './cases/espocrm.ts';
import { odoo } from './cases/odoo.ts';
import { suitecrm } from './cases/suitecrm.ts';
import { exchangeOf, readRecording } from './recording.ts';
import { mapped, profileText, type ReplayedCrm, replayedCrm } from './replayed-crm.ts';

const all: Cases[] = [espocrm, suitecrm, dolibarr, odoo];

/** Asks one case of a profile, with the recording in the CRM's place. */
async function run(replayed: ReplayedCrm, { turns, ask, also = [], texts, unrecorded }: Case) {
  const { recording } = replayed.server;
  return replayed.replay(turns, ask, {
    also: also.map((id) => exchangeOf(recording, id).request),
    ...(texts && { texts }),
    ...(unrecorded && { unrecorded }),
  });
}

/** Where the expected value is nothing: of a trimmed answer that would prove nothing. */
function nothings(expected: unknown, path = ''): string[] {
  if (expected === undefined) return [];
  if (expected === null || expected === '' || (Array.isArray(expected) && expected.length === 0))
    return [path];
  if (typeof expected !== 'object') return [];
  return Object.entries(expected).flatMap(([key, value]) => nothings(value, `${path}.${key}`));
}

describe.each(all)('the profile of $setting.name', ({ setting, cases, notRecorded, faults }) => {
  let replayed: ReplayedCrm;
  beforeAll(async () => {
    replayed = await replayedCrm(setting);
  });
  afterAll(() => replayed.close());

  it('signs in as it was recorded', () => {
    expect(replayed.signedIn.failure).toBeNull();
    expect(replayed.server.replayed().differences).toEqual([]);
  });

  it.each(cases)('$operation: $title', async (one) => {
    const other = one.env ? await replayedCrm(setting, { env: one.env }) : null;
    const { answer, differences, trimmed } = await run(other ?? replayed, one);
    await other?.close();
    expect(differences).toEqual([]);

    if (one.refused) {
      const { status, says, unmasked = false } = one.refused;
      expect(answer).toMatchObject({ kind: 'refused', status, answer: { unmasked } });
      if (answer.kind === 'refused') expect(answer.message).toMatch(says);
      return;
    }
    expect(answer.kind).toBe('ok');
    if (answer.kind !== 'ok' || !one.gives) return;
    const { value, mapped: more } = one.gives;
    if (trimmed) expect(nothings([value, more]), 'a trimmed answer proves no absence').toEqual([]);
    if (Array.isArray(value) && trimmed) expect(answer.value).toEqual(expect.arrayContaining(value));
    else if (Array.isArray(value)) expect(answer.value).toEqual(value);
    else if (value !== undefined) expect(answer.value).toMatchObject(value as object);
    if (more) expect(mapped(replayed.profile, one.operation, answer)).toMatchObject(more);
  });

  it.each(faults)('is not let through with $fault ($title)', async ({ from, to, title }) => {
    const text = profileText(setting.name);
    expect(text).toContain(from);
    const one = cases.find((candidate) => candidate.title === title);
    if (!one) throw new Error(`there is no case “${title}”`);
    const faulty = await replayedCrm(setting, { text: text.replace(from, to) });
    const { differences } = await run(faulty, one);
    await faulty.close();
    expect(differences).not.toEqual([]);
  });

  it('has every operation replayed, or said to be not recorded', () => {
    const { operations } = replayed.profile;
    const able = Object.entries(operations).flatMap(([name, { kind }]) =>
      kind === 'notSupported' ? [] : [name],
    );
    const shown = new Set<string>(cases.map(({ operation }) => operation));
    const open = able.filter((name) => !shown.has(name) && !(name in notRecorded));
    expect(open).toEqual([]);
    expect(Object.keys(notRecorded).filter((name) => shown.has(name as OperationName))).toEqual([]);
  });
});

describe('a note that was not read back', () => {
  const written = [
    [
      espocrm,
      'create-note',
      { id: '6b04af4dbb2664901', fullBody: 'SMS sent: <b>hi</b> 😀', contactId: '6b04af430d949ce2d' },
    ],
    [
      suitecrm,
      'create-note',
      {
        id: 'a21f5956-d25d-e9bb-e683-6b04af804a1a',
        subject: 'SMS sent',
        fullBody: '&lt;b&gt;hi&lt;/b&gt; ????',
        contactId: '9389e559-cc3a-9c88-40ee-6b04afb8f828',
      },
    ],
  ] as const;
  it.each(written)(
    'is read from the record as its creation returned it ($setting.name)',
    async ({ setting }, id, values) => {
      const replayed = await replayedCrm(setting);
      await replayed.close();
      const { status, body } = exchangeOf(replayed.server.recording, id).response;
      const answer = { status, headers: {}, body, captures: {}, exchange: 0, unmasked: false };
      expect(mapped(replayed.profile, 'getMessageLog', { kind: 'ok', value: null, answer })).toMatchObject(
        values,
      );
    },
  );
});

describe('the recordings', () => {
  it.each(all)('of $setting.name have every exchange that is named', ({ setting, cases }) => {
    const recording = readRecording(setting.name);
    for (const { turns } of cases) {
      for (const turn of turns) exchangeOf(recording, typeof turn === 'string' ? turn : turn.answer);
    }
  });
});
