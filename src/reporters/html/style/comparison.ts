/** Two reports of one CRM. */
export const comparison = `
.heads { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2rem 3rem; margin-top: 2.5rem; }
.heads h2 { padding-bottom: 0.5rem; border-bottom: 1px solid var(--ink); margin-bottom: 0.6rem; }
.heads .score { max-width: 13rem; margin-top: 0.6rem; }
.heads .score .number { font-size: 2.25rem; }
.changes, .comparison .features { margin-top: 3rem; }
.changes ul { margin-top: 0.6rem; border-top: 1px solid var(--ink); }
.changes li { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 0 1.5rem; padding: 0.7rem 0; border-bottom: 1px solid var(--line); }
.step { font-size: 0.95rem; }
.step .state { white-space: nowrap; }
.comparison .features th, .comparison .features td { padding-inline-end: 1rem; overflow-wrap: break-word; }
.comparison .features th { width: auto; }
.comparison .features thead th { border-bottom: 1px solid var(--ink); }
@media (max-width: 44rem) {
  .heads { gap: 1.5rem; }
  .changes li { grid-template-columns: minmax(0, 1fr); }
}
`;
