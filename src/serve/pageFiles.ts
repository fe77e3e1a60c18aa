import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { StudioError } from '../contract/errors.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export interface PageFile {
  type: string;
  content: Buffer;
  /** True for files whose name changes with their content. */
  isImmutable: boolean;
}

/**
 * The built page, whole in memory: what is not in it cannot be asked for, whatever an address says.
 * @throws StudioError `unavailable` where it was not built
 */
export function readPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new StudioError(
      'unavailable',
      `The page is not built: ${folder} has no index.html. Run "npm run build".`,
    );
  }
  const files = new Map<string, PageFile>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    const type = types[extname(path)] ?? 'application/octet-stream';
    files.set(address, { type, content: readFileSync(path), isImmutable: address.startsWith('/assets/') });
  }
  return files;
}

/** Only our own scripts and styles; styles made by the component library carry the nonce of this answer. */
export function contentSecurityPolicy(host: string, nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page with its nonce, where its styles look for it. */
export function withNonce(page: PageFile, nonce: string): string {
  return page.content
    .toString('utf8')
    .replace('<head>', `<head><meta name="style-nonce" content="${nonce}">`);
}

/** What a person sees who comes without the token. */
export function refusalPage(reason: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Extrapolation Studio</title><h1>Not opened</h1><p>${reason}</p></html>`;
}
