/**
 * Writes the results of `extrapolate reproduce` into docs/reproduction.md, below its hand-written beginning, and the figures
 * into docs/images/reproduction, in few colours so that they stay small.
 *
 * node scripts/reproductionPage.mjs <folder of the reproduction>
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs', 'reproduction.md');
const images = join(root, 'docs', 'images', 'reproduction');
const mark = '<!-- What follows is written by scripts/reproductionPage.mjs from the results themselves. -->';
const mostBytes = 3e6;

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(join(folder, 'summary.md'))) {
  process.stderr.write(
    'Give the folder of a reproduction: node scripts/reproductionPage.mjs reproduction. It needs its summary.md.\n',
  );
  process.exitCode = 2;
} else {
  await write(folder);
}

/** @param {string} from */
async function write(from) {
  const beginning = readFileSync(page, 'utf8').split(mark)[0] ?? '';
  const [, ...parts] = readFileSync(join(from, 'summary.md'), 'utf8').split('\n');
  rmSync(images, { recursive: true, force: true });
  mkdirSync(images, { recursive: true });
  let text = parts.join('\n').trim();
  const pictures = [
    ...new Set([...text.matchAll(/\]\(([a-z0-9-]+\/[a-z0-9-]+\.png)\)/g)].map(([, path]) => path)),
  ];
  for (const path of pictures) {
    const name = path.replace('/', '-');
    await sharp(join(from, path))
      .png({ palette: true, colours: 128, effort: 10, dither: 0 })
      .toFile(join(images, name));
    text = text.replaceAll(`](${path})`, `](images/reproduction/${name})`);
  }
  writeFileSync(page, `${beginning}${mark}\n\n${text}\n`);
  const bytes = readdirSync(images).reduce((sum, name) => sum + statSync(join(images, name)).size, 0);
  process.stdout.write(`${page}: ${pictures.length} pictures, ${(bytes / 1e6).toFixed(1)} MB\n`);
  if (bytes > mostBytes) {
    process.stderr.write(`The pictures take more than ${mostBytes / 1e6} MB.\n`);
    process.exitCode = 1;
  }
}
