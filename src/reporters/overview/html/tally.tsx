import type { OverviewRow } from '../../../report/merge.ts';
import { overallTitles } from '../../../report/titles.ts';
import type { Overall } from '../../../report/types.ts';
import { Mark, overallMark } from '../../html/symbols.tsx';
import { anchorOf } from './anchors.ts';

/** How many of each result, with a link to the first of them. The rows stand in the order of their results. */
export function Tally({ crms }: { crms: readonly OverviewRow[] }) {
  const results = Object.keys(overallTitles) as Overall[];
  return (
    <ul class="tallies">
      {results.map((result) => {
        const first = crms.findIndex(({ overall }) => overall === result);
        if (first < 0) return null;
        return (
          <li class={`state ${overallMark(result)}`} key={result}>
            <Mark name={overallMark(result)} />{' '}
            <a href={`#${anchorOf(first)}`}>
              {crms.filter(({ overall }) => overall === result).length} {overallTitles[result].toLowerCase()}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
