/**
 * The vendor packet on paper: all of it, in little room. A request stands beside its answer, in small type, and findings
 * follow each other without a new page.
 */
export const packetPrint = `
@media print {
  :root:has(.packet) { font-size: 9pt; }
  .packet { line-height: 1.35; }
  .packet main { max-width: none; }
  .packet .intro { padding-top: 0; }
  .packet .intro p { margin-top: 0.4rem; }
  .packet .contents { margin-top: 1rem; }
  .packet .contents ol { margin-top: 0.25rem; }
  .packet .group { margin-top: 1.5rem; }
  .packet .group > h2 { padding-bottom: 0.25rem; }
  .message { margin-top: 0.8rem; padding-bottom: 0.6rem; }
  .message h3 { font-size: 1.15rem; margin-top: 0.1rem; }
  .message h4 { margin-top: 0.6rem; }
  .packet dl { margin-top: 0.3rem; }
  .packet dl > div { grid-template-columns: 8.5rem minmax(0, 1fr); padding: 0.1rem 0; }
  .packet .requests { margin-top: 0.2rem; }
  .packet .exchange { font-size: 0.85rem; }
  .packet .exchange:last-of-type { border-bottom: 0; }
  .packet .exchange > summary { grid-template-columns: 2rem 11rem minmax(0, 1fr) fit-content(8rem) 4rem; padding: 0.15rem 0; }
  .packet .exchange .folded { grid-template-columns: fit-content(50%) minmax(0, 1fr); gap: 0.1rem 0.75rem; padding: 0 0 0.35rem; }
  .packet .exchange .timing { grid-column: 1 / -1; }
  .packet figcaption { margin-bottom: 0.1rem; font-size: 0.8rem; }
  .packet .exchange pre { padding: 0.25rem 0.4rem; border-radius: 3px; font-size: 6.75pt; line-height: 1.22; orphans: 4; widows: 4; }
  .packet .timing { font-size: 0.8rem; }
  .packet .matrix { margin-top: 0.5rem; gap: 0.25rem; }
  .packet .heat { font-size: 0.8rem; }
  .packet .heat th, .packet .heat td { padding: 0.1rem 0.35rem; }
  .packet footer { margin-top: 0.5rem; padding: 0; }
  .packet footer::before { margin-bottom: 0.4rem; }
}
`;
