import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operationNames } from '../../src/profile/types.ts';

interface Schema {
  title?: string;
  description?: string;
  $ref?: string;
  const?: unknown;
  properties?: Record<string, Schema>;
  definitions?: Record<string, Schema>;
}

const schema: Schema = JSON.parse(
  readFileSync(new URL('../../schema/profile.schema.json', import.meta.url), 'utf8'),
);

function undescribed(at: Schema, path: string): string[] {
  return Object.entries(at.properties ?? {}).flatMap(([key, property]) => [
    ...(property.$ref === undefined && (!property.title || !property.description) ? [`${path}.${key}`] : []),
    ...undescribed(property, `${path}.${key}`),
  ]);
}

describe('schema/profile.schema.json', () => {
  it('explains every key to an editor, by a title and a description', () => {
    const all = [['', schema] as const, ...Object.entries(schema.definitions ?? {})];
    expect(all.flatMap(([name, definition]) => undescribed(definition, name))).toEqual([]);
    expect(
      Object.values(schema.definitions ?? {}).filter(({ title, description }) => !title || !description),
    ).toEqual([]);
  });

  it('knows every operation', () => {
    expect(Object.keys(schema.properties?.operations?.properties ?? {})).toEqual([...operationNames]);
  });
});
