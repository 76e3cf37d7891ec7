import { firstStep } from '../../report/first-step.ts';
import { wordsToAskAgain } from '../../report/reproduce.ts';
import type { Report } from '../../report/types.ts';
import { type Page, paragraph } from './page.ts';
import { columns } from './wrap.ts';

/** The command that asks one requirement again, ready to be copied: broken between words, as a shell wants it. */
export function again(report: Report, page: Page, savedAs: string | undefined): string[] {
  const step = firstStep(report);
  if (step === null) return [];
  const lines: string[] = [];
  for (const word of wordsToAskAgain(report, step.id, savedAs)) {
    const line = lines.at(-1);
    // Four columns before it, two for the sign that it goes on.
    if (line === undefined || columns(`${line} ${word}`) > page.width - 6) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  const needs = savedAs === undefined ? ' (save the report: --report json=report.json)' : '';
  return [
    '',
    ...paragraph(page, `To ask one again${needs}:`, 2, page.ink.quiet),
    ...lines.map((line, index) => `    ${line}${index < lines.length - 1 ? ' \\' : ''}`),
  ];
}
