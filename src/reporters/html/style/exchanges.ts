/** Requests and answers, and the lines that fold them away. */
export const exchanges = `
.exchange { border-top: 1px solid var(--line); font-size: 0.9rem; }
.exchange:last-of-type { border-bottom: 1px solid var(--line); }
.exchange > summary {
  display: grid; grid-template-columns: 2.75rem 11rem minmax(0, 1fr) fit-content(8rem) 4.5rem; gap: 0 0.75rem; align-items: baseline;
  padding: 0.4rem 0; list-style: none;
}
.exchange > summary::-webkit-details-marker { display: none; }
.exchange > summary:hover { background: var(--raised); }
.exchange > summary > code { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.exchange[open] > summary > code { white-space: normal; }
.exchange .nr { color: var(--quiet); text-align: end; font-variant-numeric: tabular-nums; }
.exchange .nr::before { content: '\\25B8'; float: left; }
.exchange[open] .nr::before { content: '\\25BE'; }
.exchange .ms { color: var(--quiet); text-align: end; font-variant-numeric: tabular-nums; }
.outcome { font-weight: 600; }
.outcome.refused { color: var(--loss); }
.outcome.trouble { color: var(--bad); }
.exchange .folded { padding: 0.25rem 0 1.25rem; display: grid; gap: 0.9rem; }
figcaption { font-weight: 600; font-size: 0.875rem; margin-bottom: 0.25rem; }
pre {
  margin: 0; padding: 0.75rem 0.9rem; background: var(--raised); border-radius: 6px; white-space: pre-wrap;
  overflow-wrap: anywhere; line-height: 1.5; tab-size: 2;
}
.finding pre, .message pre { background: var(--page); border: 1px solid var(--line); }
.timing, .numbers { color: var(--quiet); font-size: 0.875rem; }
@media (max-width: 44rem) {
  .exchange > summary { grid-template-columns: 2.75rem minmax(0, 1fr) fit-content(6rem) fit-content(4.5rem); }
  .exchange > summary > code { grid-row: 2; grid-column: 2 / -1; }
}
`;
