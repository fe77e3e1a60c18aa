import { reportStyle } from './reportStyle.ts';

/** A picture in the report; `png` goes into the page itself, so that the file can be sent to anybody. */
export interface ReportPicture {
  kind: 'picture';
  png: Buffer;
  /** What a person who cannot see it should know. */
  alt: string;
  caption: string;
  /** Width in CSS pixels; the height follows. */
  width: number;
}

/** A chart as SVG text, which carries its own title and summary. */
export interface ReportChart {
  kind: 'chart';
  svg: string;
  caption: string;
}

export interface ReportTable {
  kind: 'table';
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Columns of words, aligned left; the others hold figures, aligned right. The first is always one of words. */
  words?: readonly number[];
}

/** Figures that stand for the section, large. */
export interface ReportFigures {
  kind: 'figures';
  figures: readonly { value: string; meaning: string }[];
}

/** A sentence made from the figures, with its state as a word, never by colour alone. */
export interface ReportFinding {
  kind: 'finding';
  state: 'holds' | 'fails' | 'undecidable' | 'note';
  sentence: string;
  /** The numbers behind it, smaller and below. */
  detail?: string;
}

export type ReportBlock = ReportPicture | ReportChart | ReportTable | ReportFigures | ReportFinding;

export interface ReportSection {
  title: string;
  /** What was done and what a reader should see. */
  lead: string;
  blocks: readonly ReportBlock[];
}

export interface Report {
  title: string;
  lead: string;
  sections: readonly ReportSection[];
  /** How to make it again. */
  commands: readonly string[];
  /** Versions, machine, seeds. */
  footer: readonly string[];
}

/** The report as one HTML file that needs nothing else: no network, no script. */
export function reportPage(report: Report): string {
  const contents = report.sections.map(
    ({ title }, index) => `<li><a href="#s${index + 1}">${escapeHtml(title)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(report.title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<header><h1>${escapeHtml(report.title)}</h1><p>${escapeHtml(report.lead)}</p></header>
<nav aria-label="Contents"><ol>${contents.join('')}</ol></nav>
<main>
${report.sections.map(drawSection).join('\n')}
</main>
<footer>
<h2>Reproduce this report</h2>
<pre>${escapeHtml(report.commands.join('\n'))}</pre>
${report.footer.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
</footer>
</body>
</html>
`;
}

function drawSection({ title, lead, blocks }: ReportSection, index: number): string {
  return `<section id="s${index + 1}"><h2>${index + 1}. ${escapeHtml(title)}</h2><p class="lead">${escapeHtml(lead)}</p>
<div class="blocks">${grouped(blocks).join('\n')}</div></section>`;
}

/** Findings that follow one another stand close together. */
function grouped(blocks: readonly ReportBlock[]): string[] {
  const drawn: string[] = [];
  let findings: string[] = [];
  const close = (): void => {
    if (findings.length > 0) drawn.push(`<div class="findings">${findings.join('\n')}</div>`);
    findings = [];
  };
  for (const block of blocks) {
    if (block.kind === 'finding') {
      findings.push(drawBlock(block));
    } else {
      close();
      drawn.push(drawBlock(block));
    }
  }
  close();
  return drawn;
}

/** Pictures wider than this are shown smaller than they are, and must not be drawn pixel by pixel. */
const columnWidth = 1022;

function drawBlock(block: ReportBlock): string {
  switch (block.kind) {
    case 'picture': {
      const source = `data:image/png;base64,${block.png.toString('base64')}`;
      const wide = block.width > columnWidth ? ' class="wide"' : '';
      const image = `<img src="${source}"${wide} width="${block.width}" alt="${escapeHtml(block.alt)}">`;
      return `<figure>${image}<figcaption>${escapeHtml(block.caption)}</figcaption></figure>`;
    }
    case 'chart':
      return `<figure class="chart">${block.svg}<figcaption>${escapeHtml(block.caption)}</figcaption></figure>`;
    case 'table':
      return drawTable(block);
    case 'figures': {
      const items = block.figures.map(
        ({ value, meaning }) => `<div><dt>${escapeHtml(meaning)}</dt><dd>${escapeHtml(value)}</dd></div>`,
      );
      return `<dl class="figures">${items.join('')}</dl>`;
    }
    case 'finding': {
      const words = {
        holds: '✓ Holds',
        fails: '✗ Does not hold',
        undecidable: '? Cannot be decided',
        note: 'Note',
      };
      const detail = block.detail === undefined ? '' : `<small>${escapeHtml(block.detail)}</small>`;
      return `<p class="finding ${block.state}"><strong>${words[block.state]}</strong> ${escapeHtml(block.sentence)}${detail}</p>`;
    }
  }
}

function drawTable({ caption, head, rows, words = [] }: ReportTable): string {
  const align = (column: number): string => (column === 0 || words.includes(column) ? ' class="words"' : '');
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0
          ? `<th scope="row" class="words">${escapeHtml(cell)}</th>`
          : `<td${align(column)}>${escapeHtml(cell)}</td>`,
      )
      .join('');
  const heads = head.map((cell, column) => `<th scope="col"${align(column)}>${escapeHtml(cell)}</th>`);
  // A wide one scrolls, also by keys.
  return `<div class="table" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table></div>`;
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
