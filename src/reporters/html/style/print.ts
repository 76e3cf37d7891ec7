/**
 * On paper: black on white whatever the screen has, whole findings, and no requests: they would be a hundred pages.
 * The vendor packet keeps them, opened, for they are what it is about.
 */
export const print = `
@media print {
  @page { margin: 13mm; }
  :root {
    color-scheme: light;
    --page: #ffffff; --raised: #ffffff; --line: #cfcfca; --ink: #000000; --quiet: #44474d; --link: #000000;
    --good: #14694a; --loss: #865100; --bad: #b3261e;
    --good-tint: #e3f1ea; --loss-tint: #fbefd9; --bad-tint: #fce9e7; --none-tint: #eeeeeb;
  }
  html { font-size: 10pt; }
  body, .mark, .cell, .bar, .swatch, .first li::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main, footer { max-width: none; padding: 0; }
  .skip, .report .evidence, .exchanges, .purposes, .curl, .matrix details { display: none; }
  .print-only { display: block; }
  .summary, .many .intro, .comparison .intro { padding-top: 0; flex-wrap: nowrap; }
  .glance { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
  .overview li { padding: 0.25rem 0; }
  .overview, .item, .timeline, .about, .remarks { margin-top: 1.75rem; }
  h2, h3, h4, figcaption, .exchange > summary { break-after: avoid; }
  tr, .first li, .overview li, .crms li, .shared li, .changes li, .heads, .requirement, .label, dl > div, .matrix { break-inside: avoid; }
  .requests { break-before: avoid; }
  .scroll { overflow: visible; }
  .crms, .by-feature, .shared, .changes, .comparison .features { margin-top: 1.75rem; }
  .crms li, .shared li, .changes li { padding: 0.45rem 0; }
  .grid { min-width: 0; font-size: 8.5pt; }
  .grid th:first-child { width: 9rem; }
  .grid th, .grid td { padding: 0.3rem 0.5rem 0.3rem 0; }
  /* Else it stands at the foot of every page. */
  .grid tfoot { display: table-row-group; }
  .timeline svg[role='img'] { min-width: 0; }
  .heat th, .heat td { padding: 0.2rem 0.35rem; min-width: 0; }
  .requirement > summary > code::after, .exchange .nr::before { content: none; }
  a { text-decoration: none; }
  .links a::after { content: ' (' attr(href) ')'; color: var(--quiet); }
  .packet details::details-content { content-visibility: visible; }
  .packet .plain { display: none; }
}
`;
