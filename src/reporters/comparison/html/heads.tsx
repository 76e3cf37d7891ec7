import type { Comparison } from '../../../report/compare.ts';
import { overallTitles } from '../../../report/titles.ts';
import { Score } from '../../html/summary.tsx';
import { Mark, overallMark } from '../../html/symbols.tsx';
import { dateTime } from '../../html/text.ts';

/** The two reports side by side: when, where, the result and the score. */
export function Heads({ comparison: { before, after } }: { comparison: Comparison }) {
  const isNamed = before.name !== after.name;
  return (
    <div class="heads">
      <Head id="before" title="Before" head={before} isNamed={isNamed} />
      <Head id="after" title="After" head={after} isNamed={isNamed} />
    </div>
  );
}

function Head({
  id,
  title,
  head: { name, host, startedAt, overall, score, measuredPercent },
  isNamed,
}: {
  id: string;
  title: string;
  head: Comparison['before'];
  /** Whether the name has to be said: the page has it in its heading. */
  isNamed: boolean;
}) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="because">
        {isNamed && (
          <>
            <b>{name}</b>
            <br />
          </>
        )}
        <time dateTime={startedAt}>{dateTime(startedAt)}</time>
        <br />
        {host}
      </p>
      <p class={`overall ${overallMark(overall)}`}>
        <Mark name={overallMark(overall)} /> {overallTitles[overall]}
      </p>
      <Score score={score} measuredPercent={measuredPercent} />
    </section>
  );
}
