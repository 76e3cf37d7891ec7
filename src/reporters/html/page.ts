import type { Report } from '../../report/types.ts';
import { mapTexts } from '../inert.ts';
import { curlLine, type Exchange, hasSecrets } from './curl.ts';
import { visible } from './text.ts';

/** What every part of a page needs to know. */
export interface Page {
  /** The report, every text in it fit to be shown: see `visible`. */
  report: Report;
  /** By id. Texts as in `report`. */
  exchanges: ReadonlyMap<number, Exchange>;
  /** By id of the exchange: made of what was recorded, not of what is shown, for it must send the same. */
  curl: ReadonlyMap<number, { line: string; secrets: boolean }>;
}

export function pageOf(report: Report): Page {
  const shown = mapTexts(report, (text) => visible(text));
  return {
    report: shown,
    exchanges: new Map(shown.exchanges.map((exchange) => [exchange.id, exchange])),
    curl: new Map(
      report.exchanges.flatMap((exchange) => {
        const line = curlLine(exchange);
        return line === null ? [] : [[exchange.id, { line, secrets: hasSecrets(exchange) }]];
      }),
    ),
  };
}
