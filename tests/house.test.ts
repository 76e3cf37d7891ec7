import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './harness.ts';

/** The floors of the house, from the top; rooms on one floor stand side by side. */
const floors = [
  ['cli'],
  ['run'],
  ['verdict'],
  ['checks'],
  ['auth', 'crm', 'reporters'],
  ['operation', 'app-connect', 'report'],
  ['http', 'profile', 'sandbox'],
];
const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));

const source = join(root, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => join(source, file));

/** Files that a file imports, types included: who only needs to know a name still depends on it. */
const imports = new Map(
  files.map((file) => {
    const text = readFileSync(file, 'utf8');
    const targets = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
      resolve(dirname(file), path),
    );
    return [file, targets.filter((target) => target.startsWith(source))] as const;
  }),
);

test('imports only go down', () => {
  const upward = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => floor(target) < floor(file))
      .map((target) => `${short(file)} → ${short(target)}`),
  );
  expect(upward).toEqual([]);
});

test('the reference CRM imports nothing of the rest', () => {
  const outside = [...imports].flatMap(([file, targets]) =>
    room(file) === 'sandbox' ? targets.filter((target) => room(target) !== 'sandbox').map(short) : [],
  );
  expect(outside).toEqual([]);
});

test('a reporter knows only the report', () => {
  const others = [...imports].flatMap(([file, targets]) =>
    room(file) === 'reporters'
      ? targets
          .filter((target) => !['reporters', 'report'].includes(room(target)))
          .map((target) => `${short(file)} → ${short(target)}`)
      : [],
  );
  expect(others).toEqual([]);
});

test('no two files import each other in a circle', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].map(short).join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const target of imports.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(circles).toEqual([]);
});

function room(file: string): string {
  return relative(source, file).split('/')[0] ?? '';
}

function floor(file: string): number {
  return floorOf.get(room(file)) ?? -1;
}

function short(file: string): string {
  return relative(source, file);
}
