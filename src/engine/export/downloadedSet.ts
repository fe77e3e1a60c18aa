import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { isExport } from '../data/exportedSet.ts';
import { zipOfFolder } from '../files/zipFolder.ts';
import type { Zip } from '../files/zipFolder.ts';

/** An exported set as an archive for a browser's downloads; other folders are not sent. @throws StudioError `wrong-usage` */
export async function downloadedSet(folder: string): Promise<Zip & { name: string }> {
  if (!(await isExport(folder)))
    throw new StudioError(
      'wrong-usage',
      `${folder} is not a set that the Studio exported, so it is not sent.`,
    );
  return { name: `${basename(folder)}.zip`, ...(await zipOfFolder(folder)) };
}
