import type { OverviewRow } from '../../../report/merge.ts';
import { overallTitles } from '../../../report/titles.ts';
import { Bar } from '../../html/summary.tsx';
import { Mark, overallMark } from '../../html/symbols.tsx';
import { dateTime } from '../../html/text.ts';
import { counted } from '../../wording.ts';
import { anchorOf } from './anchors.ts';

/** One row for each report: which CRM, when, how it ended and why, the score beside the share that is measured. */
export function Crms({ crms }: { crms: readonly OverviewRow[] }) {
  return (
    <section class="crms" aria-labelledby="crms">
      <h2 id="crms">{crms.length === 1 ? 'The CRM' : 'The CRMs, the best first'}</h2>
      <ol>
        {crms.map((crm, index) => (
          <Crm crm={crm} id={anchorOf(index)} key={anchorOf(index)} />
        ))}
      </ol>
    </section>
  );
}

function Crm({ crm, id }: { crm: OverviewRow; id: string }) {
  const { name, host, startedAt, overall, reason, findings } = crm;
  return (
    <li id={id}>
      <div>
        <h3>{name}</h3>
        <p class="because">
          {host}
          <br />
          <time dateTime={startedAt}>{dateTime(startedAt)}</time>
        </p>
      </div>
      <div>
        <p class={`state ${overallMark(overall)}`}>
          <Mark name={overallMark(overall)} /> {overallTitles[overall]}
        </p>
        <p class="because">
          {reason} {findings > 0 && <a href="#changes">{counted(findings, 'finding')}</a>}
        </p>
      </div>
      <Score crm={crm} />
    </li>
  );
}

function Score({ crm: { score, measuredPercent } }: { crm: OverviewRow }) {
  if (score === null) return <p class="score-line">No score: nothing was measured.</p>;
  return (
    <div class="score-line">
      <p>
        <b>{score}</b> of 100
      </p>
      <Bar score={score} measured={measuredPercent} />
      <p>{`${measuredPercent}\u00A0%`} measured</p>
    </div>
  );
}
