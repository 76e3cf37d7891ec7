import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { root } from '../harness.ts';
import { bad, good, interrupted, unmeasured } from './sample-reports.ts';

/** Ant's schema is older than `skipped`, which CI servers count; Jenkins' is the one that they read by. */
const schema = join(root, 'tests/schemas/.tmp/jenkins-junit.xsd');
const isThere = existsSync(schema);
const note = isThere ? '' : ' (not looked at: run tests/schemas/prepare.sh)';

/** @throws {Error} with what xmllint says, where the text does not fit */
function validate(xml: string): void {
  execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], { input: xml, stdio: 'pipe' });
}

test.skipIf(!isThere)(`JUnit results fit the schema that Jenkins published${note}`, async () => {
  for (const report of [good, bad, interrupted, unmeasured]) validate(await reporters.junit.render(report));
  const broken = (await reporters.junit.render(good)).replaceAll('<testcase ', '<testcase colour="red" ');
  expect(() => validate(broken)).toThrow('colour');
});
