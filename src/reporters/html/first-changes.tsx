import { firstSteps } from '../../report/first-step.ts';
import type { CheckResult, Report } from '../../report/types.ts';
import { consequencesOf, named } from './consequences.ts';
import { capital } from './text.ts';

/** The three changes that help most. */
export function FirstChanges({ report }: { report: Report }) {
  const steps = firstSteps(report, 3);
  if (steps.length === 0) return <NothingToChange report={report} />;
  return (
    <section class="first" aria-labelledby="first">
      <h2 id="first">
        {steps.length === 1
          ? 'Change this first'
          : `Change ${steps.length === 2 ? 'these two' : 'these three'} things first`}
      </h2>
      <ol>
        {steps.map((check) => (
          <li key={check.id}>
            <p>
              <b>{capital(check.summary)}.</b> {check.remedy.vendor || check.remedy.integrator}
            </p>
            <p class="because">
              <a href={`#${check.id}`}>
                <code>{check.id}</code>
              </a>
              {effect(check, report)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function effect(check: CheckResult, report: Report): string {
  const { breaks, needCode } = consequencesOf(check, report);
  if (breaks.length > 0) return ` breaks ${named(breaks)}`;
  if (needCode.length > 0) return ` makes ${named(needCode)} need code`;
  return check.verdict === 'fail'
    ? ' breaks no feature by itself'
    : ' costs users something; no feature breaks';
}

function NothingToChange({ report }: { report: Report }) {
  const open = report.checks.some((check) =>
    ['blocked', 'not-described', 'inconclusive'].includes(check.verdict),
  );
  return (
    <section class="first" aria-labelledby="first">
      <h2 id="first">Nothing to change</h2>
      <p>
        {open
          ? 'Nothing that was measured has to change. What is not measured is listed with each item below.'
          : 'All that was measured is met.'}
      </p>
    </section>
  );
}
