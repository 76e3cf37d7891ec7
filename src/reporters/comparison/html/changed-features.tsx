import type { Comparison } from '../../../report/compare.ts';
import { featureMeanings, featureTitles } from '../../../report/titles.ts';
import type { FeatureState } from '../../../report/types.ts';
import { featureMark, Mark } from '../../html/symbols.tsx';
import { capital } from '../../html/text.ts';

/** The features whose state is another one now. */
export function ChangedFeatures({ comparison: { features } }: { comparison: Comparison }) {
  if (features.length === 0) return null;
  return (
    <section class="features" aria-labelledby="features">
      <h2 id="features">What users will be able to do</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Feature of App Connect</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {features.map(({ id, before, after }) => (
            <tr key={id}>
              <th scope="row">
                {featureTitles[id]} <small>{featureMeanings[id]}</small>
              </th>
              <State state={before} />
              <State state={after} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function State({ state }: { state: FeatureState }) {
  const mark = featureMark(state, false);
  return (
    <td class={`state ${mark}`}>
      <Mark name={mark} />
      {`\u00A0${capital(state)}`}
    </td>
  );
}
