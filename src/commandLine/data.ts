import { dataContract } from '../contract/dataSet.ts';
import { defineCommand, inputOf } from './commandLine.ts';

/** Commands on sets of images. */

const folder = { name: 'folder', takes: '<folder>' };
/** In sentences of findings, too. */
export const allFolders = {
  means: 'include folders that look like masks, labels or thumbnails',
};

export const makeCommand = defineCommand(inputOf(dataContract.make), {
  words: 'data make',
  options: {
    out: { takes: '<folder>', means: 'where to write them; an unfinished set is continued' },
    count: { means: 'how many', preset: 8000 },
    seed: { means: 'decides the faces: the same seed gives the same files, byte for byte' },
    hard: { means: 'include saturated and dark backgrounds and clothes' },
  },
});

export const checkCommand = defineCommand(inputOf(dataContract.check), {
  words: 'data check',
  argument: folder,
  options: { allFolders },
});

export const packCommand = defineCommand(inputOf(dataContract.pack), {
  words: 'data pack',
  argument: folder,
  options: { crop: { means: 'which square of each image' }, allFolders },
});
