import type { Report } from '../report/types.ts';

/** How the text will be shown. Formats that are files take no notice of it. */
export interface RenderOptions {
  colour: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Whether the terminal can show more than ASCII. */
  unicode: boolean;
  /** The JSON file in which the report is saved as well, for commands that need it. */
  savedAs?: string;
}

export interface Reporter {
  /** What it is for, in a few words, for `--help`. */
  title: string;
  /** Usual ending of a file in this format, without the dot. */
  extension: string;
  render(report: Report, options: RenderOptions): Promise<string>;
}

/** Every format, by the name that `--reporter` takes. To add one: a file with one function, and a row here. */
export const reporters = {
  console: {
    title: 'for people, on a terminal',
    extension: 'txt',
    render: async (report, options) => (await import('./console.ts')).renderConsole(report, options),
  },
  json: {
    title: 'the whole report, for programs',
    extension: 'json',
    render: async (report) => (await import('./json.ts')).renderJson(report),
  },
  html: {
    title: 'one page for everybody, in a browser or on paper',
    extension: 'html',
    render: async (report) => (await import('./html.tsx')).renderHtml(report),
  },
  vendor: {
    title: 'what the CRM vendor must change, ready to be sent',
    extension: 'html',
    render: async (report) => (await import('./vendor.tsx')).renderVendor(report),
  },
  markdown: {
    title: 'for an issue or a wiki',
    extension: 'md',
    render: async (report, { savedAs }) => (await import('./markdown.ts')).renderMarkdown(report, savedAs),
  },
  junit: {
    title: 'test results, for CI servers',
    extension: 'xml',
    render: async (report) => (await import('./junit.ts')).renderJunit(report),
  },
  sarif: {
    title: 'SARIF 2.1.0, for code scanning and editors',
    extension: 'sarif',
    render: async (report) => (await import('./sarif.ts')).renderSarif(report),
  },
  github: {
    title: 'annotations for GitHub Actions, and the summary of the job',
    extension: 'txt',
    render: async (report) => (await import('./github.ts')).renderGithub(report),
  },
  badge: {
    title: 'a badge: the endpoint format of shields.io',
    extension: 'json',
    render: async (report) => (await import('./badge.ts')).renderBadge(report),
  },
} as const satisfies Record<string, Reporter>;

export type ReporterName = keyof typeof reporters;
