/**
 * The user guide's Markdown as data, for the page to draw: headings, paragraphs, lists, tables, pictures, and in a line bold,
 * italic, code and links. It is the small part of Markdown that docs/user-guide.md uses; anything else stays text, so nothing
 * in it can become HTML.
 */

export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'bold' | 'italic'; parts: Inline[] }
  | { kind: 'link'; parts: Inline[]; to: string };

export type Block =
  | { kind: 'heading'; level: number; text: string; slug: string }
  | { kind: 'paragraph'; parts: Inline[] }
  | { kind: 'list'; isOrdered: boolean; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'picture'; alt: string; file: string };

/** What a chapter has: its own heading, and all below it. */
export interface Chapter {
  title: string;
  slug: string;
  blocks: Block[];
}

/** A heading or chapter as GitHub names it in an address: "SDR: spectral density ratio" → "sdr-spectral-density-ratio". */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** The chapters in their order; what stands before the first is the chapter "User guide", without its table of contents. */
export function chaptersOf(markdown: string): Chapter[] {
  const chapters: Chapter[] = [];
  for (const block of blocksOf(markdown)) {
    if (block.kind === 'heading' && block.level <= 2)
      chapters.push({ title: block.text, slug: block.slug, blocks: [] });
    else if (!isContents(block)) chapters.at(-1)?.blocks.push(block);
  }
  return chapters;
}

/** A paragraph of links alone: the panel has its own list of chapters. */
function isContents(block: Block): boolean {
  return block.kind === 'paragraph' && block.parts.filter(({ kind }) => kind === 'link').length > 8;
}

export function blocksOf(markdown: string): Block[] {
  const pieces = markdown.split(/\n(?:[ \t]*\n)+/).map((piece) => piece.replace(/^\n+|\s+$/g, ''));
  return pieces.filter((piece) => piece.trim() !== '').flatMap(blockOf);
}

const heading = /^(#{1,6}) (.+)$/;
const picture = /^!\[([^\]]*)\]\(([^)]+)\)$/;
const item = /^(?:[-*]|\d+\.) /;

function blockOf(piece: string): Block[] {
  const lines = piece.split('\n');
  const first = lines[0]!;
  const [, marks, text = ''] = heading.exec(first) ?? [];
  if (marks !== undefined) {
    const own: Block = { kind: 'heading', level: marks.length, text, slug: slugOf(text) };
    return lines.length === 1 ? [own] : [own, ...blockOf(lines.slice(1).join('\n'))];
  }
  const [, alt, file] = picture.exec(piece.replaceAll('\n', ' ')) ?? [];
  if (alt !== undefined && file !== undefined) return [{ kind: 'picture', alt, file }];
  if (first.startsWith('|')) return [tableOf(lines)];
  if (item.test(first)) return [listOf(lines)];
  return [{ kind: 'paragraph', parts: inlineOf(lines.map((line) => line.trim()).join(' ')) }];
}

function listOf(lines: readonly string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    if (item.test(line)) items.push(line.replace(item, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return { kind: 'list', isOrdered: /^\d/.test(lines[0]!), items: items.map(inlineOf) };
}

function tableOf(lines: readonly string[]): Block {
  const rows = lines
    .filter((line, index) => index !== 1 || !/^[|\s:-]+$/.test(line))
    .map((line) =>
      line
        .replace(/^\|\s?|\s?\|\s*$/g, '')
        .split(/(?<!\\)\|/)
        .map((cell) => inlineOf(cell.trim().replaceAll('\\|', '|'))),
    );
  return { kind: 'table', head: rows[0]!, rows: rows.slice(1) };
}

/** In the order in which they are looked for: code first, for nothing in it means anything. */
const marks = /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|\*([^*]+?)\*/;

export function inlineOf(text: string): Inline[] {
  const found = marks.exec(text);
  if (found === null) return text === '' ? [] : [{ kind: 'text', text }];
  const [whole, code, label, to, bold, italic] = found;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + whole.length);
  return [
    ...(before === '' ? [] : [{ kind: 'text' as const, text: before }]),
    inlineFrom({ code, label, to, bold, italic }),
    ...inlineOf(after),
  ];
}

function inlineFrom(found: Record<'code' | 'label' | 'to' | 'bold' | 'italic', string | undefined>): Inline {
  const { code, label, to, bold, italic } = found;
  if (code !== undefined) return { kind: 'code', text: code };
  if (label !== undefined && to !== undefined) return { kind: 'link', parts: inlineOf(label), to };
  if (bold !== undefined) return { kind: 'bold', parts: inlineOf(bold) };
  return { kind: 'italic', parts: inlineOf(italic ?? '') };
}

/** The words of a line, without its marks. */
export function wordsOfLine(parts: readonly Inline[]): string {
  return parts.map((part) => ('text' in part ? part.text : wordsOfLine(part.parts))).join('');
}

/** The words of a block, for searching. */
export function wordsOfBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.text;
    case 'paragraph':
      return wordsOfLine(block.parts);
    case 'list':
      return block.items.map(wordsOfLine).join(' ');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(wordsOfLine).join(' · ')).join(' ');
    case 'picture':
      return block.alt;
  }
}
