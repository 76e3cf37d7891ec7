/** Colours, type and everything that both pages share. No `<`, `&` or `"`: the text must survive escaping unchanged. */
export const base = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f7f7f5; --line: #dfdfda; --ink: #1b1c1e; --quiet: #595d64; --link: #1f5aa6;
  --good: #14694a; --loss: #865100; --bad: #b3261e;
  --good-tint: #e3f1ea; --loss-tint: #fbefd9; --bad-tint: #fce9e7; --none-tint: #eeeeeb;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #141517; --raised: #1c1e21; --line: #33363b; --ink: #e9e9e6; --quiet: #a6aab1; --link: #8ab8f0;
    --good: #6fca9d; --loss: #e3b364; --bad: #ff9c91;
    --good-tint: #173226; --loss-tint: #352915; --bad-tint: #3d1e1b; --none-tint: #26282c;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
}
main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; }
h1 { font-size: 2.5rem; font-weight: 700; letter-spacing: -0.025em; }
h2 { font-size: 1.3rem; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: 1.15rem; font-weight: 650; }
h4 { font-size: 1.1rem; font-weight: 600; }
small { font-size: 0.875rem; font-weight: 400; color: var(--quiet); }
code, pre { font-family: var(--mono); font-size: 0.85em; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
:target { scroll-margin-top: 1rem; }
table { border-collapse: collapse; }
th { text-align: start; font-weight: 600; }
summary { cursor: pointer; }
.unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.5rem 1rem; background: var(--page); }
.skip:focus { top: 0.5rem; z-index: 1; }
.symbols { position: absolute; }
.mark { width: 1em; height: 1em; flex: none; vertical-align: -0.12em; fill: currentColor; color: var(--quiet); }
.mark.good, .state.good, .overall.good { color: var(--good); }
.mark.loss, .state.loss, .overall.loss { color: var(--loss); }
.mark.bad, .state.bad, .overall.bad { color: var(--bad); }
.cut { fill: none; stroke: var(--page); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.line { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; }
.dashed { stroke-dasharray: 2.2 2.6; }
.scroll { position: relative; overflow-x: auto; max-width: 100%; }
.print-only { display: none; }
.kicker { color: var(--quiet); font-size: 0.95rem; }
.because { color: var(--quiet); font-size: 0.875rem; }
footer { margin-top: 4rem; padding-top: 1.25rem; padding-bottom: 3rem; color: var(--quiet); font-size: 0.875rem; }
footer::before { content: ''; display: block; border-top: 1px solid var(--line); margin-bottom: 1.25rem; }
`;
