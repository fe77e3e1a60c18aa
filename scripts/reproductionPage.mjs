/**
 * Writes the results of `extrapolate reproduce` into docs/reproduction.md, below its hand-written beginning, and the figures
 * into docs/images/reproduction, in few colours so that they stay small. Another page, such as reproduction-photographs, has
 * its own beginning and pictures, and its verdicts beside those of docs/reproduction.md.
 *
 * node scripts/reproductionPage.mjs <folder of the reproduction> [page]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const first = 'reproduction';
const pageOf = (/** @type {string} */ name) => join(root, 'docs', `${name}.md`);
const mark = '<!-- What follows is written by scripts/reproductionPage.mjs from the results themselves. -->';
const mostBytes = 3e6;

const [folder, name = first] = process.argv.slice(2);
if (!existsSync(pageOf(name))) {
  process.stderr.write(`There is no page ${pageOf(name)}; write its beginning first.\n`);
  process.exitCode = 2;
} else if (folder === undefined || !existsSync(join(folder, 'summary.md'))) {
  process.stderr.write(
    'Give the folder of a reproduction: node scripts/reproductionPage.mjs reproduction. It needs its summary.md.\n',
  );
  process.exitCode = 2;
} else {
  await write(folder, name);
}

/** @param {string} from @param {string} name */
async function write(from, name) {
  const page = pageOf(name);
  const images = join(root, 'docs', 'images', name);
  const beginning = readFileSync(page, 'utf8').split(mark)[0] ?? '';
  const [, ...parts] = readFileSync(join(from, 'summary.md'), 'utf8').split('\n');
  rmSync(images, { recursive: true, force: true });
  mkdirSync(images, { recursive: true });
  let text = parts.join('\n').trim();
  const pictures = [
    ...new Set([...text.matchAll(/\]\(([a-z0-9-]+\/[a-z0-9-]+\.png)\)/g)].map(([, path]) => path)),
  ];
  for (const path of pictures) {
    const file = path.replace('/', '-');
    await sharp(join(from, path))
      .png({ palette: true, colours: 128, effort: 10, dither: 0 })
      .toFile(join(images, file));
    text = text.replaceAll(`](${path})`, `](images/${name}/${file})`);
  }
  if (name !== first) text = `${besideFirst(text)}\n\n${text}`;
  writeFileSync(page, `${beginning}${mark}\n\n${text}\n`);
  const bytes = readdirSync(images).reduce((sum, file) => sum + statSync(join(images, file)).size, 0);
  process.stdout.write(`${page}: ${pictures.length} pictures, ${(bytes / 1e6).toFixed(1)} MB\n`);
  if (bytes > mostBytes) {
    process.stderr.write(`The pictures take more than ${mostBytes / 1e6} MB.\n`);
    process.exitCode = 1;
  }
}

/**
 * A table of this page's verdicts and those of the first page on the same claims.
 * @param {string} text
 */
function besideFirst(text) {
  const other = verdictsIn(readFileSync(pageOf(first), 'utf8'));
  const rows = [...verdictsIn(text)].map(
    ([claim, { figure, verdict }]) =>
      `| ${figure} | ${claim} | ${verdict} | ${other.get(claim)?.verdict ?? '–'} |`,
  );
  return [
    '## Beside drawn faces',
    `| figure | claim | photographs | drawn faces |\n| --- | --- | --- | --- |\n${rows.join('\n')}`,
  ].join('\n\n');
}

/**
 * The verdict of each claim of a page's tables, by the claim's words; “not measured” where nothing was.
 * @param {string} text
 */
function verdictsIn(text) {
  let figure = '';
  /** @type {Map<string, { figure: string, verdict: string }>} */
  const found = new Map();
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) figure = /^## ([^:]*)/.exec(line)?.[1] ?? '';
    const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
    const [claim, , verdict, numbers] = cells;
    if (cells.length !== 4 || claim === undefined || verdict === undefined || !verdict.startsWith('**'))
      continue;
    found.set(claim, {
      figure,
      verdict: numbers?.startsWith('Not measured') === true ? 'not measured' : verdict,
    });
  }
  return found;
}
