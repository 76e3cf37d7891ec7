import { readFileSync } from 'node:fs';
import { Ajv, type AnySchemaObject } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Exchange, TroubleCode } from '../../src/http/types.ts';
import {
  type FeatureState,
  featureIds,
  itemIds,
  type Level,
  type Overall,
  type Report,
  type Verdict,
} from '../../src/report/types.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { exchange, unanswered } from './sample.ts';
import { bad, good, interrupted, unmeasured } from './sample-reports.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'),
) as AnySchemaObject;
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function problemsOf(document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** A copy of the report that a program would read, to be damaged. */
function document(report: Report = bad) {
  return JSON.parse(renderJson(report)) as Record<string, never>;
}

describe('report.schema.json', () => {
  it.each(Object.entries({ good, bad, interrupted, unmeasured }))('accepts a %s report', (_, report) => {
    expect(problemsOf(document(report))).toEqual([]);
  });

  it('is tried with a report in which every verdict occurs', () => {
    const all: Record<Verdict, true> = {
      pass: true,
      warn: true,
      fail: true,
      blocked: true,
      'not-described': true,
      inconclusive: true,
      'not-applicable': true,
      waived: true,
    };
    expect(new Set(bad.checks.map((check) => check.verdict))).toEqual(new Set(Object.keys(all)));
    expect(schema.definitions.verdict.enum).toEqual(Object.keys(all));
  });

  it('lists the same words as the types', () => {
    const levels: Record<Level, true> = { must: true, should: true, info: true };
    const overall: Record<Overall, true> = {
      ready: true,
      'ready-with-adapter-code': true,
      'partly-ready': true,
      'not-ready': true,
      unknown: true,
    };
    const states: Record<FeatureState, true> = {
      works: true,
      'works with adapter code': true,
      'does not work': true,
      unknown: true,
    };
    const troubles: Record<TroubleCode, true> = {
      timeout: true,
      deadline: true,
      cancelled: true,
      dns: true,
      'connection-refused': true,
      'connection-lost': true,
      tls: true,
      'too-large': true,
      'too-many-redirects': true,
      'request-budget': true,
      'plain-http': true,
      'host-not-named': true,
      protocol: true,
    };
    const ended: Record<Report['run']['ended'], true> = { complete: true, interrupted: true, deadline: true };
    const languages: Record<Report['profile']['language'], true> = { 'crm-ready': true, proxyConfig: true };

    expect(schema.definitions.itemId.enum).toEqual([...itemIds]);
    expect(Object.keys(schema.properties.features.properties)).toEqual([...featureIds]);
    expect(schema.definitions.level.enum).toEqual(Object.keys(levels));
    expect(schema.properties.overall.enum).toEqual(Object.keys(overall));
    expect(schema.definitions.feature.properties.state.enum).toEqual(Object.keys(states));
    expect(schema.definitions.exchange.properties.error.properties.code.enum).toEqual(Object.keys(troubles));
    expect(schema.properties.run.properties.ended.enum).toEqual(Object.keys(ended));
    expect(schema.properties.profile.properties.language.enum).toEqual(Object.keys(languages));
  });

  it('names exactly the fields that the types have', () => {
    const whole: Required<Exchange> = {
      ...exchange,
      ...unanswered,
      response: responseOf(exchange),
      error: errorOf(unanswered),
    };
    const { definitions, properties } = schema;
    const waived = bad.checks.find(({ verdict }) => verdict === 'waived');
    const pairs: [AnySchemaObject, object | undefined][] = [
      [schema, bad],
      [properties.tool, bad.tool],
      [properties.profile, bad.profile],
      [properties.run, bad.run],
      [definitions.feature, bad.features.connect],
      [definitions.item, bad.items[0]],
      [definitions.check, waived],
      [definitions.waiver, waived?.waiver],
      [definitions.place, bad.profile.locations?.auth],
      [definitions.exchange, whole],
      [definitions.exchange.properties.request, exchange.request],
      [definitions.exchange.properties.response, responseOf(exchange)],
      [definitions.exchange.properties.timing, exchange.timing],
      [definitions.leftover, bad.leftovers[0]],
    ];
    for (const [part, value] of pairs) {
      expect(Object.keys(part.properties).sort(), part.title).toEqual(Object.keys(value ?? {}).sort());
      expect(part.additionalProperties, part.title).toBe(false);
    }
  });

  it.each(Object.keys(bad))('refuses a report without %s', (field) => {
    const { [field]: _, ...rest } = document();
    expect(problemsOf(rest)).toEqual([` must have required property '${field}'`]);
  });

  it.each(Object.keys(bad.checks[0] ?? {}))('refuses a check without %s', (field) => {
    const damaged = structuredClone(bad) as unknown as { checks: Record<string, unknown>[] };
    delete damaged.checks[0]?.[field];
    expect(problemsOf(damaged)).toEqual([`/checks/0 must have required property '${field}'`]);
  });

  it.each([
    ['a field that nobody knows', { ...document(), extra: 1 }],
    ['a score above 100', { ...document(), score: 101 }],
    ['a score that is not a whole number', { ...document(), score: 71.5 }],
    ['another version', { ...document(), schemaVersion: 2 }],
    ['an overall result that does not exist', { ...document(), overall: 'fine' }],
    ['a feature too few', { ...document(), features: {} }],
  ])('refuses %s', (_, damaged) => {
    expect(problemsOf(damaged)).not.toEqual([]);
  });

  it('leaves the facts of a check free', () => {
    const [first, ...rest] = bad.checks;
    for (const facts of [null, 3, 'text', ['a'], { deep: { er: [] } }]) {
      expect(problemsOf({ ...bad, checks: [{ ...first, facts }, ...rest] })).toEqual([]);
    }
  });
});

function responseOf({ response }: Exchange) {
  if (response === undefined) throw new Error('The sample has a response.');
  return response;
}

function errorOf({ error }: Exchange) {
  if (error === undefined) throw new Error('The sample has an error.');
  return error;
}
