/**
 * The look of the report: the product's tokens, light or dark as the reader's system is, light in print. Pictures and
 * charts are always light.
 */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #14171a; --ink-2: #434a52; --ink-3: #5d656e; --line: #d6d9dd; --bg: #f2f3f4; --panel: #fff; --ground: #dfdfdf; --accent: #0b6670; --ok: #1a6b3a; --ok-soft: #e1f1e6; --bad: #ae231c; --bad-soft: #fbe8e6; --warn-soft: #faf0d9; --warn: #7f5300; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e9ecee; --ink-2: #b9c0c7; --ink-3: #929ba4; --line: #2c3136; --bg: #101214; --panel: #181b1e; --ground: #0c0c0c; --accent: #4ec1cb; --ok: #6cc68d; --ok-soft: #14301f; --bad: #ff8a80; --bad-soft: #3c1c1a; --warn: #e3b04b; --warn-soft: #33270e; }
  figure.chart svg { border-radius: 4px; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 32px 24px 64px; background: var(--bg); color: var(--ink); font: 15px/22px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 28px; line-height: 34px; letter-spacing: -0.01em; margin: 0 0 8px; }
h2 { font-size: 20px; line-height: 26px; margin: 0 0 4px; }
p { margin: 0; max-width: 74ch; }
header p, .lead { color: var(--ink-2); }
nav ol { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 16px 0 24px; padding: 0; list-style-position: inside; font-size: 13px; line-height: 20px; }
a { color: var(--accent); text-underline-offset: 2px; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 24px; margin-bottom: 16px; }
.blocks { display: flex; flex-wrap: wrap; gap: 24px; margin-top: 16px; align-items: flex-start; }
figure { margin: 0; max-width: 100%; }
figure img { display: block; max-width: 100%; height: auto; image-rendering: pixelated; border-radius: 2px; }
figure img.wide { image-rendering: auto; }
figure.chart svg { display: block; max-width: 100%; height: auto; }
figcaption, caption { font-size: 12px; line-height: 16px; color: var(--ink-3); margin-top: 6px; text-align: left; max-width: 74ch; }
div.table { max-width: 100%; overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; line-height: 20px; }
caption { caption-side: top; margin: 0 0 6px; }
th, td { padding: 6px 12px 6px 0; border-top: 1px solid var(--line); text-align: right; white-space: nowrap; }
.words { text-align: left; }
tbody th { font-weight: 500; }
thead th { border-top: 0; color: var(--ink-3); font-weight: 500; }
.figures { display: flex; flex-wrap: wrap; gap: 12px 40px; margin: 0; width: 100%; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dd { margin: 0; font-size: 24px; line-height: 30px; font-weight: 600; letter-spacing: -0.01em; }
.figures dt { font-size: 12px; line-height: 16px; color: var(--ink-3); max-width: 24ch; }
.findings { display: grid; gap: 4px; width: 100%; }
.finding { max-width: none; padding: 8px 12px; border-radius: 4px; background: var(--warn-soft); font-size: 13px; line-height: 20px; }
.finding small { display: block; font-size: 12px; line-height: 18px; color: var(--ink-2); }
.finding.holds { background: var(--ok-soft); }
.finding.holds strong { color: var(--ok); }
.finding.fails { background: var(--bad-soft); }
.finding.fails strong { color: var(--bad); }
.finding.undecidable strong { color: var(--warn); }
footer { font-size: 12px; line-height: 18px; color: var(--ink-3); padding: 8px 24px; }
footer h2 { font-size: 13px; }
pre { font: 12px/18px ui-monospace, "SF Mono", Menlo, Consolas, monospace; background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 12px; overflow-x: auto; color: var(--ink); }
@media print { body { background: #fff; max-width: none; } section { break-inside: avoid; } }
`;
