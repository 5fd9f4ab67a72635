// The report's style sheet: system fonts, light and dark, from a phone to a printed page.

export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --raised: #f6f7f9; --ink: #191c22; --muted: #565f6d; --rule: #dde1e7;
  --mlp: #0067ad; --snn: #bd4b00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161b; --raised: #1c1f26; --ink: #e9ebef; --muted: #a3acba; --rule: #313641;
    --mlp: #6bb5ff; --snn: #ff9e4f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
main { max-width: 1120px; margin: 0 auto; padding: 3.5rem 1.5rem 5rem; }
h1 { font-size: clamp(1.9rem, 4.6vw, 3rem); line-height: 1.12; letter-spacing: -0.02em; margin: 0 0 0.6rem; text-wrap: balance; }
h2 { font-size: 1.55rem; line-height: 1.25; letter-spacing: -0.01em; margin: 4.2rem 0 0.8rem; }
h3 { font-size: 1.02rem; line-height: 1.35; margin: 0 0 0.7rem; }
p, li { max-width: 46rem; }
p { margin: 0 0 1rem; }
.eyebrow { color: var(--muted); font-size: 0.86rem; letter-spacing: 0.06em; text-transform: uppercase; margin-bottom: 0.7rem; }
.lead { font-size: 1.16rem; line-height: 1.55; color: var(--muted); }
.notice {
  border: 1px solid var(--snn); border-left-width: 6px; border-radius: 8px; background: var(--raised);
  padding: 0.9rem 1.2rem; margin: 0 0 2rem; max-width: none;
}
.notice ul { margin: 0.3rem 0 0; padding-left: 1.2rem; }
.notice p { margin: 0; }
.duel { display: grid; grid-template-columns: 1fr 1fr; gap: 1.2rem; margin: 2.2rem 0 1.4rem; }
.duel div { background: var(--raised); border-radius: 14px; border-top: 5px solid; padding: 1.3rem 1.5rem 1.4rem; }
.duel .mlp { border-color: var(--mlp); }
.duel .snn { border-color: var(--snn); }
.duel b { display: block; font-size: clamp(2.3rem, 7.5vw, 4.2rem); line-height: 1.1; letter-spacing: -0.03em; font-variant-numeric: tabular-nums; }
.duel .mlp b { color: var(--mlp); }
.duel .snn b { color: var(--snn); }
.duel strong { display: block; font-size: 1.05rem; }
.duel span { display: block; color: var(--muted); font-size: 0.95rem; line-height: 1.45; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.97rem; line-height: 1.45; margin: 1.2rem 0; }
caption { text-align: left; color: var(--muted); font-size: 0.92rem; padding-bottom: 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.6rem 1.1rem 0.6rem 0; border-bottom: 1px solid var(--rule); }
thead th, thead td { border-bottom: 2px solid var(--rule); }
tbody th { font-weight: 500; color: var(--muted); width: 27%; }
td { font-variant-numeric: tabular-nums; }
.aside { color: var(--muted); }
th.mlp { color: var(--mlp); }
th.snn { color: var(--snn); }
tr.control td, tr.control th { background: var(--raised); }
tr.control th { padding-left: 0.7rem; }
figure { margin: 1.4rem 0; min-width: 0; }
figcaption { color: var(--muted); font-size: 0.92rem; line-height: 1.5; margin-top: 0.8rem; max-width: 46rem; }
figure img { display: block; width: 100%; height: auto; border-radius: 8px; }
figure svg { display: block; max-width: 100%; height: auto; overflow: visible; --plot-background: var(--paper); }
figure svg text { white-space: pre; }
.narrow { display: none; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2.2rem; align-items: start; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.5rem; margin: 0 0 0.5rem; font-size: 0.95rem; }
.legend i { display: inline-block; width: 1.5em; height: 0.28em; border-radius: 2px; vertical-align: middle; margin-right: 0.5em; }
.ramp { display: inline-flex; align-items: center; gap: 0.6rem; margin: 0.7rem 0 0.6rem; font-size: 0.88rem; color: var(--muted); font-variant-numeric: tabular-nums; }
.ramp svg { border-radius: 3px; overflow: hidden; }
.raster { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 0 2rem; align-items: start; }
.raster .shown { padding-top: 1.5rem; }
.raster .shown p { font-size: 0.92rem; color: var(--muted); margin-top: 0.7rem; }
.raster figcaption { grid-column: 2; }
.missing { color: var(--muted); font-style: italic; }
ul { padding-left: 1.2rem; margin: 0 0 1rem; }
li { margin-bottom: 0.45rem; }
code { font: 0.9em/1.5 ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--raised); border-radius: 10px; padding: 1rem 1.2rem; margin: 0 0 1.2rem; white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3rem 1.4rem; font-size: 0.95rem; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 4.5rem; padding-top: 1.2rem; border-top: 1px solid var(--rule); color: var(--muted); font-size: 0.9rem; }
@media (max-width: 760px) {
  body { font-size: 16px; }
  main { padding: 2rem 1.1rem 3.5rem; }
  h2 { margin-top: 3.2rem; }
  .duel { gap: 0.8rem; }
  .duel div { padding: 0.9rem 1rem 1rem; }
  .pair { grid-template-columns: 1fr; gap: 1rem; }
  .wide { display: none; }
  .narrow { display: block; }
  th, td { padding-right: 0.7rem; }
  table { font-size: 0.9rem; }
  .raster { display: block; }
  .raster .shown { display: flex; gap: 1rem; align-items: center; padding: 0; margin-bottom: 1.2rem; }
  .raster .shown img { width: 84px; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.6rem; }
}
@media print {
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 2rem; break-after: avoid; }
  figure, table, .duel, .notice { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
