import type { Overview } from '../../report/merge.ts';
import { htmlDocument } from '../html/document.tsx';
import { visible } from '../html/text.ts';
import { mapTexts } from '../inert.ts';
import { counted } from '../wording.ts';
import { Crms } from './html/crms.tsx';
import { FeatureGrid } from './html/feature-grid.tsx';
import { SharedFindings } from './html/shared-findings.tsx';
import { Tally } from './html/tally.tsx';

/** Many CRMs as one HTML file in the look of the report: no script, no request, each CRM and requirement an anchor. */
export function renderOverviewHtml(given: Overview): string {
  const overview = mapTexts(given, (text) => visible(text, 400));
  const title = counted(overview.crms.length, 'report');
  return htmlDocument(
    `App Connect: ${title} side by side (crm-ready)`,
    'many',
    <>
      <main id="main">
        <header class="intro">
          <p class="kicker">Can they carry RingCentral App Connect?</p>
          <h1>{overview.crms.length === 1 ? title : `${title} side by side`}</h1>
          <Tally crms={overview.crms} />
          <Catalogues crms={overview.crms} />
        </header>
        <Crms crms={overview.crms} />
        <FeatureGrid crms={overview.crms} />
        <SharedFindings overview={overview} />
      </main>
      <footer>
        <p>
          Made by crm-ready of saved reports. What was sent, what came back and what to change stands in the
          report of each CRM. crm-ready is not a product of RingCentral.
        </p>
      </footer>
    </>,
  );
}

function Catalogues({ crms }: Pick<Overview, 'crms'>) {
  const versions = [...new Set(crms.map(({ catalogueVersion }) => catalogueVersion))].sort((a, b) => a - b);
  if (versions.length < 2) return null;
  return (
    <p class="ending">
      They were judged by different catalogues ({versions.join(' and ')}), so their scores cannot be compared:{' '}
      <code class="command">crm-ready report FILE --judge --report json=FILE</code> judges a report again.
    </p>
  );
}
