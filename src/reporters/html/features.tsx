import { featureMeanings, featureTitles } from '../../report/titles.ts';
import { type FeatureId, featureIds, type Report } from '../../report/types.ts';
import { featureMark, Mark } from './symbols.tsx';
import { capital } from './text.ts';

/** The seven features: state, the requirements that decided it, and what to bear in mind. */
export function Features({ report }: { report: Report }) {
  return (
    <section class="features" aria-labelledby="features">
      <h2 id="features">What your users will be able to do</h2>
      <table>
        <thead class="unseen">
          <tr>
            <th scope="col">Feature of App Connect</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {featureIds.map((id) => (
            <Feature id={id} report={report} key={id} />
          ))}
        </tbody>
      </table>
      {report.features.connect.state === 'does not work' && (
        <p class="because note">
          Each feature is judged by itself. As long as “{featureTitles.connect}” does not work, nobody gets to
          the others.
        </p>
      )}
    </section>
  );
}

function Feature({ id, report }: { id: FeatureId; report: Report }) {
  const { state, because, cautions } = report.features[id];
  const mark = featureMark(state, cautions.length > 0);
  return (
    <tr>
      <th scope="row">
        {featureTitles[id]} <small>{featureMeanings[id]}</small>
      </th>
      <td>
        <p class={`state ${mark}`}>
          <Mark name={mark} /> {capital(state)}
          {state === 'works' && cautions.length > 0 && ', with a caution'}
        </p>
        {because.length > 0 && (
          <p class="because">
            {state === 'unknown' ? 'not measured: ' : 'because of '}
            <RequirementLinks ids={causes(because, report)} report={report} />
          </p>
        )}
        {cautions.map((caution) => (
          <p class="because" key={caution}>
            But: {caution} <CautionSource caution={caution} report={report} />
          </p>
        ))}
      </td>
    </tr>
  );
}

/** The requirement that a caution comes from. */
function CautionSource({ caution, report }: { caution: string; report: Report }) {
  const source = report.checks.find(
    ({ id, cautions }) =>
      cautions.includes(caution) || caution.startsWith(`${id}:`) || caution.startsWith(`${id} `),
  );
  // What no requirement says itself is the share of the phone number formats that a search misses.
  const id = source?.id ?? 'lookup.any-format';
  return (
    <>
      (see <RequirementLinks ids={[id]} report={report} />)
    </>
  );
}

/** Where a requirement is only blocked, the one that blocks it is the cause. */
function causes(because: readonly string[], { checks }: Report): string[] {
  const blockers = new Map(checks.map((check) => [check.id, check.blockedBy]));
  return [...new Set(because.map((id) => blockers.get(id) ?? id))];
}

/** Ids as links into the page, where the page has them. */
export function RequirementLinks({ ids, report }: { ids: readonly string[]; report: Report }) {
  const there = new Set(report.checks.map((check) => check.id));
  const shown = ids.slice(0, 4);
  const more = ids.length - shown.length;
  return (
    <>
      {shown.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          {there.has(id) ? (
            <a href={`#${id}`}>
              <code>{id}</code>
            </a>
          ) : (
            <code>{id}</code>
          )}
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  );
}
