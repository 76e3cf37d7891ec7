import type { OverviewRow } from '../../../report/merge.ts';
import { featureMeanings, featureTitles } from '../../../report/titles.ts';
import { type FeatureId, featureIds } from '../../../report/types.ts';
import { featureMark, Mark } from '../../html/symbols.tsx';
import { capital } from '../../html/text.ts';
import { anchorOf } from './anchors.ts';

/** CRMs down, features across: a mark and its words in each cell. */
export function FeatureGrid({ crms }: { crms: readonly OverviewRow[] }) {
  const title = 'What users will be able to do';
  return (
    <section class="by-feature" aria-labelledby="features">
      <h2 id="features">{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={`${title}, as a table`}>
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">CRM</th>
              {featureIds.map((id) => (
                <th scope="col" key={id}>
                  {featureTitles[id]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {crms.map((crm, index) => (
              <tr key={anchorOf(index)}>
                <th scope="row">
                  <a href={`#${anchorOf(index)}`}>{crm.label}</a>
                </th>
                {featureIds.map((id) => (
                  <Cell crm={crm} feature={id} key={id} />
                ))}
              </tr>
            ))}
          </tbody>
          {crms.length > 1 && <Totals crms={crms} />}
        </table>
      </section>
      <ul class="meanings">
        {featureIds.map((id) => (
          <li key={id}>
            <b>{featureTitles[id]}</b>: {featureMeanings[id]}
          </li>
        ))}
      </ul>
      {crms.some(({ features }) => features.connect === 'does not work') && (
        <p class="because">
          Each feature is judged by itself. Where “{featureTitles.connect}” does not work, nobody gets to the
          others.
        </p>
      )}
    </section>
  );
}

function Cell({ crm, feature }: { crm: OverviewRow; feature: FeatureId }) {
  const state = crm.features[feature];
  const isCautioned = crm.withCaution.includes(feature);
  const mark = featureMark(state, isCautioned);
  return (
    <td class={`state ${mark}`}>
      <Mark name={mark} />
      {`\u00A0${capital(state)}`}
      {isCautioned && ', with a caution'}
    </td>
  );
}

function Totals({ crms }: { crms: readonly OverviewRow[] }) {
  return (
    <tfoot>
      <tr>
        <th scope="row">Works in</th>
        {featureIds.map((id) => (
          <td key={id}>
            {crms.filter(({ features }) => features[id] === 'works').length} of {crms.length}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
