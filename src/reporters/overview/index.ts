import type { Overview } from '../../report/merge.ts';
import type { RenderOptions } from '../index.ts';

export interface OverviewReporter {
  title: string;
  extension: string;
  render(overview: Overview, options: RenderOptions): Promise<string>;
}

/** Every format of the page of many CRMs. To add one: a file with one function, and a row here. */
export const overviewReporters = {
  console: {
    title: 'for people, on a terminal',
    extension: 'txt',
    render: async (overview, options) => (await import('./console.ts')).renderOverview(overview, options),
  },
  markdown: {
    title: 'for an issue or a wiki',
    extension: 'md',
    render: async (overview) => (await import('./markdown.ts')).renderOverviewMarkdown(overview),
  },
  html: {
    title: 'one page for everybody, in a browser or on paper',
    extension: 'html',
    render: async (overview) => (await import('./html.tsx')).renderOverviewHtml(overview),
  },
  json: {
    title: 'for programs',
    extension: 'json',
    render: async (overview) => (await import('../json.ts')).jsonText(overview),
  },
} as const satisfies Record<string, OverviewReporter>;
