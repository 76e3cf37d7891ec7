import { type Comparison, standing } from '../../report/compare.ts';
import { htmlDocument } from '../html/document.tsx';
import { Mark } from '../html/symbols.tsx';
import { visible } from '../html/text.ts';
import { mapTexts } from '../inert.ts';
import { ChangedFeatures } from './html/changed-features.tsx';
import { Changes, KindLinks } from './html/changes.tsx';
import { Heads } from './html/heads.tsx';
import { conclusion } from './words.ts';

const standingMarks = { holds: 'good', fails: 'bad', 'cannot tell': 'question' } as const;

/** What has changed between two reports, as one HTML file in the look of the report. */
export function renderComparisonHtml(given: Comparison): string {
  const comparison = mapTexts(given, (text) => visible(text, 1000));
  const { after, notes, same } = comparison;
  const mark = standingMarks[standing(comparison)];
  return htmlDocument(
    `${after.name}: what has changed (crm-ready)`,
    'comparison',
    <>
      <main id="main">
        <header class="intro">
          <p class="kicker">What has changed</p>
          <h1>{after.name}</h1>
          <p class={`overall ${mark}`}>
            <Mark name={mark} /> {conclusion(comparison)}
          </p>
          <p>{same === 1 ? '1 requirement is' : `${same} requirements are`} as before.</p>
          {notes.map((note) => (
            <p class="ending" key={note}>
              {note}
            </p>
          ))}
          <KindLinks comparison={comparison} />
        </header>
        <Heads comparison={comparison} />
        <Changes comparison={comparison} />
        <ChangedFeatures comparison={comparison} />
      </main>
      <footer>
        <p>
          Made by crm-ready of two saved reports. What was sent, what came back and what to change stands in
          each of them. crm-ready is not a product of RingCentral.
        </p>
      </footer>
    </>,
  );
}
