import fs from 'node:fs';
import path from 'node:path';
import { markdownTable } from './table.mjs';

const begins = '<!-- The table is written by "npm run bench -- page". -->';
const ends = '<!-- Here it ends. -->';

/**
 * @param {string} page
 * @param {string} table
 * @returns {string} the page with another table
 */
export function withTable(page, table) {
  const [first, last] = [page.indexOf(begins), page.indexOf(ends)];
  if (first < 0 || last < first) throw new Error(`The page has no place for the table: ${begins} … ${ends}`);
  return `${page.slice(0, first + begins.length)}\n\n${table}\n\n${page.slice(last)}`;
}

/**
 * Puts what was measured into docs/performance.md.
 *
 * @param {string} root
 * @param {string} file of `npm run bench`
 */
export function writePage(root, file) {
  if (!fs.existsSync(file)) throw new Error(`There is no ${file}: "npm run bench" writes it.`);
  const page = path.join(root, 'docs', 'performance.md');
  const table = markdownTable(JSON.parse(fs.readFileSync(file, 'utf8')));
  fs.writeFileSync(page, withTable(fs.readFileSync(page, 'utf8'), table));
  return page;
}
