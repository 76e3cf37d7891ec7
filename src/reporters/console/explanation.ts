import type { CheckResult } from '../../report/types.ts';
import { listed } from './listed.ts';
import { labelled, type Page, paragraph } from './page.ts';
import { columns, wrap } from './wrap.ts';

const indent = 8;
const labelWidth = 'until then'.length;

/** Below a row that lost something: why it matters, what was expected and seen, and what either side can do. */
export function explanation(check: CheckResult, page: Page): string[] {
  const lines = paragraph(page, check.why, indent);
  const add = (label: string, text: string | null) => {
    if (text) lines.push(...labelled(page, label, text, { indent, labelWidth }));
  };
  add('expected', check.expected);
  lines.push(...observed(check, page));
  add('vendor', check.remedy.vendor);
  add('until then', check.remedy.integrator);
  return lines;
}

/** The exchanges stand at the right edge, behind what was observed, or on a line of their own. */
function observed(check: CheckResult, page: Page): string[] {
  const evidence = exchangesOf(check.exchanges);
  if (!check.observed)
    return evidence === '' ? [] : labelled(page, 'seen in', evidence, { indent, labelWidth });
  const lines = labelled(page, 'observed', check.observed, { indent, labelWidth });
  if (evidence === '') return lines;

  const text = page.narrow ? `observed: ${check.observed}` : check.observed;
  const start = page.narrow ? indent : indent + labelWidth + 1;
  const used = start + columns(wrap(text, page.width - start).at(-1) ?? '');
  const gap = page.width - used - columns(evidence);
  const last = lines.pop() ?? '';
  if (gap >= 2) return [...lines, last + ' '.repeat(gap) + page.ink.quiet(evidence)];
  return [...lines, last, ...paragraph(page, evidence, start, page.ink.quiet)];
}

function exchangesOf(ids: readonly number[]): string {
  if (ids.length === 0) return '';
  return `${ids.length === 1 ? 'exchange' : 'exchanges'} ${listed(ids.map(String))}`;
}
