import { matricesToShow } from '../report/matrix.ts';
import type { Report } from '../report/types.ts';
import { again } from './console/again.ts';
import { closing } from './console/closing.ts';
import { features } from './console/features.ts';
import { header } from './console/header.ts';
import { items } from './console/items.ts';
import { plainTypography } from './console/marks.ts';
import { nextSteps } from './console/next-steps.ts';
import { pageOf } from './console/page.ts';
import { inert, mapTexts } from './inert.ts';

/**
 * The report for a person at a terminal. Text of the CRM cannot steer the terminal: see `inert.ts`.
 * @param options `width` in columns (used from 40 to 100), `unicode` false for marks in ASCII only, `colour` false
 *   for text without any escape sequence
 * @returns lines, the last one ended
 */
export function renderConsole(
  report: Report,
  options: { colour: boolean; width: number; unicode: boolean; savedAs?: string },
): string {
  const shown = showable(report, options.unicode);
  const page = pageOf(
    options,
    shown.checks.map((check) => check.id),
  );
  const lines = [
    '',
    ...header(shown, page),
    ...items(shown, matricesToShow(shown.checks), page),
    ...features(shown, page),
    ...closing(shown, page),
    ...nextSteps(shown, page),
    ...again(shown, page, options.savedAs),
  ];
  return `${lines.join('\n')}\n`;
}

/** Without what the screen does not show (exchanges), every text made harmless. */
function showable(report: Report, unicode: boolean): Report {
  const change = unicode ? inert : (text: string) => plainTypography(inert(text));
  return mapTexts({ ...report, exchanges: [] }, (text) => change(text));
}
