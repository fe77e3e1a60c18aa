import { join, sep } from 'node:path';

/** In an installed Studio the program lies in an archive that only Electron reads; what other processes run lies beside it. */
export function unpacked(path: string): string {
  const parts = path.split(sep);
  return parts.map((part) => (part === 'app.asar' ? 'app.asar.unpacked' : part)).join(sep);
}

/** The folder with `out`, `scripts` and the packages, for other processes. */
export function programFolder(): string {
  return unpacked(join(__dirname, '../..'));
}
