import { join, sep } from 'node:path';

/** In an installed Studio the program lies in an archive that only Electron reads; what other processes run lies beside it. */
export function unpacked(path: string): string {
  return path.replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`);
}

/** The folder with `out`, `scripts` and the packages, for other processes. */
export function programFolder(): string {
  return unpacked(join(__dirname, '../..'));
}
