import type { ChangeKind, CheckChange, Comparison } from '../../../report/compare.ts';
import { verdictTitles } from '../../../report/titles.ts';
import type { Verdict } from '../../../report/types.ts';
import { Mark, verdictMark } from '../../html/symbols.tsx';
import { capital } from '../../html/text.ts';
import { changeTitles } from '../words.ts';

type ShownKind = keyof typeof changeTitles;
const shownKinds = Object.keys(changeTitles) as ShownKind[];

/** How many of each kind, with a link to them. */
export function KindLinks({ comparison }: { comparison: Comparison }) {
  const kinds = kindsIn(comparison);
  if (kinds.length === 0) return null;
  return (
    <ul class="tallies">
      {kinds.map(([kind, changes]) => (
        <li key={kind}>
          <a href={`#${kind}`}>
            {changeTitles[kind]}: {changes.length}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The requirements that changed, by what became of them: what is worse first. */
export function Changes({ comparison }: { comparison: Comparison }) {
  return (
    <>
      {kindsIn(comparison).map(([kind, changes]) => (
        <section class="changes" aria-labelledby={kind} key={kind}>
          <h2 id={kind}>
            {changeTitles[kind]} <small>{changes.length}</small>
          </h2>
          <ul>
            {changes.map((change) => (
              <Change change={change} key={change.id} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function kindsIn({ changes }: Comparison): [ShownKind, CheckChange[]][] {
  return shownKinds.flatMap((kind): [ShownKind, CheckChange[]][] => {
    const those = changes.filter((change) => change.kind === kind);
    return those.length === 0 ? [] : [[kind, those]];
  });
}

function Change({ change: { id, kind, level, before, after, summary } }: { change: CheckChange }) {
  return (
    <li id={id}>
      <p class="step">
        {before === after && before !== null ? (
          <Step verdict={before} words={`${verdictTitles[before]}, as before, ${degree(kind)}`} />
        ) : (
          <>
            <Step verdict={before} words={before === null ? 'not asked' : verdictTitles[before]} />
            <span aria-hidden="true">{' \u2192 '}</span>
            <span class="unseen">, now </span>
            <Step verdict={after} words={after === null ? 'no longer asked' : verdictTitles[after]} />
          </>
        )}
      </p>
      <div>
        <h3>{capital(summary)}</h3>
        <p class="because">
          {level === 'must' ? 'a must' : 'a should'}{' '}
          <a href={`#${id}`} title="Link to this change">
            <code>{id}</code>
          </a>
        </p>
      </div>
    </li>
  );
}

/** The verdict is the same, what was earned is not. */
function degree(kind: ChangeKind): string {
  return kind === 'worse' ? 'but more is lost' : 'but less is lost';
}

function Step({ verdict, words }: { verdict: Verdict | null; words: string }) {
  const mark = verdict === null ? 'none' : verdictMark(verdict, false);
  return (
    <span class={`state ${mark}`}>
      <Mark name={mark} /> {words}
    </span>
  );
}
