import { describe, expect, it } from 'vitest';
import { chooseFaults, type FaultName, faults } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { withCrm } from './client.ts';
import { symptoms } from './fault-symptoms.ts';

const names = Object.keys(symptoms) as FaultName[];

describe('the table of faults', () => {
  it('describes each fault that has a symptom, and no other', () => {
    expect(faults.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it('says in a sentence what each fault does, and by well-formed ids who must notice', () => {
    for (const { does, notices } of faults) {
      expect(does).toMatch(/^[A-Z].*[.}]$/);
      for (const id of notices)
        expect(id).toMatch(/^(user|auth|oauth|logout|contact|lookup|activity)\.[a-z0-9-]+$/);
    }
  });

  it.each([
    ['logout-does-noting', 'logout-does-nothing'],
    ['Search-Exact', 'search-exact'],
    ['pkce-required', 'pkce-demanded'],
  ])('answers the unknown name %s with "did you mean %s" and the whole list', async (given, meant) => {
    const starting = startSandbox({ faults: [given] });
    await expect(starting).rejects.toThrow(`Did you mean "${meant}"?`);
    await expect(starting).rejects.toThrow('second-message-ignored');
  });

  it('does not guess where nothing is near', () => {
    expect(() => chooseFaults(['zzz'])).toThrow(/no fault "zzz"\.\nChoose from/);
    expect(() => chooseFaults(['toString'])).toThrow('no fault "toString"');
  });
});

describe('a reference CRM with the fault', () => {
  it.each(names)('%s shows its symptom, and without the fault does not', async (name) => {
    const [ask, answer] = symptoms[name];
    await withCrm({ faults: [name] }, async (crm) => expect(await ask(crm)).toEqual(answer));
    await withCrm({}, async (crm) => expect(await ask(crm)).not.toEqual(answer));
  });
});
