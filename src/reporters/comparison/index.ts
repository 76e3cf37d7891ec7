import type { Comparison } from '../../report/compare.ts';
import type { RenderOptions } from '../index.ts';

export interface ComparisonReporter {
  title: string;
  extension: string;
  render(comparison: Comparison, options: RenderOptions): Promise<string>;
}

/** Every format of what has changed between two reports. */
export const comparisonReporters = {
  console: {
    title: 'for people, on a terminal',
    extension: 'txt',
    render: async (comparison, options) =>
      (await import('./console.ts')).renderComparison(comparison, options),
  },
  markdown: {
    title: 'for an issue or a wiki',
    extension: 'md',
    render: async (comparison) => (await import('./markdown.ts')).renderComparisonMarkdown(comparison),
  },
  html: {
    title: 'one page for everybody, in a browser or on paper',
    extension: 'html',
    render: async (comparison) => (await import('./html.tsx')).renderComparisonHtml(comparison),
  },
  json: {
    title: 'for programs',
    extension: 'json',
    render: async (comparison) => (await import('../json.ts')).jsonText(comparison),
  },
} as const satisfies Record<string, ComparisonReporter>;
