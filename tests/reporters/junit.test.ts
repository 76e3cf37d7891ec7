import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/types.ts';
import { reporters } from '../../src/reporters/index.ts';
import { check, report } from './sample.ts';
import { bad, good, interrupted, unmeasured } from './sample-reports.ts';

const junit = (given: Report) => reporters.junit.render(given);

interface Shape {
  attributes: readonly string[];
  needed: readonly string[];
  children: readonly string[];
}

/**
 * What the published schemas of JUnit results allow: of Jenkins' JUnit (junit-4.xsd) and of its xUnit plugin
 * (junit-10.xsd), the stricter of the two for each element. Children stand in this order.
 */
const schema: Readonly<Record<string, Shape>> = {
  testsuites: {
    attributes: ['name', 'time', 'tests', 'failures', 'errors'],
    needed: [],
    children: ['testsuite'],
  },
  testsuite: {
    attributes: [
      'name',
      'tests',
      'failures',
      'errors',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
    ],
    needed: ['name', 'tests', 'failures', 'errors'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { attributes: [], needed: [], children: ['property'] },
  property: { attributes: ['name', 'value'], needed: ['name', 'value'], children: [] },
  testcase: {
    attributes: ['name', 'time', 'classname'],
    needed: ['name'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  skipped: { attributes: [], needed: [], children: [] },
  failure: { attributes: ['type', 'message'], needed: [], children: [] },
  'system-out': { attributes: [], needed: [], children: [] },
};

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

type Parsed = Record<string, unknown> & { ':@'?: Record<string, string> };

function parse(xml: string): Element {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    preserveOrder: true,
    parseAttributeValue: false,
    parseTagValue: false,
  });
  const root = elementsIn(parser.parse(xml) as Parsed[]).find(({ name }) => name !== '?xml');
  if (!root) throw new Error('no root');
  return root;
}

function elementsIn(nodes: Parsed[]): Element[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
    if (name === undefined) return [];
    const inner = node[name] as Parsed[];
    return [
      {
        name,
        attributes: node[':@'] ?? {},
        children: elementsIn(inner),
        text: inner.map((child) => String(child['#text'] ?? '')).join(''),
      },
    ];
  });
}

function problemsOf(element: Element): string[] {
  const shape = schema[element.name];
  if (!shape) return [`unknown element ${element.name}`];
  const has = Object.keys(element.attributes);
  const order = element.children.map(({ name }) => shape.children.indexOf(name));
  return [
    ...has.filter((name) => !shape.attributes.includes(name)).map((name) => `${element.name} has ${name}`),
    ...shape.needed.filter((name) => !has.includes(name)).map((name) => `${element.name} lacks ${name}`),
    ...(order.includes(-1) ? [`${element.name} holds ${element.children.map(({ name }) => name)}`] : []),
    ...(order.some((at, index) => at < (order[index - 1] ?? 0)) ? [`${element.name}: order`] : []),
    ...element.children.flatMap(problemsOf),
  ];
}

describe('a JUnit report', () => {
  it.each(Object.entries({ good, bad, interrupted, unmeasured }))(
    'has the shape of the published schemas: %s',
    async (_, given) => {
      expect(problemsOf(parse(await junit(given)))).toEqual([]);
    },
  );

  it('(the shape would notice what does not belong)', () => {
    const root = parse('<testsuites skipped="1"><testsuite><oddity/></testsuite></testsuites>');
    expect(problemsOf(root)).toEqual([
      'testsuites has skipped',
      'testsuite lacks name',
      'testsuite lacks tests',
      'testsuite lacks failures',
      'testsuite lacks errors',
      'testsuite holds oddity',
      'testsuite: order',
      'unknown element oddity',
    ]);
  });

  it('counts what it holds, suite by suite and in all', async () => {
    const root = parse(await junit(bad));
    const cases = root.children.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));
    const failures = cases.filter(({ children }) => children.some(({ name }) => name === 'failure'));
    expect(root.attributes).toMatchObject({ tests: String(bad.checks.length), failures: '2', errors: '0' });
    expect([cases.length, failures.length]).toEqual([bad.checks.length, 2]);
    for (const { attributes, children } of root.children) {
      const own = children.filter(({ name }) => name === 'testcase');
      expect(attributes.tests).toBe(String(own.length));
    }
  });

  it('fails only what is not met; what is not measured is skipped, and a loss has passed and says so', async () => {
    const root = parse(
      await junit(
        report([
          check('user.name', { verdict: 'fail', summary: 'no name' }),
          check('user.id', { verdict: 'warn', summary: 'cut' }),
          check('user.validates', { verdict: 'inconclusive', summary: 'no answer' }),
          check('user.get-body', { verdict: 'waived', summary: 'accepted' }),
          check('user.timezone'),
        ]),
      ),
    );
    const said = root.children.flatMap(({ children }) =>
      children
        .filter(({ name }) => name === 'testcase')
        .map((one) => [one.attributes.name?.split(':')[0], one.children.map(({ name }) => name)]),
    );
    expect(said).toEqual([
      ['user.name', ['failure']],
      ['user.id', ['system-out']],
      ['user.validates', ['skipped', 'system-out']],
      ['user.get-body', ['skipped', 'system-out']],
      ['user.timezone', []],
    ]);
  });
});
