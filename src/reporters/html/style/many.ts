/** Many CRMs side by side. */
export const many = `
.many .intro, .comparison .intro { padding: 2.5rem 0 0; }
.tallies { display: flex; flex-wrap: wrap; gap: 0.25rem 1.75rem; margin-top: 0.9rem; font-size: 1.1rem; }
.tallies a { color: inherit; }
.many .intro .ending { margin-top: 0.75rem; }
.crms, .by-feature, .shared { margin-top: 3.25rem; }
.crms ol, .shared ol { margin-top: 0.6rem; border-top: 1px solid var(--ink); }
.crms li {
  display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr) 10rem; gap: 0.25rem 2rem;
  padding: 0.8rem 0; border-bottom: 1px solid var(--line);
}
.crms .score-line .bar { margin: 0.2rem 0; }
.crms .score-line { font-size: 0.9rem; }
.crms .score-line b { font-size: 1.5rem; line-height: 1.1; }
.crms li:target, .shared li:target, .changes li:target { background: var(--raised); box-shadow: -0.75rem 0 var(--raised), 0.75rem 0 var(--raised); }
.by-feature .scroll { margin-top: 0.6rem; }
.grid { table-layout: fixed; width: 100%; min-width: 58rem; font-size: 0.9rem; line-height: 1.35; overflow-wrap: break-word; }
.grid th, .grid td { padding: 0.55rem 0.9rem 0.55rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
.grid thead th { vertical-align: bottom; border-bottom-color: var(--ink); }
.grid tbody th, .grid tfoot th, .grid thead th:first-child { position: sticky; left: 0; background: var(--page); }
.grid th:first-child { width: 13rem; }
.grid .state { font-weight: 500; padding-inline-start: 1.25em; text-indent: -1.25em; }
.grid tfoot th, .grid tfoot td { border-bottom: 0; color: var(--quiet); }
.grid tfoot td { padding-inline-start: 1.25em; }
.meanings { margin-top: 0.75rem; color: var(--quiet); font-size: 0.875rem; columns: 2 22rem; column-gap: 3rem; }
.meanings b { font-weight: 600; color: var(--ink); }
.by-feature > .because { margin-top: 0.6rem; }
.shared li { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: 0 1.25rem; padding: 0.8rem 0; border-bottom: 1px solid var(--line); }
.shared .count { color: var(--quiet); }
.shared .count b { font-size: 1.5rem; line-height: 1.1; color: var(--ink); }
.shared h3, .changes h3 { font-size: 1rem; font-weight: 600; line-height: 1.4; }
@media (max-width: 44rem) {
  .many .intro, .comparison .intro { padding-top: 1.5rem; }
  .crms li { grid-template-columns: minmax(0, 1fr); }
  .crms .score-line { max-width: 13rem; }
  .shared li { grid-template-columns: minmax(0, 1fr); }
  /* The third feature peeks in: else nobody sees that there are more. */
  .grid { min-width: 52rem; }
  .grid th:first-child { width: 7rem; }
}
`;
