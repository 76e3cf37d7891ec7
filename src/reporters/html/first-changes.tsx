import { firstSteps } from '../../report/first-step.ts';
import { openCauses } from '../../report/open-causes.ts';
import type { CheckResult, Report } from '../../report/types.ts';
import { consequencesOf, named } from './consequences.ts';
import { NotMeasured, shareOpen } from './not-measured.tsx';
import { NothingToChange } from './nothing-to-change.tsx';
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
      {report.overall === 'unknown' && <NotMeasuredYet report={report} />}
    </section>
  );
}

/** Where too little is measured to speak of the whole, what is in the way matters as much as what is found. */
function NotMeasuredYet({ report }: { report: Report }) {
  const causes = openCauses(report.checks);
  if (causes.length === 0) return null;
  return (
    <>
      <p>{shareOpen(report.checks, causes)}</p>
      <NotMeasured report={report} causes={causes} />
    </>
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
