import { expect, test } from 'vitest';

const howTo = 'the published App Connect engine is not installed: run tests/referee/prepare.sh';

/** In place of a comparison: skipped with the reason, and a failure where the real systems must be there. */
export function withoutReferee(): void {
  if (process.env.CRM_READY_REAL === '1') test('can be compared', () => expect.fail(howTo));
  else test.skip(`are not compared: ${howTo}`, () => {});
}
