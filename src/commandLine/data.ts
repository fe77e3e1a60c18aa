import { dataContract } from '../contract/dataSet.ts';
import { defineCommand, inputOf } from './commandLine.ts';

/** Commands on sets of images. */

const folder = { name: 'folder', takes: '<folder>' };
/** In sentences of findings, too. */
export const allFolders = {
  means: 'take the pictures of folders that look like masks, labels or thumbnails, too',
};

export const makeCommand = defineCommand(inputOf(dataContract.make), {
  words: 'data make',
  options: {
    out: { takes: '<folder>', means: 'where to write them; an unfinished set is continued' },
    count: { means: 'how many', preset: 8000 },
    seed: { means: 'names the faces: the same seed gives the same bytes' },
    hard: { means: 'saturated and dark backgrounds and clothes too' },
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
