import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseProfile } from '../../src/profile/load.ts';
import { filterNames } from '../../src/profile/template.ts';
import { globalVariables, operationVariables } from '../../src/profile/variables.ts';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('docs/profile.md', root), 'utf8');
const schema: { properties: object; definitions: Record<string, { properties?: object }> } = JSON.parse(
  readFileSync(new URL('schema/profile.schema.json', root), 'utf8'),
);

/** A value for each environment variable that a profile lists. */
function fakeEnv(profile: string): Record<string, string> {
  const names = /^secrets: *\[(.*)\]/m.exec(profile)?.[1]?.split(',') ?? [];
  return Object.fromEntries(
    [...names.map((name) => name.trim()), 'CRM_READY_API_KEY'].map((name) => [name, 'fake']),
  );
}

const blocks = [...text.matchAll(/^```(?:yaml|json)\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
const examples = blocks.map((block) => [/name"?: "?([\w-]+)/.exec(block)?.[1] ?? '', block] as const);

describe('docs/profile.md', () => {
  it.each(examples)('has an example that loads: %s', async (_, block) => {
    const profile = await parseProfile(block, 'docs.yaml', { env: fakeEnv(block) });
    expect(profile.notes).toEqual([]);
  });

  it('shows every section as a profile, from the smallest to the bare one', () => {
    expect(examples.length).toBeGreaterThanOrEqual(13);
  });

  it('names every variable that templates may read', () => {
    const paths = [globalVariables, ...Object.values(operationVariables)]
      .flat()
      .map(({ path }) => `\`${path}\``);
    expect(paths.filter((path) => !text.includes(path))).toEqual([]);
  });

  it('names only filters that there are', () => {
    const section = text.slice(text.indexOf('## Filters'), text.indexOf('## Keys'));
    const rows = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell).slice(1);
    const named = rows.flatMap((cell) => [...cell.matchAll(/`(\w+)[^`]*`/g)].map(([, name = '']) => name));
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((name) => !filterNames.includes(name))).toEqual([]);
  });

  it('names every key of the schema', () => {
    const keys = [schema, ...Object.values(schema.definitions)]
      .flatMap(({ properties }) => Object.keys(properties ?? {}))
      .filter((key) => key !== '$schema');
    expect(keys.filter((key) => !new RegExp(`\`(?:[\\w]+\\.)?${key}[\`:]`).test(text))).toEqual([]);
  });
});

describe('the shipped profiles', () => {
  const folder = new URL('profiles/', root);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : [];
  it.each(files)('%s loads without a problem', async (name) => {
    const profile = readFileSync(new URL(name, folder), 'utf8');
    const declared = /^vars:(.*(?:\n(?: .*)?)*)/m.exec(profile)?.[1] ?? '';
    const open = [...declared.matchAll(/(\w+): *(?:null|~|(?=[,}\n]))/g)].map(([, variable = '']) => [
      variable,
      'fake',
    ]);
    await parseProfile(profile, name, {
      env: { ...fakeEnv(profile), ...listedSecrets(profile) },
      vars: Object.fromEntries(open),
    });
  });
});

/** `secrets` written as a block list. */
function listedSecrets(profile: string): Record<string, string> {
  const block = /^secrets:[^\n]*\n((?:\s*(?:- .*|#.*)?\n)*)/m.exec(profile)?.[1] ?? '';
  return Object.fromEntries([...block.matchAll(/- ["']?(\w+)/g)].map(([, name = '']) => [name, 'fake']));
}
