/** The vendor packet: what it has beyond the report. */
export const packet = `
.packet main { max-width: 52rem; }
.packet .intro { padding: 2.5rem 0 0; }
.packet .intro p { margin-top: 0.75rem; }
.packet .contents { margin-top: 2rem; }
.packet .contents ol { list-style: decimal; padding-inline-start: 2.5em; margin-top: 0.5rem; }
.packet .group { margin-top: 3.5rem; }
.packet .group > h2 { padding-bottom: 0.5rem; border-bottom: 1px solid var(--ink); }
.message { margin-top: 2rem; padding-bottom: 2rem; border-bottom: 1px solid var(--line); }
.message h3 { font-size: 1.25rem; margin-top: 0.35rem; }
.message h4 { margin-top: 1.25rem; font-size: 1rem; }
.message .label { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-size: 0.9rem; color: var(--quiet); }
.message .label .word { font-weight: 650; color: var(--loss); }
.message.bad .label .word { color: var(--bad); }
.message .requests { margin-top: 0.5rem; }
.message .plain { margin-top: 1rem; }
.message .plain summary { font-weight: 600; font-size: 0.95rem; padding: 0.25rem 0; }
.message .plain pre { user-select: all; }
`;
