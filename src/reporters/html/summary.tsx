import { overallReason } from '../../report/overall-reason.ts';
import { overallTitles } from '../../report/titles.ts';
import type { Report } from '../../report/types.ts';
import { counted, duration } from '../wording.ts';
import { Mark, overallMark } from './symbols.tsx';
import { dateTime } from './text.ts';

/** Which CRM, when, how it ended, and the score beside the share that is measured. */
export function Summary({ report }: { report: Report }) {
  const { profile, run, overall } = report;
  return (
    <header class="summary">
      <div class="verdict">
        <p class="kicker">Can it carry RingCentral App Connect?</p>
        <h1>{profile.name}</h1>
        <p class={`overall ${overallMark(overall)}`}>
          <Mark name={overallMark(overall)} /> {overallTitles[overall]}
        </p>
        <p class="reason">{overallReason(report)}</p>
        <Ending report={report} />
        <p class="run">
          Checked on <time dateTime={run.startedAt}>{dateTime(run.startedAt)}</time> at <b>{profile.host}</b>
          {run.user !== null && (
            <>
              {' '}
              as <b>{run.user}</b>
            </>
          )}
          : {counted(report.checks.length, 'requirement')}, {counted(run.requests, 'request')},{' '}
          {duration(run.durationMs)}.
        </p>
      </div>
      <Score score={report.score} measuredPercent={report.measuredPercent} />
    </header>
  );
}

/** The score, and beside it always how much was measured. */
export function Score({ score, measuredPercent }: Pick<Report, 'score' | 'measuredPercent'>) {
  if (score === null) {
    return (
      <div class="score">
        <p class="number none">No score</p>
        <p>Nothing was measured.</p>
      </div>
    );
  }
  return (
    <div class="score">
      <p class="number">
        {score} <small>of 100</small>
      </p>
      <Bar score={score} measured={measuredPercent} />
      <p>
        <b>{`${measuredPercent}\u00A0%`}</b> measured
      </p>
    </div>
  );
}

/** Earned and lost of what is measured; the rest of the bar is empty. The numbers stand beside it. */
export function Bar({ score, measured }: { score: number; measured: number }) {
  const earned = (score * measured) / 100;
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="rest" width="100" height="6" />
      <rect class="lost" width={measured} height="6" />
      <rect class="earned" width={earned.toFixed(1)} height="6" />
    </svg>
  );
}

function Ending({ report: { run } }: { report: Report }) {
  const texts = [
    run.ended === 'interrupted' && 'The run was interrupted: what had not been asked is not measured.',
    run.ended === 'deadline' && 'The time for the run was up: what had not been asked is not measured.',
    run.only !== null && `Only ${run.only.join(', ')} was asked.`,
    run.readOnly && 'Read-only: nothing was written, so less is measured.',
  ].filter((text) => text !== false);
  return (
    <>
      {texts.map((text) => (
        <p class="ending" key={text}>
          {text}
        </p>
      ))}
    </>
  );
}
