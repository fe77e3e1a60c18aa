import { directionsContract } from '../contract/directions.ts';
import { defineCommand, inputOf } from './commandLine.ts';

export const directionsCommand = defineCommand(inputOf(directionsContract.write), {
  words: 'directions',
  argument: { name: 'run', takes: '<run>' },
  options: {
    kind: {
      means: 'what they are found from: decoded pictures, the maps of a level, or the attributes of the data',
    },
    seeds: { means: 'seeds that pictures or maps are drawn from' },
    face: { means: 'the seed whose face is drawn along each' },
    step: { takes: '<n>', means: 'the checkpoint (default: the newest)' },
    out: {
      takes: '<folder>',
      means: 'where directions.json and directions.png are written',
      preset: 'directions',
    },
  },
});
