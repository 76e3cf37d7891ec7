import { isMeasured } from '../../report/findings.ts';
import { type OpenCause, openCauses } from '../../report/open-causes.ts';
import type { CheckResult, Report } from '../../report/types.ts';
import { NotMeasured, shareOpen } from './not-measured.tsx';

/** No finding: either all is well, or it was not measured. Then why not, and what to do next. */
export function NothingToChange({ report }: { report: Report }) {
  const causes = openCauses(report.checks);
  return (
    <section class="first" aria-labelledby="first">
      <h2 id="first">{title(report, causes)}</h2>
      <p>{sentence(report, causes)}</p>
      <NotMeasured report={report} causes={causes} />
    </section>
  );
}

function title({ checks }: Report, causes: readonly OpenCause[]): string {
  if (!causes.some(({ open }) => open.some(isJudged))) return 'Nothing to change';
  const measured = checks.filter(({ verdict }) => isMeasured(verdict));
  if (measured.some(isJudged)) return 'Nothing to change so far';
  return measured.length > 0 ? 'Nothing could be judged' : 'Nothing could be measured';
}

function sentence({ checks }: Report, causes: readonly OpenCause[]): string {
  const isOpen = causes.some(({ open }) => open.some(isJudged));
  const isWaived = checks.some(({ verdict }) => verdict === 'waived');
  if (!checks.some((check) => isMeasured(check.verdict) && isJudged(check))) {
    if (isOpen) return 'So it cannot be said whether the CRM must change. What is in the way:';
    return isWaived ? 'What was asked is waived.' : 'What was asked is only shown, and not judged.';
  }
  const waived = isWaived ? ', or waived' : '';
  if (causes.length === 0) return `All that was measured is met${waived}.`;
  return `What was measured is met${waived}. ${shareOpen(checks, causes)}`;
}

function isJudged({ level }: CheckResult): boolean {
  return level !== 'info';
}
