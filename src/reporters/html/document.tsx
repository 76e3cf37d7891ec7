import { createHash } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { stylesheet } from './style/stylesheet.ts';
import { Symbols } from './symbols.tsx';

/** Class of the body: the report of one CRM, its vendor's packet, many CRMs, two reports of one. */
type PageKind = 'report' | 'packet' | 'many' | 'comparison';

const styleHash = createHash('sha256').update(stylesheet).digest('base64');

/** Nothing is fetched and nothing runs: no script, no frame, no form, no style but the one with this hash. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;

/**
 * One self-contained HTML document. Every text in it was escaped by preact; no element of a report is ever raw HTML.
 * @param title of the window
 */
export function htmlDocument(title: string, kind: PageKind, body: ComponentChildren): string {
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        {/* Else a browser asks the server for /favicon.ico. */}
        <link rel="icon" href="data:," />
        <style>{stylesheet}</style>
      </head>
      <body class={kind}>
        <a class="skip" href="#main">
          Skip to the result
        </a>
        <Symbols />
        {body}
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}
