import type { Overview, SharedFinding } from '../../../report/merge.ts';
import { Mark, verdictMark } from '../../html/symbols.tsx';
import { anchorOf } from './anchors.ts';

/** Which requirements are not met, or met with a loss, and by which CRMs: what most of them miss first. */
export function SharedFindings({ overview: { crms, findings } }: { overview: Overview }) {
  const anchors = new Map(crms.map(({ label }, index) => [label, anchorOf(index)]));
  if (findings.length === 0) {
    return (
      <section class="shared" aria-labelledby="changes">
        <h2 id="changes">{nothing(crms)}</h2>
      </section>
    );
  }
  return (
    <section class="shared" aria-labelledby="changes">
      <h2 id="changes">What to change, and in how many</h2>
      <p class="because">
        What most of them miss comes first. Each is counted among those in which it could be measured.
      </p>
      <ol>
        {findings.map((finding) => (
          <Shared finding={finding} anchors={anchors} key={finding.id} />
        ))}
      </ol>
    </section>
  );
}

/** What was not measured may have to change. */
function nothing(crms: Overview['crms']): string {
  if (crms.every(({ score }) => score === null)) return 'Nothing could be measured';
  return crms.every(({ measuredPercent }) => measuredPercent === 100)
    ? 'Nothing to change'
    : 'Nothing to change so far: not everything is measured';
}

function Shared({ finding, anchors }: { finding: SharedFinding; anchors: ReadonlyMap<string, string> }) {
  const { id, title, level, crms, failing, measured } = finding;
  const losing = crms.filter((label) => !failing.includes(label));
  return (
    <li id={id}>
      <p class="count">
        <b>{crms.length}</b> of {measured}
      </p>
      <div>
        <h3>The CRM {title}</h3>
        <p class="because">
          {level === 'must' ? 'a must' : 'a should'}{' '}
          <a href={`#${id}`} title="Link to this requirement">
            <code>{id}</code>
          </a>
        </p>
        <Names verdict="fail" labels={failing} anchors={anchors} />
        <Names verdict="warn" labels={losing} anchors={anchors} />
      </div>
    </li>
  );
}

function Names({
  verdict,
  labels,
  anchors,
}: {
  verdict: 'fail' | 'warn';
  labels: readonly string[];
  anchors: ReadonlyMap<string, string>;
}) {
  if (labels.length === 0) return null;
  const mark = verdictMark(verdict, false);
  return (
    <p>
      <span class={`state ${mark}`}>
        <Mark name={mark} /> {verdict === 'fail' ? 'Not met by' : 'Met with a loss by'}
      </span>{' '}
      {labels.map((label, index) => (
        <>
          {index > 0 && ', '}
          <a href={`#${anchors.get(label)}`}>{label}</a>
        </>
      ))}
    </p>
  );
}
