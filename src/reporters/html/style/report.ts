/** The report, from the first screen to the timeline. */
export const report = `
.summary { display: flex; flex-wrap: wrap; gap: 1rem 3rem; justify-content: space-between; padding: 2.5rem 0 2rem; }
.verdict { flex: 1 1 30rem; }
.overall { font-size: 1.35rem; font-weight: 650; margin-top: 0.75rem; }
.reason { font-size: 1.1rem; }
.ending { color: var(--loss); font-weight: 600; }
.run { color: var(--quiet); font-size: 0.9rem; margin-top: 0.5rem; }
.run b { font-weight: 500; color: var(--ink); }
.score { flex: 0 1 13rem; align-self: end; }
.score .number { font-size: 3.25rem; line-height: 1.1; font-weight: 700; letter-spacing: -0.03em; }
.score .number small { font-size: 1rem; letter-spacing: 0; }
.score .number.none { font-size: 1.5rem; letter-spacing: 0; }
.bar { display: block; width: 100%; height: 6px; border-radius: 3px; }
.bar .rest { fill: var(--line); } .bar .lost { fill: var(--bad); opacity: 0.45; } .bar .earned { fill: var(--good); }
.score .bar { margin: 0.4rem 0; }

.glance { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem 3rem; }
.glance h2 { padding-bottom: 0.6rem; border-bottom: 1px solid var(--ink); }
.features table { width: 100%; }
.features tr { border-bottom: 1px solid var(--line); }
.features th, .features td { padding: 0.5rem 0; vertical-align: top; }
.features th { width: 52%; padding-inline-end: 1.5rem; }
.features th small { display: block; line-height: 1.35; }
.state { font-weight: 600; }
.first li { counter-increment: step; padding: 0.6rem 0 0.6rem 2.25rem; position: relative; border-bottom: 1px solid var(--line); }
.first li::before {
  content: counter(step); position: absolute; left: 0; top: 0.65rem; width: 1.5rem; height: 1.5rem; line-height: 1.5rem;
  border-radius: 50%; background: var(--ink); color: var(--page); text-align: center; font-size: 0.85rem; font-weight: 650;
}
.first section > p, section.first > p { padding-top: 0.6rem; }
.first .causes li { padding-inline-start: 0; }
.first .causes li::before { content: none; }

.overview { margin-top: 4rem; }
.overview ul { margin-top: 0.75rem; border-top: 1px solid var(--ink); }
.overview li {
  display: grid; grid-template-columns: 14rem 8rem minmax(0, 1fr) auto; gap: 0 1.5rem; align-items: center;
  padding: 0.45rem 0; border-bottom: 1px solid var(--line);
}
.overview .score-line { grid-column: 3; color: var(--quiet); font-size: 0.9rem; }
.overview .tally { font-size: 0.9rem; text-align: end; }

.item { margin-top: 3rem; }
.item h3 { padding-bottom: 0.5rem; border-bottom: 1px solid var(--ink); }
.item h3 small { margin-inline-start: 0.5rem; }
.requirement { border-bottom: 1px solid var(--line); }
.requirement > summary {
  display: flex; gap: 0.6rem; align-items: baseline; padding: 0.4rem 0; list-style: none;
}
.requirement > summary::-webkit-details-marker { display: none; }
.requirement > summary:hover { background: var(--raised); }
.requirement .mark { transform: translateY(0.1em); }
.features .note { margin-top: 0.6rem; }
.requirement .said { flex: 1; }
.requirement .word { font-weight: 600; }
.requirement > summary > code { color: var(--quiet); text-align: end; }
.requirement > summary > code::after { content: ' \\25B8'; }
.requirement[open] > summary > code::after { content: ' \\25BE'; }
.requirement > .folded { padding: 0 0 1rem 1.6rem; display: grid; gap: 0.6rem; }

.finding {
  margin: 1rem 0; padding: 1.1rem 1.25rem 1rem; border: 1px solid var(--line); border-inline-start: 4px solid var(--loss);
  border-radius: 6px; background: var(--raised);
}
.finding.bad { border-inline-start-color: var(--bad); }
.finding .label { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-size: 0.9rem; color: var(--quiet); }
.finding .label .word { font-weight: 650; color: var(--loss); }
.finding.bad .label .word { color: var(--bad); }
.finding .label a { margin-inline-start: auto; }
.finding .cut { stroke: var(--raised); }
.finding h4 { margin: 0.35rem 0 0.4rem; }
.effect { font-weight: 500; }
dl > div { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 0 1rem; padding: 0.3rem 0; }
dl { margin-top: 0.6rem; }
dt { color: var(--quiet); }
.links { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.command { user-select: all; }
.evidence { margin-top: 0.75rem; }
.evidence > summary, .matrix summary, .purposes > summary { font-weight: 600; font-size: 0.95rem; padding: 0.25rem 0; }
.evidence > .folded > p { margin: 0.5rem 0; }

.matrix { margin-top: 1rem; display: grid; gap: 0.5rem; }
.heat { font-size: 0.875rem; }
.heat caption { text-align: start; color: var(--quiet); padding-bottom: 0.5rem; }
.heat th, .heat td { padding: 0.25rem 0.6rem; white-space: nowrap; }
.heat th { font-weight: 500; font-variant-numeric: tabular-nums; }
.heat thead th { color: var(--quiet); font-size: 0.8rem; vertical-align: bottom; }
.heat tbody th { text-align: end; padding-inline-start: 0; }
.heat thead th:first-child { text-align: end; padding-inline-start: 0; }
.heat td { text-align: center; min-width: 3.25rem; border: 2px solid var(--raised); border-radius: 4px; }
.cell.hit { background: var(--good-tint); color: var(--good); }
.cell.miss { background: var(--bad-tint); color: var(--bad); }
.cell.refused, .cell.trouble { background: var(--loss-tint); color: var(--loss); }
.cell.not-asked { background: var(--none-tint); color: var(--quiet); }
.formats { display: flex; flex-wrap: wrap; gap: 0.35rem; }
.formats code { padding: 0.1rem 0.4rem; border: 1px solid var(--line); border-radius: 4px; }
.key { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; font-size: 0.875rem; color: var(--quiet); }
.key i.cell { display: inline-block; width: 1.75rem; text-align: center; font-style: normal; border-radius: 4px; }
.matrix .folded { padding: 0.25rem 0 0.5rem 1rem; list-style: disc; font-size: 0.9rem; }

.remarks, .timeline, .exchanges, .about { margin-top: 4rem; }
.remarks p, .about p { margin-top: 0.6rem; max-width: 46rem; }
.remarks ul { list-style: disc; padding-inline-start: 1.25rem; }
.timeline svg[role='img'] { display: block; width: 100%; min-width: 44rem; margin: 0.75rem 0; }
.tick path { stroke: var(--line); stroke-width: 1; fill: none; }
.tick text { fill: var(--quiet); font-size: 11px; }
rect.answered { fill: var(--link); }
rect.refused { fill: var(--page); stroke: var(--loss); stroke-width: 1.5; }
rect.trouble { fill: var(--bad); }
rect.pause { fill: var(--none-tint); }
.swatch { display: inline-block; width: 1.1rem; height: 0.6rem; border: 1.5px solid var(--link); background: var(--link); }
.swatch.refused { border-color: var(--loss); background: var(--page); }
.swatch.trouble { border-color: var(--bad); background: var(--bad); height: 0.9rem; vertical-align: -0.15rem; }
.swatch.pause { border-color: var(--none-tint); background: var(--none-tint); height: 0.9rem; vertical-align: -0.15rem; }
.purposes { margin-top: 0.5rem; }
.purposes table { font-size: 0.9rem; font-variant-numeric: tabular-nums; }
.purposes th, .purposes td { padding: 0.25rem 1.5rem 0.25rem 0; border-bottom: 1px solid var(--line); }
.exchanges h2 { margin-bottom: 0.75rem; }
.about h3 { margin-top: 1.75rem; }
.legend { margin: 0.75rem 0; display: grid; gap: 0.15rem; }
.legend b { font-weight: 600; }

@media (max-width: 56rem) {
  .glance { grid-template-columns: minmax(0, 1fr); }
  .overview li { grid-template-columns: minmax(0, 1fr) auto; }
  .overview .bar { display: none; }
  .overview .score-line { grid-column: 1; grid-row: 2; }
}
@media (max-width: 44rem) {
  h1 { font-size: 2rem; }
  .summary { padding-top: 1.5rem; }
  .verdict { flex-basis: 100%; }
  .score { flex: 1 1 100%; }
  dl > div { grid-template-columns: minmax(0, 1fr); padding: 0.4rem 0; }
  .requirement > summary { flex-wrap: wrap; }
  .requirement .said { flex: 1 1 calc(100% - 2rem); }
  .requirement > summary > code { margin-inline-start: 1.6rem; }
  .finding { padding: 0.9rem 1rem; }
  .finding .label a { margin-inline-start: 0; }
}
`;
