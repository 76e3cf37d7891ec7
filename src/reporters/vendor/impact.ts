import type { CheckResult, Report } from '../../report/types.ts';
import { consequencesOf, explained } from '../html/consequences.ts';
import { listOf } from '../html/text.ts';

/** What users of the CRM notice, in one or two sentences. */
export function impactOf(check: CheckResult, report: Report): string {
  const { breaks, needCode, unknown } = consequencesOf(check, report);
  const sentences = [
    breaks.length > 0 &&
      `App Connect’s ${listOf(breaks.map(explained))} ${breaks.length === 1 ? 'does' : 'do'} not work.`,
    needCode.length > 0 &&
      `App Connect’s ${listOf(needCode.map(explained))} ${needCode.length === 1 ? 'does' : 'do'} not work out of the box.`,
    unknown.length > 0 &&
      `Nobody can say whether App Connect’s ${listOf(unknown.map(explained))} ${unknown.length === 1 ? 'works' : 'work'}.`,
  ].filter((sentence) => sentence !== false);
  if (sentences.length > 0) return sentences.join(' ');
  return check.verdict === 'fail' && check.level === 'must'
    ? 'No feature of App Connect breaks by itself, but it cannot be relied upon.'
    : 'No feature of App Connect breaks, but it works less well.';
}
