import { StudioError } from '../../contract/errors.ts';

/**
 * For what has not the form that is read here: a newer version's is whole, and nobody is to restore it, make it again or write over it.
 * @param newest the newest version of such files that is read here
 * @throws StudioError `unavailable`
 */
export function refuseNewerVersion(file: string, json: unknown, newest = 1): void {
  const version = versionOf(json);
  if (version <= newest) return;
  throw new StudioError(
    'unavailable',
    `${file} was written by a newer version of the Studio (its form is ${version}, this version reads ${newest}). Update the Studio to use it.`,
  );
}

function versionOf(json: unknown): number {
  return typeof json === 'object' && json !== null && 'version' in json && typeof json.version === 'number'
    ? json.version
    : 1;
}
