import { overallTitles } from '../report/titles.ts';
import type { Overall, Report } from '../report/types.ts';
import { jsonText } from './json.ts';

const colours = {
  ready: 'brightgreen',
  'ready-with-adapter-code': 'green',
  'partly-ready': 'yellow',
  'not-ready': 'red',
  unknown: 'lightgrey',
} as const satisfies Record<Overall, string>;

/** The endpoint format of shields.io: https://shields.io/badges/endpoint-badge. Nothing of the CRM's own words is in it. */
export function renderBadge({ overall, score, measuredPercent }: Report): string {
  const measured = score === null ? 'not measured' : `${score}/100, ${measuredPercent} % measured`;
  return jsonText({
    schemaVersion: 1,
    label: 'App Connect',
    message: `${overallTitles[overall].toLowerCase()}, ${measured}`,
    color: colours[overall],
  });
}
